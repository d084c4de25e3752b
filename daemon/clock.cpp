#include "clock.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

namespace upyd {
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

int64_t monotonic_now_ns() { return clock_now_ns(CLOCK_MONOTONIC); }

clockid_t this_thread_cpu_clock() {
  clockid_t clock{};
  pthread_getcpuclockid(pthread_self(), &clock);
  return clock;
}

int64_t InstanceClock::monotonic_ns() { return monotonic_now_ns(); }

int64_t InstanceClock::realtime_ns() { return clock_now_ns(CLOCK_REALTIME); }

int64_t InstanceClock::cpu_ns() { return clock_now_ns(CLOCK_THREAD_CPUTIME_ID); }

int64_t InstanceClock::utc_offset_s(int64_t realtime_s) {
  const time_t moment = realtime_s;
  tm local{};
  return localtime_r(&moment, &local) ? local.tm_gmtoff : 0;
}

void InstanceClock::wait_until(int64_t monotonic_ns) {
  uint32_t seen = kQuiet;
  if (state_.compare_exchange_strong(seen, kWaiting)) {
    const timespec until{monotonic_ns / kNsPerSecond, monotonic_ns % kNsPerSecond};
    syscall(SYS_futex, word(state_), FUTEX_WAIT_BITSET_PRIVATE, kWaiting, monotonic_ns == kForever ? nullptr : &until,
            nullptr, FUTEX_BITSET_MATCH_ANY);
  }
  state_.exchange(kQuiet);
}

void InstanceClock::notify() {
  if (state_.exchange(kNotified) == kWaiting) syscall(SYS_futex, word(state_), FUTEX_WAKE_PRIVATE, 1);
}

}  // namespace upyd
