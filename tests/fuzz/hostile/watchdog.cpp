#include "watchdog.h"

#include <signal.h>
#include <time.h>

#include <chrono>
#include <cstdio>
#include <utility>

namespace {

constexpr std::chrono::milliseconds kEvery{20};

}  // namespace

Watchdog::Watchdog(double seconds, double grace_seconds)
    : seconds_(seconds), grace_seconds_(grace_seconds), thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
  {
    std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Watchdog::begin(upy::Instance& instance) {
  std::lock_guard lock(mutex_);
  instance_ = &instance;
  runner_ = pthread_self();
  killed_ = -1;
  begun_ = cpu_seconds();
}

double Watchdog::end() {
  std::lock_guard lock(mutex_);
  instance_ = nullptr;
  return killed_ < 0 ? 0 : cpu_seconds() - killed_;
}

void Watchdog::watch() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kEvery, [this] { return over_; }))
    if (instance_) look();
}

void Watchdog::look() {
  const double now = cpu_seconds();
  if (killed_ < 0) {
    if (now - begun_ < seconds_) return;
    killed_ = now;
    blocked_ = 0;
    instance_->stop(upy::StopLevel::Kill, upy::Limit::Cpu);
    return;
  }
  blocked_ += std::chrono::duration<double>(kEvery).count();
  if (now - killed_ < grace_seconds_ && blocked_ < kBlockedSeconds) return;
  std::fprintf(stderr, "HANG: still running %.1f s after its kill\n", now - killed_);
  pthread_kill(runner_, SIGABRT);  // which shows where
  instance_ = nullptr;
}

double Watchdog::cpu_seconds() const {
  clockid_t clock;
  timespec time{};
  if (pthread_getcpuclockid(runner_, &clock) == 0) clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
