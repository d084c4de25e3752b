#pragma once

#include <memory>

#include "alarms.h"
#include "port/port.h"

namespace upyd {

/// The timers of an instance, on the daemon's alarms.
///
/// Expiries lie on the grid first + n * period, however late a tick comes: nothing drifts. Expiries that a late tick
/// finds in the past, and those whose event the mailbox had no room for, are told in the `count` of the next event.
/// When `disarm`, `silence` or the destructor has returned, no event of that timer is posted any more.
class InstanceTimers final : public upy::Timers {
 public:
  explicit InstanceTimers(Alarms& alarms);
  ~InstanceTimers() override;

  upy::PortError arm(uint32_t token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) override;
  void disarm(uint32_t token) override;
  /// Disarms all timers.
  void silence();

 private:
  struct State;
  Alarms& alarms_;
  const std::shared_ptr<State> state_;  // shared with the calls of alarms under way
};

}  // namespace upyd
