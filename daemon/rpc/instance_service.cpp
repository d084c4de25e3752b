#include "rpc/instance_service.h"

#include "instances/convert.h"
#include "rpc/answer.h"
#include "rpc/services.h"

namespace upyd {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

ServerUnaryReactor* InstanceService::CreateInstance(CallbackServerContext* context,
                                                    const v1::CreateInstanceRequest* request, v1::Instance* response) {
  return answer(*context, [&] {
    InstanceRegistry::Host host;
    auto status = registry_.create(request->name(), request->config(), host);
    if (host) *response = host->describe();
    return status;
  });
}

ServerUnaryReactor* InstanceService::ListInstances(CallbackServerContext* context, const v1::ListInstancesRequest*,
                                                   v1::ListInstancesResponse* response) {
  return answer(*context, [&] {
    for (const auto& host : registry_.list()) *response->add_instances() = host->describe();
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* InstanceService::GetInstance(CallbackServerContext* context, const v1::GetInstanceRequest* request,
                                                 v1::Instance* response) {
  return answer(*context, [&] {
    InstanceRegistry::Host host;
    auto status = registry_.find(request->name(), host);
    if (host) *response = host->describe();
    return status;
  });
}

ServerUnaryReactor* InstanceService::DeleteInstance(CallbackServerContext* context,
                                                    const v1::DeleteInstanceRequest* request,
                                                    v1::DeleteInstanceResponse*) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto status = guarded([&] {
    InstanceRegistry::Host host;
    auto found = registry_.find(request->name(), host);
    if (found.ok() && !request->force()) found = host->end_if_idle();
    if (!found.ok()) return found;
    host->end(upy::Limit::Request);
    host->when_gone([reactor] { reactor->Finish(grpc::Status::OK); });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::RestartInstance(CallbackServerContext* context,
                                                     const v1::RestartInstanceRequest* request,
                                                     v1::Instance* response) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto status = guarded([&] {
    InstanceRegistry::Host host;
    auto found = registry_.find(request->name(), host);
    if (!found.ok()) return found;
    host->restart(grace_ns(*request), [this, reactor, request, response](const grpc::Status& done) {
      reactor->Finish(guarded([&] {
        InstanceRegistry::Host restarted;
        if (done.ok() && registry_.find(request->name(), restarted).ok()) *response = restarted->describe();
        return done;
      }));
    });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::GetMemInfo(CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                                v1::MemInfo* response) {
  return inspect(
      *context, request->instance(), {Inspection::Subject::Memory, request->verbose()},
      [response](const InspectionAnswer& answer) { *response = to_proto(std::get<MemoryFigures>(answer.figures)); });
}

ServerUnaryReactor* InstanceService::GetQstrInfo(CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                                 v1::QstrInfo* response) {
  return inspect(
      *context, request->instance(), {Inspection::Subject::Strings, request->verbose()},
      [response](const InspectionAnswer& answer) { *response = to_proto(std::get<upy::QstrInfo>(answer.figures)); });
}

ServerUnaryReactor* InstanceService::inspect(CallbackServerContext& context, const std::string& name,
                                             const Inspection& inspection,
                                             std::function<void(const InspectionAnswer&)> tell) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto status = guarded([&] {
    InstanceRegistry::Host host;
    auto found = registry_.find(name, host);
    if (!found.ok()) return found;
    host->inspect(inspection, [reactor, tell = std::move(tell)](const InspectionAnswer& answer) {
      reactor->Finish(guarded([&] {
        if (answer.status.ok()) tell(answer);
        return answer.status;
      }));
    });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

std::shared_ptr<grpc::Service> make_instance_service(InstanceRegistry& registry, const std::atomic<int64_t>& grace_ns) {
  return std::make_shared<InstanceService>(registry, grace_ns);
}

}  // namespace upyd
