#pragma once

#include <cstdint>
#include <functional>

#include "instances/job.h"
#include "reactor/alarms.h"

namespace upyd {

/// Watches the limits of one run. Made on the thread that runs it.
class RunDeadline {
 public:
  /// Calls `exceed` when a limit is exceeded, on the alarms' thread; it may come late, when this is already destroyed.
  RunDeadline(Alarms& alarms, const RunLimits& limits, std::function<void(upy::Limit)> exceed);
  ~RunDeadline();
  RunDeadline(const RunDeadline&) = delete;
  RunDeadline& operator=(const RunDeadline&) = delete;

 private:
  Alarms& alarms_;
  Alarms::Id wall_ = 0;  // 0: not set
  Alarms::Id cpu_ = 0;
};

}  // namespace upyd
