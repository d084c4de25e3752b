#pragma once

#include <memory>

#include "alarms.h"
#include "port/port.h"

namespace upyd {

/// The timers of an instance, on the daemon's alarms: each is upy::Expiries with an alarm.
/// When `disarm`, `silence` or the destructor has returned, no event of that timer is posted any more.
class InstanceTimers final : public upy::Timers {
 public:
  explicit InstanceTimers(Alarms& alarms);
  ~InstanceTimers() override;

  upy::PortError arm(uint32_t token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) override;
  uint64_t take(uint32_t token) override;
  void disarm(uint32_t token) override;
  /// Disarms all timers.
  void silence();

 private:
  struct State;
  void remove(uint32_t token);  // state_ is locked

  Alarms& alarms_;
  const std::shared_ptr<State> state_;  // shared with the calls of alarms under way
};

}  // namespace upyd
