#include "posix/expiry_queue.h"

#include <cerrno>

namespace upy {

PortError ExpiryQueue::arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) {
  if (period_ns < 0) return {EINVAL, "a timer's period can't be negative"};
  disarm(token);
  timers_.emplace(token, Expiries(token, first_ns, period_ns, sink));
  order_.emplace(first_ns, token);
  return {};
}

uint64_t ExpiryQueue::take(EventToken token) {
  const auto found = timers_.find(token);
  return found == timers_.end() ? 0 : found->second.take();
}

void ExpiryQueue::disarm(EventToken token) {
  const auto found = timers_.find(token);
  if (found == timers_.end()) return;
  order_.erase({found->second.due_ns(), token});
  timers_.erase(found);
}

void ExpiryQueue::clear() {
  timers_.clear();
  order_.clear();
}

void ExpiryQueue::pass(int64_t now_ns) {
  for (int told = 0; told < kMostAtOnce && due_ns() <= now_ns; ++told) {
    auto place = order_.extract(order_.begin());  // goes back as it is: ticking allocates nothing
    Expiries& timer = timers_.at(place.value().second);
    timer.pass(now_ns);
    place.value().first = timer.due_ns();
    if (timer.due_ns() != Clock::kForever) order_.insert(std::move(place));
  }
}

}  // namespace upy
