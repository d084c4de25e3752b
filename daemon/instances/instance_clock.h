#pragma once

#include <atomic>
#include <mutex>

#include "posix/system_clock.h"

namespace upyd {

/// What an instance's thread holds while it is busy. Others get it only while the thread is at rest and does not want
/// it back: whoever looks into the interpreter, and however often, the thread waits for one of them at most.
class Busy {
 public:
  /// The instance's thread.
  void lock() {
    wanted_ = true;
    mutex_.lock();
    wanted_ = false;
  }
  void unlock() { mutex_.unlock(); }
  /// Others.
  bool try_lock() { return !wanted_ && mutex_.try_lock(); }

 private:
  std::mutex mutex_;
  std::atomic<bool> wanted_ = false;
};

/// The clock of an instance. Its thread holds `busy` but while it waits here, so whoever gets hold of `busy` may look
/// into the interpreter: the thread stands still, and goes on when it gets it back.
class InstanceClock final : public upy::Clock {
 public:
  explicit InstanceClock(Busy& busy) : busy_(busy) {}

  int64_t monotonic_ns() override { return system_.monotonic_ns(); }
  int64_t realtime_ns() override { return system_.realtime_ns(); }
  int64_t cpu_ns() override { return system_.cpu_ns(); }
  int64_t utc_offset_s(int64_t realtime_s, std::string_view zone) override {
    return system_.utc_offset_s(realtime_s, zone);
  }
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) override {
    const AtRest at_rest(busy_);
    system_.wait_until(monotonic_ns, descriptors);
  }
  void notify() override { system_.notify(); }

  /// As SystemClock::place.
  upy::PollSet* poll_set() { return system_.poll_set(); }

 private:
  /// Gives up `busy` as long as it lives.
  class AtRest {
   public:
    explicit AtRest(Busy& busy) : busy_(busy) { busy_.unlock(); }
    ~AtRest() { busy_.lock(); }
    AtRest(const AtRest&) = delete;
    AtRest& operator=(const AtRest&) = delete;

   private:
    Busy& busy_;
  };

  upy::SystemClock system_;
  Busy& busy_;
};

}  // namespace upyd
