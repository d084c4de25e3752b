#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "rpc/audit.h"
#include "rpc/call_statistics.h"

namespace upyd {

/// What has a server tell of its calls in the audit: of those that change something, and of refusals. A call that goes
/// on for long is told when it has begun, and when it ends. `methods`, by which they are known, and `trail` must
/// outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> make_call_audit(CallStatistics& methods,
                                                                                       AuditTrail& trail);

}  // namespace upyd
