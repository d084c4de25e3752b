#pragma once

#include <cstdint>
#include <ctime>

namespace upyd {

/// CLOCK_MONOTONIC in nanoseconds; std::chrono::steady_clock is the same clock.
int64_t monotonic_now_ns();

/// The CPU clock of the calling thread, which any thread of the process may read.
clockid_t this_thread_cpu_clock();

}  // namespace upyd
