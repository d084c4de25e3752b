#pragma once

#include <vector>

#include "alarm_queue.h"
#include "port/port.h"

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

/// A mailbox that keeps what it gets, as long as it has room.
class FakeSink final : public upy::EventSink {
 public:
  bool post(const upy::Event& event) override {
    if (events.size() >= room) return false;
    events.push_back(event);
    return true;
  }

  size_t room = 1000;
  std::vector<upy::Event> events;
};

}  // namespace upyd
