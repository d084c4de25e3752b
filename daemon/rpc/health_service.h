#pragma once

#include "grpc/health/v1/health.grpc.pb.h"
#include "rpc/stream_count.h"

namespace upyd {

class Access;
class Boards;
class EventBus;
class InstanceRegistry;
class Reactor;

/// grpc.health.v1.Health: the health of the daemon, of the services of its API, and of each standing instance.
class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  using Request = grpc::health::v1::HealthCheckRequest;
  using Response = grpc::health::v1::HealthCheckResponse;

  HealthService(std::shared_ptr<const Access> access, const InstanceRegistry& registry, const Boards& boards,
                EventBus& bus, Reactor& reactor)
      : access_(std::move(access)), registry_(registry), boards_(boards), bus_(bus), reactor_(reactor) {}

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response) override;
  grpc::ServerWriteReactor<Response>* Watch(grpc::CallbackServerContext* context, const Request* request) override;

 private:
  const std::shared_ptr<const Access> access_;
  const InstanceRegistry& registry_;
  const Boards& boards_;
  EventBus& bus_;
  Reactor& reactor_;
  StreamCount streams_;
};

}  // namespace upyd
