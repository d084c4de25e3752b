#include "timers.h"

#include <cerrno>
#include <map>
#include <mutex>

#include "posix/expiries.h"

namespace upyd {

struct InstanceTimers::State {
  struct Timer {
    uint64_t arming;  // which arming of all this is: an alarm of an earlier one finds itself outdated
    Alarms::Id alarm;
    upy::Expiries expiries;
  };

  std::mutex mutex;
  std::map<uint32_t, Timer> timers;  // by token
  uint64_t last_arming = 0;

  int64_t on_alarm(uint32_t token, uint64_t arming, int64_t now_ns);
};

int64_t InstanceTimers::State::on_alarm(uint32_t token, uint64_t arming, int64_t now_ns) {
  std::lock_guard lock(mutex);
  const auto found = timers.find(token);
  if (found == timers.end() || found->second.arming != arming) return Alarms::kNever;
  static_assert(Alarms::kNever == upy::Clock::kForever);
  upy::Expiries& expiries = found->second.expiries;
  expiries.pass(now_ns);
  return expiries.due_ns();
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
  remove(token);
  const uint64_t arming = ++state_->last_arming;
  auto call = [state = state_, token, arming](int64_t now_ns) { return state->on_alarm(token, arming, now_ns); };
  const Alarms::Id alarm = alarms_.at(first_ns, std::move(call));
  state_->timers.emplace(token, State::Timer{arming, alarm, upy::Expiries(token, first_ns, period_ns, sink)});
  return {};
}

uint64_t InstanceTimers::take(uint32_t token) {
  std::lock_guard lock(state_->mutex);
  const auto found = state_->timers.find(token);
  return found == state_->timers.end() ? 0 : found->second.expiries.take();
}

void InstanceTimers::disarm(uint32_t token) {
  std::lock_guard lock(state_->mutex);
  remove(token);
}

void InstanceTimers::remove(uint32_t token) {
  const auto found = state_->timers.find(token);
  if (found == state_->timers.end()) return;
  alarms_.cancel(found->second.alarm);
  state_->timers.erase(found);
}

}  // namespace upyd
