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

ServingStatus serving_if(bool is_up) { return is_up ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING; }

ServingStatus health_of_instance(const std::string& name, const InstanceRegistry& registry, const Boards& boards) {
  if (const auto board = boards.find(name)) return serving_if(board->state() == v1::INSTANCE_STATE_UP);
  InstanceRegistry::Host host;
  const bool is_there = registry.find(name, host).ok() && !host->is_owned_by_run() && host->is_there();
  return is_there ? serving_if(!host->is_waiting()) : HealthCheckResponse::SERVICE_UNKNOWN;
}

bool is_part_of_api(const std::string& service) {
  return service.empty() || std::find(std::begin(kServices), std::end(kServices), service) != std::end(kServices);
}

/// What changes the health of a service.
EventFilter changes_of(const std::string& service) {
  constexpr const char* kDaemon = "";
  return {.instances = {kDaemon, board_of(service)},
          .kinds = {v1::EVENT_KIND_SHUTTING_DOWN, v1::EVENT_KIND_INSTANCE_CREATED, v1::EVENT_KIND_INSTANCE_DELETED,
                    v1::EVENT_KIND_INSTANCE_STATE_CHANGED}};
}

}  // namespace

ServingStatus health_of(const std::string& service, const InstanceRegistry& registry, const Boards& boards) {
  const std::string board = board_of(service);
  ServingStatus status = HealthCheckResponse::SERVICE_UNKNOWN;
  if (!board.empty()) {
    status = health_of_instance(board, registry, boards);
  } else if (is_part_of_api(service)) {
    status = HealthCheckResponse::SERVING;
  }
  const bool is_ending = registry.is_refusing() && status == HealthCheckResponse::SERVING;
  return is_ending ? HealthCheckResponse::NOT_SERVING : status;
}

HealthCall* HealthCall::start(std::shared_ptr<const Access> access, const InstanceRegistry& registry,
                              const Boards& boards, EventBus& bus, Reactor& reactor, StreamCount& streams,
                              const Request& request) {
  const std::shared_ptr<HealthCall> call(new HealthCall(std::move(access), bus, reactor, streams));
  const auto status = guarded([&] { return call->begin(registry, boards, request); });
  call->open(status, call->take());
  return call.get();
}

/// First it watches: what changes while it looks is told.
grpc::Status HealthCall::begin(const InstanceRegistry& registry, const Boards& boards, const Request& request) {
  if (auto status = take_place(request); !status.ok()) return status;
  watch_ = bus_.watch(changes_of(request.service()),
                      [this](const v1::Event& event, const std::string& owner) { happened(event, owner); });
  ServingStatus unknown = HealthCheckResponse::UNKNOWN;
  status_.compare_exchange_strong(unknown, health_of(request.service(), registry, boards));
  return grpc::Status::OK;
}

/// An instance of somebody else that gets the name is none to the client.
void HealthCall::happened(const v1::Event& event, const std::string& owner) {
  ServingStatus next = HealthCheckResponse::NOT_SERVING;
  if (event.has_instance_created()) {
    if (event.instance_created().owned_by_run()) return;
    next = HealthCheckResponse::SERVING;
  } else if (event.has_instance_state_changed()) {
    next = serving_if(event.instance_state_changed().state() == v1::INSTANCE_STATE_UP);
  } else if (event.has_instance_deleted()) {
    next = HealthCheckResponse::SERVICE_UNKNOWN;
  }
  if (!event.instance().empty() && !access_->sees(event.instance(), owner)) {
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
