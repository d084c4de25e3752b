#pragma once

#include <grpcpp/support/status.h>

#include <string>

namespace upyd {

/// Whether it can be an instance's name: see Instance.name.
bool is_name(const std::string& name);

/// INVALID_ARGUMENT, and what a name has to be.
grpc::Status bad_name();

}  // namespace upyd
