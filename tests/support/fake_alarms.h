#pragma once

#include "reactor/alarm_queue.h"

namespace upyd {

/// Alarms whose time passes when the test says so.
class FakeAlarms final : public Alarms {
 public:
  int64_t now_ns() override { return now_ns_; }
  Id at(int64_t when_ns, Call call) override {
    bool earliest = false;
    return queue_.add(when_ns, std::move(call), earliest);
  }
  void cancel(Id id) override { queue_.cancel(id); }

  /// Lets time pass, and wakes up only at its end: whatever is due then is late.
  void jump(int64_t ns) {
    now_ns_ += ns;
    queue_.run_due(now_ns_);
  }
  /// Lets time pass, waking up at each alarm.
  void pass(int64_t ns) {
    const int64_t end_ns = now_ns_ + ns;
    for (int64_t next_ns; (next_ns = queue_.run_due(now_ns_)) <= end_ns;) now_ns_ = next_ns;
    now_ns_ = end_ns;
  }

 private:
  AlarmQueue queue_;
  int64_t now_ns_ = 1000;
};

}  // namespace upyd
