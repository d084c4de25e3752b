#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "upyd/v1/events.pb.h"
#include "upyd/v1/script.pb.h"

/// What the API demands of requests beyond their types: INVALID_ARGUMENT where it is not met.
namespace upyd {

grpc::Status check(const v1::CompileRequest& request);
grpc::Status check(const v1::RunRequest& request);
grpc::Status check(const v1::InterruptRequest& request);
grpc::Status check(const v1::WatchEventsRequest& request);

/// Of a list named `field`.
grpc::Status check_number(int entries, const char* field);

grpc::Status invalid(const std::string& why);

/// The name of a script in tracebacks, if the client gave `file`.
std::string script_name(const std::string& file);

}  // namespace upyd
