#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "access/access.h"
#include "rpc/call_statistics.h"

namespace upyd {

/// What has a server count its calls, and mark those that are beyond what `access` allows to go on. The first two must
/// outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> make_call_counters(
    CallStatistics& statistics, CallActivity& activity, std::shared_ptr<const Access> access);

/// Whether a call was marked so: it is to be refused. It does not count among those that go on.
bool is_beyond_budget(const grpc::CallbackServerContext& context);

}  // namespace upyd
