#pragma once

#include <functional>
#include <memory>

#include "port/port.h"
#include "posix/kernel_timers.h"
#include "posix/poll_set.h"

namespace upy {

/// The watchdog of an instance, kept by another thread. Feeding it stores a time; the kernel's timer is set anew only
/// when it has expired.
class KernelWatchdog final : public Watchdog {
 public:
  /// `expired` is called once, on the thread that waits at `other`, when the watchdog was not fed in time; not after
  /// `stop_events` or the destructor has returned. `other` must outlive this.
  KernelWatchdog(PollSetGetter other, KernelTimers::Admission admission, std::function<void()> expired);
  ~KernelWatchdog() override;

  /// The start takes a descriptor: EMFILE and the like when the system has none left.
  PortError start(int64_t timeout_ns) override;
  void feed() override;
  /// Ends it.
  void stop_events();

 private:
  class Kept;

  const PollSetGetter other_;
  const KernelTimers::Admission admission_;
  const std::function<void()> expired_;
  std::shared_ptr<Kept> kept_;  // shared with a call under way; null before the start
  SharedWatch watch_;           // of it
};

}  // namespace upy
