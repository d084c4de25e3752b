#pragma once

#include "rpc/stream_count.h"
#include "upyd/v1/events.grpc.pb.h"

namespace upyd {

class Access;
class EventBus;
class Gpio;
class Reactor;

/// upyd.v1.EventService over the daemon's events.
class EventService final : public v1::EventService::CallbackService {
 public:
  EventService(std::shared_ptr<const Access> access, EventBus& bus, const Gpio& gpio, Reactor& reactor)
      : access_(std::move(access)), bus_(bus), gpio_(gpio), reactor_(reactor) {}

  grpc::ServerWriteReactor<v1::WatchEventsResponse>* WatchEvents(grpc::CallbackServerContext* context,
                                                                 const v1::WatchEventsRequest* request) override;

 private:
  const std::shared_ptr<const Access> access_;
  EventBus& bus_;
  const Gpio& gpio_;
  Reactor& reactor_;
  StreamCount streams_;
};

}  // namespace upyd
