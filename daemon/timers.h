#pragma once

#include <memory>

#include "port/port.h"
#include "posix/poll_set.h"

namespace upyd {

/// The timers of an instance, as one of the kernel's. Its expiry wakes the instance's thread if that waits, and else
/// the thread that the daemon has for timers; whoever it is counts the expiries and posts the events.
/// When `disarm`, `silence` or the destructor has returned, no event of that timer is posted any more.
class InstanceTimers final : public upy::Timers {
 public:
  /// `own` is where the instance's thread waits, `shared` where the daemon's does; they must outlive the timers.
  InstanceTimers(upy::WaitingPlace own, upy::PollSet& shared);
  ~InstanceTimers() override;

  /// EMFILE and the like when the system has no descriptor left for the first timer.
  upy::PortError arm(upy::EventToken token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) override;
  uint64_t take(upy::EventToken token) override;
  void disarm(upy::EventToken token) override;
  /// Disarms all timers.
  void silence();

 private:
  class KernelTimer;

  upy::PortError open();

  const upy::WaitingPlace own_;
  upy::PollSet& shared_;
  std::shared_ptr<KernelTimer> timer_;  // shared with calls under way; null: nothing has been armed yet
  upy::SharedWatch watch_;              // of it
};

}  // namespace upyd
