#include "timers.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>

namespace upyd {
namespace {

struct Timer {
  uint64_t arming = 0;  // which arming of the token this is, from 1: an alarm of an earlier one finds itself outdated
  Alarms::Id alarm = 0;
  int64_t due_ns = 0;     // the next expiry
  int64_t period_ns = 0;  // 0: once
  uint64_t untold = 0;    // expiries that no event has told of
  upy::EventSink* sink = nullptr;
};

constexpr uint64_t kMostCounted = UINT32_MAX;

/// Takes all expiries up to `now_ns`, and sets the next. Returns the time of the latest.
int64_t expire(Timer& timer, int64_t now_ns) {
  const int64_t late = timer.period_ns > 0 ? (now_ns - timer.due_ns) / timer.period_ns : 0;
  const int64_t latest_ns = timer.due_ns + late * timer.period_ns;
  timer.untold += static_cast<uint64_t>(late) + 1;
  timer.due_ns = latest_ns + timer.period_ns;
  return latest_ns;
}

void tell(Timer& timer, uint32_t token, int64_t latest_ns) {
  const upy::Event event{.kind = upy::Event::Kind::Timer,
                         .token = token,
                         .count = static_cast<uint32_t>(std::min(timer.untold, kMostCounted)),
                         .timestamp_ns = latest_ns};
  if (timer.sink->post(event)) timer.untold = 0;
}

}  // namespace

struct InstanceTimers::State {
  std::mutex mutex;
  std::map<uint32_t, Timer> timers;
  uint64_t last_arming = 0;

  int64_t on_alarm(uint32_t token, uint64_t arming, int64_t now_ns);
};

int64_t InstanceTimers::State::on_alarm(uint32_t token, uint64_t arming, int64_t now_ns) {
  std::lock_guard lock(mutex);
  const auto found = timers.find(token);
  if (found == timers.end() || found->second.arming != arming) return Alarms::kNever;
  Timer& timer = found->second;
  const int64_t latest_ns = expire(timer, now_ns);
  tell(timer, token, latest_ns);
  if (timer.period_ns > 0) return timer.due_ns;
  timers.erase(found);
  return Alarms::kNever;
}

InstanceTimers::InstanceTimers(Alarms& alarms) : alarms_(alarms), state_(std::make_shared<State>()) {}

InstanceTimers::~InstanceTimers() { silence(); }

void InstanceTimers::silence() {
  std::lock_guard lock(state_->mutex);
  for (const auto& [token, timer] : state_->timers) alarms_.cancel(timer.alarm);
  state_->timers.clear();
}

upy::PortError InstanceTimers::arm(uint32_t token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) {
  if (period_ns < 0) return {EINVAL, "a timer's period can't be negative"};
  std::lock_guard lock(state_->mutex);
  Timer& timer = state_->timers[token];
  if (timer.arming) alarms_.cancel(timer.alarm);
  const uint64_t arming = ++state_->last_arming;
  auto call = [state = state_, token, arming](int64_t now_ns) { return state->on_alarm(token, arming, now_ns); };
  timer = {.arming = arming, .due_ns = first_ns, .period_ns = period_ns, .sink = &sink};
  timer.alarm = alarms_.at(first_ns, std::move(call));
  return {};
}

void InstanceTimers::disarm(uint32_t token) {
  std::lock_guard lock(state_->mutex);
  const auto found = state_->timers.find(token);
  if (found == state_->timers.end()) return;
  alarms_.cancel(found->second.alarm);
  state_->timers.erase(found);
}

}  // namespace upyd
