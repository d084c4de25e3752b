#include "instance_service.h"

#include "convert.h"

namespace upyd {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

ServerUnaryReactor* InstanceService::CreateInstance(CallbackServerContext* context,
                                                    const v1::CreateInstanceRequest* request, v1::Instance* response) {
  InstanceRegistry::Host host;
  const auto status = registry_.create(request->name(), request->config(), host);
  if (host) *response = host->describe();
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::ListInstances(CallbackServerContext* context, const v1::ListInstancesRequest*,
                                                   v1::ListInstancesResponse* response) {
  for (const auto& host : registry_.list()) *response->add_instances() = host->describe();
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

ServerUnaryReactor* InstanceService::GetInstance(CallbackServerContext* context, const v1::GetInstanceRequest* request,
                                                 v1::Instance* response) {
  InstanceRegistry::Host host;
  const auto status = registry_.find(request->name(), host);
  if (host) *response = host->describe();
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::DeleteInstance(CallbackServerContext* context,
                                                    const v1::DeleteInstanceRequest* request,
                                                    v1::DeleteInstanceResponse*) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  InstanceRegistry::Host host;
  auto status = registry_.find(request->name(), host);
  if (status.ok() && !request->force()) status = host->end_if_idle();
  if (!status.ok()) {
    reactor->Finish(status);
    return reactor;
  }
  host->end(upy::Limit::Request);
  host->when_gone([reactor] { reactor->Finish(grpc::Status::OK); });
  return reactor;
}

ServerUnaryReactor* InstanceService::GetMemInfo(CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                                v1::MemInfo* response) {
  return inspect(*context, request->instance(), [response, verbose = request->verbose()](upy::Instance& instance) {
    *response = to_proto(instance.mem_info(verbose), instance.schedule_info());
  });
}

ServerUnaryReactor* InstanceService::GetQstrInfo(CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                                 v1::QstrInfo* response) {
  return inspect(*context, request->instance(), [response, verbose = request->verbose()](upy::Instance& instance) {
    *response = to_proto(instance.qstr_info(verbose));
  });
}

ServerUnaryReactor* InstanceService::inspect(CallbackServerContext& context, const std::string& name,
                                             std::function<void(upy::Instance&)> look) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  InstanceRegistry::Host host;
  if (const auto status = registry_.find(name, host); !status.ok()) {
    reactor->Finish(status);
    return reactor;
  }
  host->inspect([reactor, name, look = std::move(look)](upy::Instance* instance) {
    if (!instance) {
      reactor->Finish({grpc::StatusCode::ABORTED, "instance '" + name + "' was deleted before it could answer"});
      return;
    }
    look(*instance);
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

}  // namespace upyd
