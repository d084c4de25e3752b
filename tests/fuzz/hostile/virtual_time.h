#pragma once

#include <atomic>
#include <functional>

#include "port/port.h"
#include "posix/expiry_queue.h"

/// The clock and the timers of one instance in a time of their own: it advances a little whenever it is read, and a
/// wait takes none, so that the same program always sees the same times. On the instance's thread, but for `notify`.
class VirtualTime final : public upy::Clock, public upy::Timers {
 public:
  /// `on_starved` is called in a wait that nothing but another thread could end.
  explicit VirtualTime(std::function<void()> on_starved) : on_starved_(std::move(on_starved)) {}

  int64_t monotonic_ns() override {
    pass(now_ns_ + kStepNs);
    return now_ns_;
  }
  int64_t realtime_ns() override { return kStartOfTime + monotonic_ns(); }
  int64_t cpu_ns() override { return monotonic_ns(); }
  int64_t utc_offset_s(int64_t, std::string_view) override { return 3600; }
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) override;
  void notify() override { notified_ = true; }

  upy::PortError arm(upy::EventToken token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) override {
    return timers_.arm(token, first_ns, period_ns, sink);
  }
  uint64_t take(upy::EventToken token) override { return timers_.take(token); }
  void disarm(upy::EventToken token) override { timers_.disarm(token); }

 private:
  static constexpr int64_t kStepNs = 1'000, kStartOfTime = 1'700'000'000'000'000'000;

  void pass(int64_t now_ns);

  const std::function<void()> on_starved_;
  upy::ExpiryQueue timers_;
  int64_t now_ns_ = 0;
  std::atomic<bool> notified_{false};
};
