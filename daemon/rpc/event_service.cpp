#include "rpc/event_service.h"

#include "rpc/answer.h"
#include "rpc/services.h"
#include "rpc/watch_call.h"

namespace upyd {

grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(grpc::CallbackServerContext*,
                                                                             const v1::WatchEventsRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::WatchEventsResponse>>(
      [&] { return WatchCall::start(bus_, gpio_, reactor_, streams_, *request); });
}

std::shared_ptr<grpc::Service> make_event_service(EventBus& bus, const Gpio& gpio, Reactor& reactor) {
  return std::make_shared<EventService>(bus, gpio, reactor);
}

}  // namespace upyd
