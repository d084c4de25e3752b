#pragma once

#include <functional>
#include <string>

#include "instances/instance_registry.h"
#include "upyd/v1/instance.grpc.pb.h"

namespace upyd {

/// upyd.v1.InstanceService over the registry.
class InstanceService final : public v1::InstanceService::CallbackService {
 public:
  explicit InstanceService(InstanceRegistry& registry) : registry_(registry) {}

  grpc::ServerUnaryReactor* CreateInstance(grpc::CallbackServerContext* context,
                                           const v1::CreateInstanceRequest* request, v1::Instance* response) override;
  grpc::ServerUnaryReactor* ListInstances(grpc::CallbackServerContext* context, const v1::ListInstancesRequest* request,
                                          v1::ListInstancesResponse* response) override;
  grpc::ServerUnaryReactor* GetInstance(grpc::CallbackServerContext* context, const v1::GetInstanceRequest* request,
                                        v1::Instance* response) override;
  grpc::ServerUnaryReactor* DeleteInstance(grpc::CallbackServerContext* context,
                                           const v1::DeleteInstanceRequest* request,
                                           v1::DeleteInstanceResponse* response) override;
  grpc::ServerUnaryReactor* GetMemInfo(grpc::CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                       v1::MemInfo* response) override;
  grpc::ServerUnaryReactor* GetQstrInfo(grpc::CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                        v1::QstrInfo* response) override;

 private:
  /// Answers a call with what an inspection finds, which `tell` puts into the response.
  grpc::ServerUnaryReactor* inspect(grpc::CallbackServerContext& context, const std::string& name,
                                    const Inspection& inspection, std::function<void(const InspectionAnswer&)> tell);

  InstanceRegistry& registry_;
};

}  // namespace upyd
