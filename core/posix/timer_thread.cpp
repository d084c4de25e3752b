#include "posix/timer_thread.h"

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

PortError TimerThread::arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) {
  {
    std::lock_guard lock(mutex_);
    if (auto error = timers_.arm(token, first_ns, period_ns, sink)) return error;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
  return {};
}

uint64_t TimerThread::take(EventToken token) {
  std::lock_guard lock(mutex_);
  return timers_.take(token);
}

void TimerThread::disarm(EventToken token) {
  std::lock_guard lock(mutex_);
  timers_.disarm(token);
}

void TimerThread::clear() {
  std::lock_guard lock(mutex_);
  timers_.clear();
}

void TimerThread::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    timers_.pass(clock_now_ns(CLOCK_MONOTONIC));
    if (timers_.due_ns() == Clock::kForever)
      changed_.wait(lock);
    else
      changed_.wait_until(lock, std::chrono::steady_clock::time_point(std::chrono::nanoseconds(timers_.due_ns())));
  }
}

}  // namespace upy
