#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace asio {
class thread_pool;
}
namespace grpc {
class Service;
}

/// The services of the API, for whoever has that access. What else they are given must outlive them.
///
/// Each is made where it is defined, so that nobody compiles the classes of all: gRPC's templates for one of them take
/// 400 MB.
namespace upyd {

class Access;
class Alarms;
class Boards;
struct Budgets;
class EventBus;
class Gpio;
class InstanceRegistry;
class LineGrant;
class LogStore;
class Moment;
class Reactor;
class RecentErrors;
class RunRecords;

/// Their full names.
inline constexpr const char* kServices[] = {"upyd.v1.InstanceService", "upyd.v1.ScriptService", "upyd.v1.GpioService",
                                            "upyd.v1.EventService",    "upyd.v1.LogService",    "upyd.v1.FileService",
                                            "upyd.v1.DaemonService",   "grpc.health.v1.Health"};

/// `grace_ns`: from SystemExit to the kill, where the client does not say; it may change.
std::shared_ptr<grpc::Service> make_instance_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                     Boards& boards, const std::atomic<int64_t>& grace_ns);

/// `compiler` is where scripts are compiled: that takes as long as the source is, and keeps none of gRPC's threads.
/// `blob_key`: what blobs are sealed with.
std::shared_ptr<grpc::Service> make_script_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                   RunRecords& runs, Alarms& alarms,
                                                   const std::atomic<int64_t>& grace_ns, asio::thread_pool& compiler,
                                                   const std::string& blob_key);

/// `limit` is what clients may monitor.
std::shared_ptr<grpc::Service> make_gpio_service(std::shared_ptr<const Access> access, const Gpio& gpio,
                                                 const LineGrant& limit, Reactor& reactor);

std::shared_ptr<grpc::Service> make_event_service(std::shared_ptr<const Access> access, EventBus& bus, const Gpio& gpio,
                                                  Reactor& reactor);

std::shared_ptr<grpc::Service> make_log_service(std::shared_ptr<const Access> access, const LogStore& logs,
                                                Reactor& reactor);

/// `pool` is where files are worked on. `grace_ns` as for make_instance_service.
std::shared_ptr<grpc::Service> make_file_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                 Boards& boards, asio::thread_pool& pool,
                                                 const std::atomic<int64_t>& grace_ns);

/// Health checking, as gRPC has it for all.
std::shared_ptr<grpc::Service> make_health_service(std::shared_ptr<const Access> access,
                                                   const InstanceRegistry& registry, const Boards& boards,
                                                   EventBus& bus, Reactor& reactor);

std::shared_ptr<grpc::Service> make_daemon_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                   const RecentErrors& errors, const Budgets& budgets,
                                                   const Moment& start_time);

}  // namespace upyd
