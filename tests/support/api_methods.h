#pragma once

#include <google/protobuf/descriptor.h>

#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "upyd/v1/daemon.pb.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/file.pb.h"
#include "upyd/v1/gpio.pb.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/log.pb.h"
#include "upyd/v1/script.pb.h"

namespace test_support {

/// All methods of the API. That their files are named here has the linker take them.
inline std::vector<const google::protobuf::MethodDescriptor*> api_methods() {
  using namespace upyd::v1;
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* const message :
       {GetStatusRequest::descriptor(), WatchEventsRequest::descriptor(), StatFileRequest::descriptor(),
        ListChipsRequest::descriptor(), GetInstanceRequest::descriptor(), ReadLogRequest::descriptor(),
        CompileRequest::descriptor(), grpc::health::v1::HealthCheckRequest::descriptor()}) {
    const auto& service = *message->file()->service(0);
    for (int i = 0; i < service.method_count(); ++i) methods.push_back(service.method(i));
  }
  return methods;
}

}  // namespace test_support
