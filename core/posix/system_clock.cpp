#include "posix/system_clock.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

namespace upy {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

uint32_t* word(std::atomic<uint32_t>& atomic) {
  static_assert(sizeof(atomic) == sizeof(uint32_t));
  return reinterpret_cast<uint32_t*>(&atomic);
}

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
  uint32_t seen = kQuiet;
  if (state_.compare_exchange_strong(seen, kWaiting)) {
    const timespec until{monotonic_ns / kNsPerSecond, monotonic_ns % kNsPerSecond};
    syscall(SYS_futex, word(state_), FUTEX_WAIT_BITSET_PRIVATE, kWaiting, monotonic_ns == kForever ? nullptr : &until,
            nullptr, FUTEX_BITSET_MATCH_ANY);
  }
  state_.exchange(kQuiet);
}

void SystemClock::notify() {
  if (state_.exchange(kNotified) == kWaiting) syscall(SYS_futex, word(state_), FUTEX_WAKE_PRIVATE, 1);
}

}  // namespace upy
