#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "rpc/call_statistics.h"

namespace upyd {

/// What has a server count its calls. Both must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> make_call_counters(CallStatistics& statistics,
                                                                                          CallActivity& activity);

}  // namespace upyd
