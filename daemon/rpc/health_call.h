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
  using Request = grpc::health::v1::HealthCheckRequest;

  /// Starts watching; the answer belongs to gRPC. Errors end the call.
  static HealthCall* start(std::shared_ptr<const Access> access, const InstanceRegistry& registry, const Boards& boards,
                           EventBus& bus, Reactor& reactor, StreamCount& streams, const Request& request);

 private:
  using Response = grpc::health::v1::HealthCheckResponse;

  HealthCall(std::shared_ptr<const Access> access, EventBus& bus, Reactor& reactor, StreamCount& streams)
      : GatheringCall(std::move(access), reactor, streams), bus_(bus) {}
  grpc::Status begin(const InstanceRegistry& registry, const Boards& boards, const Request& request);
  void happened(const v1::Event& event, const std::string& owner);
  Response take() override;
  void lose() override {}  // whoever is told next is told all
  void end_watch() override { bus_.end_watch(watch_); }

  EventBus& bus_;
  EventBus::WatchId watch_ = 0;
  std::atomic<ServingStatus> status_ = Response::UNKNOWN;  // until it is known
};

}  // namespace upyd
