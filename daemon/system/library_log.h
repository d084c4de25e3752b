#pragma once

#include <spdlog/fwd.h>

#include <memory>

namespace upyd {

/// Has gRPC and protobuf, which would write to standard error themselves, write to this log: gRPC's errors as warnings,
/// so many of them in a time; all else, and what protobuf says of a client's bytes, at level debug. For the process,
/// once, before anything of theirs is used.
void route_library_logs(std::shared_ptr<spdlog::logger> log);

}  // namespace upyd
