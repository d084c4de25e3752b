#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>

#include "upy/instance.h"

/// What a worker is given and what it gives back: plain data.
namespace upyd {

/// Limits of a run in nanoseconds; 0: none.
struct RunLimits {
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

/// What is to be run.
struct Job {
  upy::Script script;
  RunLimits limits;
};

/// What is typed at the prompt, in place of the name of a script's file.
inline constexpr const char* kTyped = "<stdin>";

/// The number of a run, or of a callback between two runs. Later ones have higher numbers; 0: none.
using Work = uint64_t;

/// How far work is to be stopped, and by what.
struct StopRequest {
  upy::StopLevel level;
  upy::Limit limit;
};

/// How a run ended.
struct RunReport {
  grpc::Status status;  ///< not OK: the script did not start
  upy::Outcome outcome;
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

}  // namespace upyd
