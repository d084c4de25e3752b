#pragma once

#include <grpcpp/support/status.h>

#include <stdexcept>
#include <string>

#include "upyclient/host.h"

namespace upyclient {

/// A call that failed. what() is a sentence for the user that says what to do where that is known.
class Error : public std::runtime_error {
 public:
  Error(grpc::StatusCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  /// The kind of the failure; upyd/v1/*.proto tells with each call what it may fail with. UNAVAILABLE: no daemon
  /// answers at the address, its connection was lost, or it is shutting down. DEADLINE_EXCEEDED: it took too long.
  grpc::StatusCode code() const { return code_; }

 private:
  grpc::StatusCode code_;
};

/// The error that a failed `status` of a call to a host stands for. If that answers by TCP and is not available, it is
/// asked why, which takes some seconds at most.
Error error_of(const grpc::Status& status, const Host& host);

}  // namespace upyclient
