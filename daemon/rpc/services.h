#pragma once

#include <asio/thread_pool.hpp>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "events/event_bus.h"
#include "events/recent_errors.h"
#include "gpio/gpio.h"
#include "gpio/line_grant.h"
#include "instances/instance_registry.h"
#include "instances/run_records.h"
#include "logs/log_store.h"
#include "reactor/reactor.h"
#include "supervisor/boards.h"

namespace grpc {
class Service;
}

/// The services of the API. What they are given must outlive them.
///
/// Each is made where it is defined, so that nobody compiles the classes of all: gRPC's templates for one of them take
/// 400 MB.
namespace upyd {

/// Their full names.
inline constexpr const char* kServices[] = {"upyd.v1.InstanceService", "upyd.v1.ScriptService", "upyd.v1.GpioService",
                                            "upyd.v1.EventService",    "upyd.v1.LogService",    "upyd.v1.FileService",
                                            "upyd.v1.DaemonService",   "grpc.health.v1.Health"};

/// `grace_ns`: from SystemExit to the kill, where the client does not say; it may change.
std::shared_ptr<grpc::Service> make_instance_service(InstanceRegistry& registry, Boards& boards,
                                                     const std::atomic<int64_t>& grace_ns);

/// `blob_key`: what blobs are
/// sealed with. `compile_bytes`: the memory that Compile may take.
std::shared_ptr<grpc::Service> make_script_service(InstanceRegistry& registry, RunRecords& runs, Alarms& alarms,
                                                   const std::atomic<int64_t>& grace_ns, const std::string& blob_key,
                                                   size_t compile_bytes);

/// `limit` is what clients may monitor.
std::shared_ptr<grpc::Service> make_gpio_service(const Gpio& gpio, const LineGrant& limit, Reactor& reactor);

std::shared_ptr<grpc::Service> make_event_service(EventBus& bus, const Gpio& gpio, Reactor& reactor);

std::shared_ptr<grpc::Service> make_log_service(const LogStore& logs, Reactor& reactor);

/// `pool` is where files are worked on. `grace_ns` as for make_instance_service.
std::shared_ptr<grpc::Service> make_file_service(InstanceRegistry& registry, Boards& boards, asio::thread_pool& pool,
                                                 const std::atomic<int64_t>& grace_ns);

/// Health checking, as gRPC has it for all.
std::shared_ptr<grpc::Service> make_health_service(const InstanceRegistry& registry, const Boards& boards,
                                                   EventBus& bus, Reactor& reactor);

std::shared_ptr<grpc::Service> make_daemon_service(InstanceRegistry& registry, const RecentErrors& errors);

}  // namespace upyd
