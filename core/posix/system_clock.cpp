#include "posix/system_clock.h"

#include <ctime>

namespace upy {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

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

void SystemClock::wait_until(int64_t monotonic_ns) {
  if (sleep_.begin()) sleep_.sleep_until(monotonic_ns);
  sleep_.end();
}

void SystemClock::notify() {
  if (sleep_.notify()) sleep_.wake();
}

}  // namespace upy
