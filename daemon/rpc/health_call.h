#pragma once

#include <atomic>
#include <string>

#include "events/event_bus.h"
#include "grpc/health/v1/health.pb.h"
#include "rpc/gathering_call.h"
#include "supervisor/boards.h"

namespace upyd {

using ServingStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;

/// The health of a service now, by the name that Health gives it; SERVICE_UNKNOWN: there is none.
ServingStatus health_of(const std::string& service, const InstanceRegistry& registry, const Boards& boards);

/// A call of Health.Watch: tells the health of a service now, and whenever it changes.
class HealthCall final : public GatheringCall<grpc::health::v1::HealthCheckResponse> {
 public:
  /// Starts watching; the answer belongs to gRPC. Errors end the call.
  static HealthCall* start(const InstanceRegistry& registry, const Boards& boards, EventBus& bus, Reactor& reactor,
                           StreamCount& streams, const std::string& service);

 private:
  using Response = grpc::health::v1::HealthCheckResponse;

  HealthCall(EventBus& bus, Reactor& reactor, StreamCount& streams) : GatheringCall(reactor, streams), bus_(bus) {}
  grpc::Status begin(const InstanceRegistry& registry, const Boards& boards, const std::string& service);
  void happened(const v1::Event& event);
  Response take() override;
  void lose() override {}  // whoever is told next is told all
  void end_watch() override { bus_.end_watch(watch_); }

  EventBus& bus_;
  EventBus::WatchId watch_ = 0;
  std::atomic<ServingStatus> status_ = Response::UNKNOWN;  // until it is known
};

}  // namespace upyd
