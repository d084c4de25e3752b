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
    timers_.erase(token);
    timers_.emplace(token, Expiries(token, first_ns, period_ns, sink));
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
  return {};
}

uint64_t TimerThread::take(uint32_t token) {
  std::lock_guard lock(mutex_);
  const auto found = timers_.find(token);
  return found == timers_.end() ? 0 : found->second.take();
}

void TimerThread::disarm(uint32_t token) {
  std::lock_guard lock(mutex_);
  timers_.erase(token);
}

void TimerThread::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const int64_t next = pass(clock_now_ns(CLOCK_MONOTONIC));
    if (next == Clock::kForever)
      changed_.wait(lock);
    else
      changed_.wait_until(lock, std::chrono::steady_clock::time_point(std::chrono::nanoseconds(next)));
  }
}

/// Has the timers that are due tell it; answers when the next one is.
int64_t TimerThread::pass(int64_t now_ns) {
  int64_t next = Clock::kForever;
  for (auto& [token, timer] : timers_) {
    if (timer.due_ns() <= now_ns) timer.pass(now_ns);
    next = std::min(next, timer.due_ns());
  }
  return next;
}

}  // namespace upy
