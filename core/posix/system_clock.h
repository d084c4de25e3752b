#pragma once

#include <atomic>
#include <ctime>
#include <vector>

#include "port/port.h"
#include "posix/sleep_word.h"

namespace upy {

/// A clock in nanoseconds; 0 if it is gone, as the CPU clock of a thread that has ended.
int64_t clock_now_ns(clockid_t clock);

/// The system's time, and a wait that costs no file descriptor until one is waited for. `notify` may also be called by
/// a signal handler; all else belongs to the instance's thread.
class SystemClock final : public Clock {
 public:
  SystemClock() = default;
  ~SystemClock() override;
  SystemClock(const SystemClock&) = delete;
  SystemClock& operator=(const SystemClock&) = delete;

  int64_t monotonic_ns() override;
  int64_t realtime_ns() override;
  int64_t cpu_ns() override;
  int64_t utc_offset_s(int64_t realtime_s) override;
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors = {}) override;
  void notify() override;

 private:
  void poll_until(int64_t monotonic_ns, std::span<const pollfd> descriptors);

  SleepWord sleep_;
  std::atomic<int> wake_ = -1;       // an eventfd that ends polls; -1 until there was one
  std::atomic<bool> polls_ = false;  // the present wait, or the last, is a poll
  std::vector<pollfd> polled_;       // its descriptors and wake_
};

}  // namespace upy
