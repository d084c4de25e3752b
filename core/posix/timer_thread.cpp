#include "posix/timer_thread.h"

#include <algorithm>
#include <chrono>

#include "posix/system_clock.h"

namespace upy {

TimerThread::~TimerThread() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

PortError TimerThread::arm(uint32_t token, int64_t first_ns, int64_t period_ns, EventSink& sink) {
  {
    std::lock_guard lock(mutex_);
    timers_[token] = {first_ns, period_ns, 0, &sink};
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
  return {};
}

void TimerThread::disarm(uint32_t token) {
  std::lock_guard lock(mutex_);
  timers_.erase(token);
}

void TimerThread::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    int64_t next = expire(clock_now_ns(CLOCK_MONOTONIC));
    if (next == Clock::kForever)
      changed_.wait(lock);
    else
      changed_.wait_until(lock, std::chrono::steady_clock::time_point(std::chrono::nanoseconds(next)));
  }
}

/// Tells the expiries up to now; answers when the next one is due.
int64_t TimerThread::expire(int64_t now_ns) {
  int64_t next = Clock::kForever;
  for (auto at = timers_.begin(); at != timers_.end();) {
    auto& [token, timer] = *at;
    if (timer.next_ns <= now_ns) {
      int64_t passed = timer.period_ns ? (now_ns - timer.next_ns) / timer.period_ns + 1 : 1;
      timer.untold += static_cast<uint32_t>(passed);
      Event event{.kind = Event::Kind::Timer, .token = token, .count = timer.untold, .timestamp_ns = now_ns};
      if (timer.sink->post(event)) timer.untold = 0;
      timer.next_ns += passed * timer.period_ns;
      if (!timer.period_ns) {
        at = timers_.erase(at);
        continue;
      }
    }
    next = std::min(next, timer.next_ns);
    ++at;
  }
  return next;
}

}  // namespace upy
