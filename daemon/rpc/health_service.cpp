#include "rpc/health_service.h"

#include "access/access.h"
#include "events/event_bus.h"
#include "instances/instance_registry.h"
#include "reactor/reactor.h"
#include "rpc/answer.h"
#include "rpc/health_call.h"
#include "rpc/services.h"
#include "supervisor/boards.h"

namespace upyd {

grpc::ServerUnaryReactor* HealthService::Check(grpc::CallbackServerContext* context, const Request* request,
                                               Response* response) {
  return answer(*context, *access_, *request, [&]() -> grpc::Status {
    const ServingStatus status = health_of(request->service(), registry_, boards_);
    response->set_status(status);
    if (status != Response::SERVICE_UNKNOWN) return grpc::Status::OK;
    return {grpc::StatusCode::NOT_FOUND,
            "there is no service '" + request->service() + "'; a standing instance is 'board/NAME', the daemon ''"};
  });
}

grpc::ServerWriteReactor<HealthService::Response>* HealthService::Watch(grpc::CallbackServerContext* context,
                                                                        const Request* request) {
  return start_call<grpc::ServerWriteReactor<Response>>(*context, *access_, *request, [&] {
    return HealthCall::start(access_, registry_, boards_, bus_, reactor_, streams_, *request);
  });
}

std::shared_ptr<grpc::Service> make_health_service(std::shared_ptr<const Access> access,
                                                   const InstanceRegistry& registry, const Boards& boards,
                                                   EventBus& bus, Reactor& reactor) {
  return std::make_shared<HealthService>(std::move(access), registry, boards, bus, reactor);
}

}  // namespace upyd
