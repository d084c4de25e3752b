#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "access/access.h"
#include "instances/instance_registry.h"
#include "port/time_units.h"
#include "supervisor/boards.h"
#include "upyd/v1/instance.grpc.pb.h"

namespace upyd {

/// upyd.v1.InstanceService over the registry.
class InstanceService final : public v1::InstanceService::CallbackService {
 public:
  InstanceService(std::shared_ptr<const Access> access, InstanceRegistry& registry, Boards& boards,
                  const std::atomic<int64_t>& grace_ns)
      : access_(std::move(access)), registry_(registry), boards_(boards), grace_ns_(grace_ns) {}

  grpc::ServerUnaryReactor* CreateInstance(grpc::CallbackServerContext* context,
                                           const v1::CreateInstanceRequest* request, v1::Instance* response) override;
  grpc::ServerUnaryReactor* ListInstances(grpc::CallbackServerContext* context, const v1::ListInstancesRequest* request,
                                          v1::ListInstancesResponse* response) override;
  grpc::ServerUnaryReactor* GetInstance(grpc::CallbackServerContext* context, const v1::GetInstanceRequest* request,
                                        v1::Instance* response) override;
  grpc::ServerUnaryReactor* DeleteInstance(grpc::CallbackServerContext* context,
                                           const v1::DeleteInstanceRequest* request,
                                           v1::DeleteInstanceResponse* response) override;
  grpc::ServerUnaryReactor* StartInstance(grpc::CallbackServerContext* context, const v1::StartInstanceRequest* request,
                                          v1::Instance* response) override;
  grpc::ServerUnaryReactor* StopInstance(grpc::CallbackServerContext* context, const v1::StopInstanceRequest* request,
                                         v1::Instance* response) override;
  grpc::ServerUnaryReactor* UpdateInstance(grpc::CallbackServerContext* context,
                                           const v1::UpdateInstanceRequest* request, v1::Instance* response) override;
  grpc::ServerUnaryReactor* RestartInstance(grpc::CallbackServerContext* context,
                                            const v1::RestartInstanceRequest* request, v1::Instance* response) override;
  grpc::ServerUnaryReactor* GetMemInfo(grpc::CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                       v1::MemInfo* response) override;
  grpc::ServerUnaryReactor* GetQstrInfo(grpc::CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                        v1::QstrInfo* response) override;

 private:
  /// Answers a call with what an inspection finds, which `tell` puts into the response.
  template <typename Request>
  grpc::ServerUnaryReactor* inspect(grpc::CallbackServerContext& context, const Request& request,
                                    const Inspection& inspection, std::function<void(const InspectionAnswer&)> tell);

  /// The grace time of a request; that of the daemon's config, if it has none.
  template <typename Request>
  int64_t grace_ns(const Request& request) const {
    return request.has_grace_ms() ? request.grace_ms() * upy::kNsPerMs : grace_ns_.load();
  }

  /// Answers a call with what an instance is once `act(done)` is done.
  template <typename Request, typename Act>
  grpc::ServerUnaryReactor* answer_when_done(grpc::CallbackServerContext& context, const Request& request,
                                             v1::Instance& response, Act act);
  /// NOT_FOUND if there is none.
  grpc::Status describe(const std::string& name, v1::Instance& instance) const;
  /// Whether who calls may do what the request wants with the instance that is found.
  template <typename Request>
  InstanceRegistry::Admit admit(const Request& request) const;

  const std::shared_ptr<const Access> access_;
  InstanceRegistry& registry_;
  Boards& boards_;
  const std::atomic<int64_t>& grace_ns_;
};

}  // namespace upyd
