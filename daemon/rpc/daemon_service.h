#pragma once

#include "instances/instance_registry.h"
#include "reactor/timestamp.h"
#include "upyd/v1/daemon.grpc.pb.h"

namespace upyd {

/// upyd.v1.DaemonService.
class DaemonService final : public v1::DaemonService::CallbackService {
 public:
  DaemonService(InstanceRegistry& registry, const RecentErrors& errors) : registry_(registry), errors_(errors) {}

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest* request,
                                      v1::Status* response) override;

 private:
  InstanceRegistry& registry_;
  const RecentErrors& errors_;
  const Moment start_time_ = Moment::now();
};

}  // namespace upyd
