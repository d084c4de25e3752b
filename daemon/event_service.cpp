#include "event_service.h"

#include "answer.h"
#include "watch_call.h"

namespace upyd {

grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(grpc::CallbackServerContext*,
                                                                             const v1::WatchEventsRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::WatchEventsResponse>>(
      [&] { return WatchCall::start(bus_, gpio_, reactor_, *request); });
}

}  // namespace upyd
