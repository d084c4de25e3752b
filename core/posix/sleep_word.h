#pragma once

#include <atomic>
#include <cstdint>

namespace upy {

/// Where a thread goes to sleep and others wake it, without a file descriptor. A sleeper that waits for more than that
/// may sleep elsewhere between `begin` and `end`.
class SleepWord {
 public:
  /// Whether to sleep; not if a notification came since `end`.
  bool begin();
  /// Sleeps until `wake`, also one before, or until a time of CLOCK_MONOTONIC, Clock::kForever without one; may return
  /// early.
  void sleep_until(int64_t monotonic_ns);
  /// Forgets notifications.
  void end();

  /// Whether there is a sleeper, who is to be woken now. Any thread, and signal handlers.
  bool notify();
  void wake();  ///< as notify

 private:
  enum State : uint32_t { kQuiet, kNotified, kSleeping };
  std::atomic<uint32_t> state_{kQuiet};  // a futex
};

}  // namespace upy
