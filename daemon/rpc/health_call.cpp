#include "rpc/health_call.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "rpc/answer.h"
#include "rpc/services.h"

namespace upyd {
namespace {

using grpc::health::v1::HealthCheckResponse;

constexpr std::string_view kBoard = "board/";

/// Empty: the service is no board's.
std::string board_of(const std::string& service) {
  return service.starts_with(kBoard) ? service.substr(kBoard.size()) : "";
}

bool is_there(const std::string& service, const InstanceRegistry& registry) {
  const std::string board = board_of(service);
  if (board.empty()) {
    return service.empty() || std::find(std::begin(kServices), std::end(kServices), service) != std::end(kServices);
  }
  InstanceRegistry::Host host;
  return registry.find(board, host).ok() && !host->is_owned_by_run() && host->is_there();
}

/// What changes the health of a service.
EventFilter changes_of(const std::string& service) {
  constexpr const char* kDaemon = "";
  return {.instances = {kDaemon, board_of(service)},
          .kinds = {v1::EVENT_KIND_SHUTTING_DOWN, v1::EVENT_KIND_INSTANCE_CREATED, v1::EVENT_KIND_INSTANCE_DELETED}};
}

}  // namespace

ServingStatus health_of(const std::string& service, const InstanceRegistry& registry) {
  if (!is_there(service, registry)) return HealthCheckResponse::SERVICE_UNKNOWN;
  return registry.is_refusing() ? HealthCheckResponse::NOT_SERVING : HealthCheckResponse::SERVING;
}

HealthCall* HealthCall::start(const InstanceRegistry& registry, EventBus& bus, Reactor& reactor, StreamCount& streams,
                              const std::string& service) {
  const std::shared_ptr<HealthCall> call(new HealthCall(bus, reactor, streams));
  const auto status = guarded([&] { return call->begin(registry, service); });
  call->open(status, call->take());
  return call.get();
}

/// First it watches: what changes while it looks is told.
grpc::Status HealthCall::begin(const InstanceRegistry& registry, const std::string& service) {
  if (auto status = take_place(); !status.ok()) return status;
  watch_ = bus_.watch(changes_of(service), [this](const v1::Event& event) { happened(event); });
  ServingStatus unknown = HealthCheckResponse::UNKNOWN;
  status_.compare_exchange_strong(unknown, health_of(service, registry));
  return grpc::Status::OK;
}

void HealthCall::happened(const v1::Event& event) {
  ServingStatus next = HealthCheckResponse::NOT_SERVING;
  if (event.has_instance_created()) {
    if (event.instance_created().owned_by_run()) return;
    next = HealthCheckResponse::SERVING;
  } else if (event.has_instance_deleted()) {
    next = HealthCheckResponse::SERVICE_UNKNOWN;
  }
  if (status_.exchange(next) != next) gather([] {});
}

HealthCheckResponse HealthCall::take() {
  HealthCheckResponse response;
  response.set_status(status_);
  return response;
}

}  // namespace upyd
