#pragma once

#include <cstdint>
#include <functional>

#include "instances/job.h"
#include "instances/run_deadline.h"

namespace upyd {

/// A run that goes on: its limits are watched and its times measured, from when this is made. On the thread that runs
/// it.
class MeasuredRun {
 public:
  /// As RunDeadline.
  MeasuredRun(Alarms& alarms, const RunLimits& limits, std::function<void(upy::Limit)> exceed);
  /// What is told of it when it has ended like that.
  RunReport report(const upy::Outcome& outcome) const;

 private:
  const RunDeadline deadline_;
  const clockid_t cpu_clock_;
  const int64_t start_ns_, cpu_start_ns_;
};

}  // namespace upyd
