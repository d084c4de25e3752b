#pragma once

#include <atomic>
#include <ctime>
#include <memory>
#include <optional>
#include <string>

#include "port/port.h"
#include "posix/poll_set.h"
#include "posix/sleep_word.h"
#include "posix/time_zone.h"

namespace upy {

/// A clock in nanoseconds; 0 if it is gone, as the CPU clock of a thread that has ended.
int64_t clock_now_ns(clockid_t clock);

/// The system's time, and a wait that costs no file descriptor until one is waited for. `notify` may also be called by
/// a signal handler; all else belongs to the instance's thread.
class SystemClock final : public Clock {
 public:
  int64_t monotonic_ns() override;
  int64_t realtime_ns() override;
  int64_t cpu_ns() override;
  int64_t utc_offset_s(int64_t realtime_s, std::string_view zone) override;
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors = {}) override;
  void notify() override;

  /// Where all waits are from now on, as a PollSetGetter: what it watches is seen to by who waits here, who is spared
  /// the way through another thread.
  PollSet* poll_set();

 private:
  std::string zone_name_;  // of zone_
  std::optional<TimeZone> zone_;
  SleepWord sleep_;
  std::unique_ptr<PollSet> poll_set_;          // null: it sleeps at sleep_
  std::atomic<PollSet*> sleeps_at_ = nullptr;  // poll_set_, for those who notify
};

}  // namespace upy
