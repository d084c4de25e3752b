#pragma once

#include <functional>
#include <memory>

#include "port/port.h"
#include "posix/poll_set.h"

namespace upy {

/// The timers of an instance, as one of the kernel's. Its expiry wakes the instance's thread if that waits, and else
/// another thread that waits for such; whoever it is counts the expiries and posts the events.
/// When `disarm`, `stop_events` or the destructor has returned, no event of that timer is posted any more.
class KernelTimers final : public Timers {
 public:
  /// Is asked, by its number, whether the descriptor of the timers may be kept; -1, with errno, if there was none.
  using Admission = std::function<PortError(int descriptor)>;

  /// Takes every descriptor that there is.
  static PortError unless_missing(int descriptor);

  /// `own` is where the instance's thread waits, `other` where the other one does; they must outlive the timers.
  KernelTimers(PollSetGetter own, PollSetGetter other, Admission admission = unless_missing);
  ~KernelTimers() override;

  /// The first timer takes a descriptor: EMFILE and the like when the system has none left.
  PortError arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) override;
  uint64_t take(EventToken token) override;
  void disarm(EventToken token) override;
  /// Disarms all timers.
  void stop_events();

 private:
  class KernelTimer;

  PortError open();

  const PollSetGetter own_, other_;
  const Admission admission_;
  std::shared_ptr<KernelTimer> timer_;  // shared with calls under way; null: nothing has been armed yet
  SharedWatch watch_;                   // of it
};

}  // namespace upy
