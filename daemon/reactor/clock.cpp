#include "reactor/clock.h"

#include <pthread.h>

#include "posix/system_clock.h"

namespace upyd {

int64_t monotonic_now_ns() { return upy::clock_now_ns(CLOCK_MONOTONIC); }

clockid_t this_thread_cpu_clock() {
  clockid_t clock{};
  pthread_getcpuclockid(pthread_self(), &clock);
  return clock;
}

}  // namespace upyd
