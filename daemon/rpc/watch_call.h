#pragma once

#include "access/access.h"
#include "events/event_buffer.h"
#include "events/event_bus.h"
#include "gpio/gpio.h"
#include "rpc/gathering_call.h"

namespace upyd {

/// A call of EventService.WatchEvents.
class WatchCall final : public GatheringCall<v1::WatchEventsResponse> {
 public:
  /// Starts watching; the answer belongs to gRPC. Errors end the call.
  static WatchCall* start(std::shared_ptr<const Access> access, EventBus& bus, const Gpio& gpio, Reactor& reactor,
                          StreamCount& streams, const v1::WatchEventsRequest& request);

 private:
  WatchCall(std::shared_ptr<const Access> access, EventBus& bus, Reactor& reactor, StreamCount& streams)
      : GatheringCall(std::move(access), reactor, streams), bus_(bus) {}
  grpc::Status begin(const Gpio& gpio, const v1::WatchEventsRequest& request);
  void happened(const v1::Event& event, const std::string& owner);
  v1::WatchEventsResponse take() override { return waiting_.take(); }
  void lose() override { waiting_.lose(); }
  void end_watch() override { bus_.end_watch(watch_); }

  EventBus& bus_;
  EventBus::WatchId watch_ = 0;
  EventBuffer waiting_;
};

}  // namespace upyd
