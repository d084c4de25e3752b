#include "instances/run_deadline.h"

#include <algorithm>

#include "posix/system_clock.h"
#include "reactor/clock.h"

namespace upyd {
namespace {

/// A thread that is given no time uses none: look again no sooner than this.
constexpr int64_t kShortestLookNs = 1'000'000;

}  // namespace

RunDeadline::RunDeadline(Alarms& alarms, const RunLimits& limits, std::function<void(upy::Limit)> exceed)
    : alarms_(alarms) {
  const int64_t start_ns = alarms.now_ns();
  if (limits.wall_ns > 0) {
    wall_ = alarms.at(start_ns + limits.wall_ns, [exceed](int64_t) {
      exceed(upy::Limit::Wall);
      return Alarms::kNever;
    });
  }
  if (limits.cpu_ns > 0) {
    const clockid_t clock = this_thread_cpu_clock();
    const int64_t end_ns = upy::clock_now_ns(clock) + limits.cpu_ns;
    cpu_ = alarms.at(start_ns + limits.cpu_ns, [clock, end_ns, exceed](int64_t now_ns) {
      const int64_t left_ns = end_ns - upy::clock_now_ns(clock);
      if (left_ns > 0) return now_ns + std::max(left_ns, kShortestLookNs);
      exceed(upy::Limit::Cpu);
      return Alarms::kNever;
    });
  }
}

RunDeadline::~RunDeadline() {
  if (wall_) alarms_.cancel(wall_);
  if (cpu_) alarms_.cancel(cpu_);
}

}  // namespace upyd
