#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "instances/output_buffer.h"
#include "upy/instance.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// Limits of a run in nanoseconds; 0: none.
struct RunLimits {
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

/// How a run ended.
struct RunReport {
  grpc::Status status;  ///< not OK: the script did not start
  upy::Outcome outcome;
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

/// One run of a script, from being accepted to its end.
struct Run {
  uint64_t id = 0;  ///< given by the registry
  upy::Script script;
  v1::InstanceConfig overrides;                  ///< wall_ms and cpu_ms, where they are not to be the instance's
  RunLimits limits;                              ///< given by the registry: the instance's with the overrides
  std::function<void()> on_readable;             ///< of `output`
  std::function<void(const RunReport&)> on_end;  ///< called once if the run was accepted, on the instance's thread

  std::shared_ptr<OutputBuffer> output;  ///< made when the run is accepted
  std::chrono::system_clock::time_point start_time = std::chrono::system_clock::now();
};

}  // namespace upyd
