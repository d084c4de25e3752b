#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "gpio/poll_set.h"
#include "posix/system_clock.h"

namespace upyd {

/// The clock of an instance, and where its thread waits.
///
/// The thread holds `busy` but while it waits here, so whoever gets hold of `busy` may look into the interpreter: the
/// thread stands still, and goes on when it gets it back. An instance that watches GPIO lines waits for their edges as
/// well and takes them itself, which saves the way through another thread.
class InstanceClock final : public upy::Clock {
 public:
  explicit InstanceClock(std::mutex& busy) : busy_(busy) {}

  int64_t monotonic_ns() override { return system_.monotonic_ns(); }
  int64_t realtime_ns() override { return system_.realtime_ns(); }
  int64_t cpu_ns() override { return system_.cpu_ns(); }
  int64_t utc_offset_s(int64_t realtime_s) override { return system_.utc_offset_s(realtime_s); }
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors = {}) override;
  void notify() override;

  /// Where the instance waits from now on. Null when the system has no descriptors left. The instance's thread.
  PollSet* lines();

 private:
  upy::SystemClock system_;
  std::mutex& busy_;
  upy::SleepWord sleep_;
  std::unique_ptr<PollSet> lines_;             // null: it watches none, and never waited for a file
  std::atomic<PollSet*> sleeps_at_ = nullptr;  // lines_, for those who notify
};

}  // namespace upyd
