#include "rpc/instance_service.h"

#include "instances/convert.h"
#include "rpc/answer.h"

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

ServerUnaryReactor* InstanceService::GetMemInfo(CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                                v1::MemInfo* response) {
  return inspect(*context, request->instance(), [response, verbose = request->verbose()](upy::Instance& instance) {
    const auto info = instance.mem_info(verbose);
    if (info) *response = to_proto(*info, instance.schedule_info());
    return info.has_value();
  });
}

ServerUnaryReactor* InstanceService::GetQstrInfo(CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                                 v1::QstrInfo* response) {
  return inspect(*context, request->instance(), [response, verbose = request->verbose()](upy::Instance& instance) {
    const auto info = instance.qstr_info(verbose);
    if (info) *response = to_proto(*info);
    return info.has_value();
  });
}

ServerUnaryReactor* InstanceService::inspect(CallbackServerContext& context, const std::string& name,
                                             std::function<bool(upy::Instance&)> look) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto status = guarded([&] {
    InstanceRegistry::Host host;
    auto found = registry_.find(name, host);
    if (!found.ok()) return found;
    host->inspect([reactor, name, look = std::move(look)](upy::Instance* instance) {
      bool is_done = true;
      const auto status = guarded([&]() -> grpc::Status {
        if (!instance) return {grpc::StatusCode::ABORTED, "instance '" + name + "' was deleted before it could answer"};
        is_done = look(*instance);
        return grpc::Status::OK;
      });
      if (is_done) reactor->Finish(status);
      return is_done;
    });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

}  // namespace upyd
