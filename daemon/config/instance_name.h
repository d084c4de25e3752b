#pragma once

#include <grpcpp/support/status.h>

#include <string>

namespace upyd {

/// What Instance.name says.
inline constexpr const char* kInstanceNameRule =
    "an instance's name has 1 to 63 letters, digits, '.', '_' and '-', and begins with a letter or a digit";

/// Whether it can be an instance's name.
bool is_name(const std::string& name);

/// INVALID_ARGUMENT, and what a name has to be.
grpc::Status bad_name();

}  // namespace upyd
