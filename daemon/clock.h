#pragma once

#include <atomic>
#include <ctime>

#include "port/port.h"

namespace upyd {

/// CLOCK_MONOTONIC in nanoseconds; std::chrono::steady_clock is the same clock.
int64_t monotonic_now_ns();

/// The CPU clock of the calling thread, which any thread of the process may read.
clockid_t this_thread_cpu_clock();

/// A clock in nanoseconds; 0 if it is gone, as the CPU clock of a thread that has ended.
int64_t clock_now_ns(clockid_t clock);

/// The clock of an instance: the system's time, and a wait that costs no file descriptor. All but `notify` belong to
/// the instance's thread.
class InstanceClock final : public upy::Clock {
 public:
  int64_t monotonic_ns() override;
  int64_t realtime_ns() override;
  int64_t cpu_ns() override;
  int64_t utc_offset_s(int64_t realtime_s) override;
  void wait_until(int64_t monotonic_ns) override;
  void notify() override;

 private:
  enum State : uint32_t { kQuiet, kNotified, kWaiting };
  std::atomic<uint32_t> state_{kQuiet};  // a futex
};

}  // namespace upyd
