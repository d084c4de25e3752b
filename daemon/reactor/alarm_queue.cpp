#include "reactor/alarm_queue.h"

#include <algorithm>
#include <limits>
#include <new>

namespace upyd {
namespace {

/// A call that had no memory comes again a little later.
int64_t call(const Alarms::Call& alarm, int64_t now_ns) try { return alarm(now_ns); } catch (const std::bad_alloc&) {
  constexpr int64_t kBetterTimesNs = 10'000'000;
  return now_ns + kBetterTimesNs;
}

}  // namespace

Alarms::Id AlarmQueue::add(int64_t when_ns, Alarms::Call call, bool& sooner) {
  std::lock_guard lock(mutex_);
  const Alarms::Id id = ++last_id_;
  const auto place = queue_.emplace(when_ns, Alarm{id, std::move(call)});
  places_.emplace(id, place);
  sooner = when_ns < next_call_ns_;
  if (sooner) next_call_ns_ = when_ns;
  return id;
}

void AlarmQueue::cancel(Alarms::Id id) {
  std::lock_guard lock(mutex_);
  if (id == running_) running_ = 0;
  const auto place = places_.find(id);
  if (place == places_.end()) return;
  queue_.erase(place->second);
  places_.erase(place);
}

int64_t AlarmQueue::run_due(int64_t now_ns) {
  std::unique_lock lock(mutex_);
  next_call_ns_ = std::numeric_limits<int64_t>::min();
  while (!queue_.empty() && queue_.begin()->first <= now_ns) run_first(now_ns, lock);
  next_call_ns_ = queue_.empty() ? Alarms::kNever : queue_.begin()->first;
  return next_call_ns_;
}

void AlarmQueue::run_first(int64_t now_ns, std::unique_lock<std::mutex>& lock) {
  Queue::node_type node = queue_.extract(queue_.begin());
  const Alarms::Id id = node.mapped().id;
  auto place = places_.extract(id);
  running_ = id;
  lock.unlock();
  const int64_t again_ns = call(node.mapped().call, now_ns);
  if (again_ns == Alarms::kNever) node = {};
  lock.lock();
  if (!node.empty() && running_ == id) {
    node.key() = std::max(again_ns, now_ns + 1);
    place.mapped() = queue_.insert(std::move(node));
    places_.insert(std::move(place));
  }
  running_ = 0;
}

}  // namespace upyd
