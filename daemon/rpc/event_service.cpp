#include "rpc/event_service.h"

#include "access/access.h"
#include "events/event_bus.h"
#include "gpio/gpio.h"
#include "reactor/reactor.h"
#include "rpc/answer.h"
#include "rpc/services.h"
#include "rpc/watch_call.h"

namespace upyd {

grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(grpc::CallbackServerContext* context,
                                                                             const v1::WatchEventsRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::WatchEventsResponse>>(*context, *access_, *request, [&] {
    return WatchCall::start(access_, bus_, gpio_, reactor_, streams_, *request);
  });
}

std::shared_ptr<grpc::Service> make_event_service(std::shared_ptr<const Access> access, EventBus& bus, const Gpio& gpio,
                                                  Reactor& reactor) {
  return std::make_shared<EventService>(std::move(access), bus, gpio, reactor);
}

}  // namespace upyd
