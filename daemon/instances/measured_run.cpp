#include "instances/measured_run.h"

#include "posix/system_clock.h"
#include "reactor/clock.h"

namespace upyd {

MeasuredRun::MeasuredRun(Alarms& alarms, const RunLimits& limits, std::function<void(upy::Limit)> exceed)
    : deadline_(alarms, limits, std::move(exceed)),
      cpu_clock_(this_thread_cpu_clock()),
      start_ns_(monotonic_now_ns()),
      cpu_start_ns_(upy::clock_now_ns(cpu_clock_)) {}

RunReport MeasuredRun::report(const upy::Outcome& outcome) const {
  return {.status = {},
          .outcome = outcome,
          .wall_ns = monotonic_now_ns() - start_ns_,
          .cpu_ns = upy::clock_now_ns(cpu_clock_) - cpu_start_ns_};
}

}  // namespace upyd
