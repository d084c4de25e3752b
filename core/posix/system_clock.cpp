#include "posix/system_clock.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

namespace upy {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr int64_t kLookAgainNs = 10'000'000;  // how long a poll lasts that nothing could end

}  // namespace

int64_t clock_now_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}

int64_t SystemClock::monotonic_ns() { return clock_now_ns(CLOCK_MONOTONIC); }

int64_t SystemClock::realtime_ns() { return clock_now_ns(CLOCK_REALTIME); }

int64_t SystemClock::cpu_ns() { return clock_now_ns(CLOCK_THREAD_CPUTIME_ID); }

int64_t SystemClock::utc_offset_s(int64_t realtime_s) {
  const time_t moment = realtime_s;
  tm local{};
  return localtime_r(&moment, &local) ? local.tm_gmtoff : 0;
}

SystemClock::~SystemClock() {
  if (wake_ >= 0) close(wake_);
}

void SystemClock::wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) {
  polls_ = !descriptors.empty();
  if (polls_ && wake_ < 0) wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (sleep_.begin()) polls_ ? poll_until(monotonic_ns, descriptors) : sleep_.sleep_until(monotonic_ns);
  sleep_.end();
}

void SystemClock::poll_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) {
  polled_.assign(descriptors.begin(), descriptors.end());
  polled_.push_back({wake_, POLLIN, 0});
  const int64_t now_ns = this->monotonic_ns();
  if (wake_ < 0) monotonic_ns = std::min(monotonic_ns, now_ns + kLookAgainNs);
  const int64_t rest_ns = std::max<int64_t>(monotonic_ns - now_ns, 0);
  const timespec rest{rest_ns / kNsPerSecond, rest_ns % kNsPerSecond};
  ppoll(polled_.data(), polled_.size(), monotonic_ns == kForever ? nullptr : &rest, nullptr);
  eventfd_t wakes;
  if (polled_.back().revents) eventfd_read(wake_, &wakes);
}

void SystemClock::notify() {
  if (!sleep_.notify()) return;
  polls_ ? static_cast<void>(eventfd_write(wake_, 1)) : sleep_.wake();
}

}  // namespace upy
