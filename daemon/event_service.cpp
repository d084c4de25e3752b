#include "event_service.h"

#include "watch_call.h"

namespace upyd {

grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(grpc::CallbackServerContext*,
                                                                             const v1::WatchEventsRequest* request) {
  return WatchCall::start(bus_, gpio_, reactor_, *request);
}

}  // namespace upyd
