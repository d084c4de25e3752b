#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "budget/budget.h"
#include "instances/input_buffer.h"
#include "instances/job.h"
#include "instances/output_buffer.h"
#include "reactor/timestamp.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// One run of a script, from being accepted to its end: a job, and who wants to have it done. The registry gives the id
/// and, from the instance's settings and the overrides, the limits.
struct Run : Job {
  uint64_t id = 0;
  v1::InstanceConfig overrides;                  ///< wall_ms and cpu_ms, where they are not to be the instance's
  std::function<void()> on_readable;             ///< of `output`
  std::function<void(const RunReport&)> on_end;  ///< called once if the run was accepted, on the instance's thread

  bool is_own = false;       ///< of the instance itself: one of its start scripts, or typed at its prompt
  bool is_detached = false;  ///< no client waits for it

  /// Its own standard input; null: that of the console.
  std::shared_ptr<InputBuffer> input;

  std::shared_ptr<OutputBuffer> output;  ///< made when the run is accepted
  Moment start_time = Moment::now();
  Charge charge;  ///< of the script
};

}  // namespace upyd
