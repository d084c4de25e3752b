#pragma once

#include <ctime>

#include "port/port.h"
#include "posix/sleep_word.h"

namespace upy {

/// A clock in nanoseconds; 0 if it is gone, as the CPU clock of a thread that has ended.
int64_t clock_now_ns(clockid_t clock);

/// The system's time, and a wait that costs no file descriptor. `notify` may also be called by a signal handler; all
/// else belongs to the instance's thread.
class SystemClock final : public Clock {
 public:
  int64_t monotonic_ns() override;
  int64_t realtime_ns() override;
  int64_t cpu_ns() override;
  int64_t utc_offset_s(int64_t realtime_s) override;
  void wait_until(int64_t monotonic_ns) override;
  void notify() override;

 private:
  SleepWord sleep_;
};

}  // namespace upy
