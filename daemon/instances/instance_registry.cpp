#include "instances/instance_registry.h"

#include <algorithm>
#include <new>
#include <thread>

#include "boards/board_store.h"
#include "config/instance_name.h"
#include "config/settings.h"
#include "instances/convert.h"
#include "instances/instance_view.h"
#include "instances/thread_worker.h"
#include "system/no_memory.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using Life = InstanceHost::Life;

/// Workers are joined that long after their end, many at once if many end.
constexpr int64_t kJoinAfterNs = 2'000'000;

grpc::Status shutting_down() { return {StatusCode::UNAVAILABLE, "upyd is shutting down; try again when it is back"}; }

std::string stem_of(Life life) {
  switch (life) {
    case Life::Standing:
      return "instance-";
    case Life::OneRun:
      return "run-";
    case Life::OneConsole:
      return "console-";
  }
  __builtin_unreachable();
}

grpc::Status not_found(const std::string& name) {
  return {StatusCode::NOT_FOUND, "there is no instance '" + name + "'"};
}

}  // namespace

InstanceRegistry::InstanceRegistry(RegistryLimits limits, const PortParts& parts, Reactor& reactor)
    : parts_(parts), reactor_(reactor), ttys_(reactor), limits_(std::move(limits)) {}

RegistryLimits InstanceRegistry::limits() const {
  std::lock_guard lock(mutex_);
  return limits_;
}

void InstanceRegistry::set_limits(RegistryLimits limits) {
  std::lock_guard lock(mutex_);
  limits_ = std::move(limits);
}

grpc::Status InstanceRegistry::create(const std::string& name, const v1::InstanceConfig& config, Host& host) {
  auto status = add(name, config, Life::Standing, nullptr, host);
  return status.ok() ? start(host) : status;
}

grpc::Status InstanceRegistry::create_for_console(const std::string& name, const v1::InstanceConfig& config,
                                                  Host& host) {
  auto status = add(name, config, Life::OneConsole, nullptr, host);
  return status.ok() ? start(host) : status;
}

grpc::Status InstanceRegistry::run_in(const std::string& name, const std::shared_ptr<Run>& run, Host& host) {
  if (auto status = find(name, host); !status.ok()) return status;
  if (is_refusing()) return shutting_down();
  const v1::InstanceConfig config = merge(host->config(), run->overrides);
  if (auto fault = find_fault(config, limits().maxima)) return {StatusCode::INVALID_ARGUMENT, *fault};
  prepare(*run, config);
  auto status = host->run(run);
  if (status.ok()) ++runs_;
  return status;
}

grpc::Status InstanceRegistry::run_alone(const std::string& name, const v1::InstanceConfig& config,
                                         const std::shared_ptr<Run>& run, Host& host) {
  const v1::InstanceConfig request = merge(config, run->overrides);
  if (auto status = add(name, request, Life::OneRun, run, host); !status.ok()) return status;
  auto status = start(host);
  if (status.ok()) ++runs_;
  return status;
}

void InstanceRegistry::prepare(Run& run, const v1::InstanceConfig& config) {
  run.id = ++last_run_;
  run.limits = run_limits(config);
}

grpc::Status InstanceRegistry::find(const std::string& name, Host& host) const {
  std::lock_guard lock(mutex_);
  const auto found = hosts_.find(name);
  if (found == hosts_.end()) return not_found(name);
  host = found->second;
  return grpc::Status::OK;
}

grpc::Status InstanceRegistry::find_files(const std::string& name, std::shared_ptr<FileView>& files) const {
  Host host;
  auto status = find(name, host);
  if (host) files = host->files();
  return status;
}

std::vector<InstanceRegistry::Host> InstanceRegistry::list() const {
  std::lock_guard lock(mutex_);
  std::vector<Host> hosts;
  for (const auto& [name, host] : hosts_) hosts.push_back(host);
  return hosts;
}

void InstanceRegistry::refuse_work() {
  std::lock_guard lock(mutex_);
  refusing_ = true;
}

bool InstanceRegistry::is_refusing() const {
  std::lock_guard lock(mutex_);
  return refusing_;
}

void InstanceRegistry::stop_all(upy::StopLevel level) {
  for (const Host& host : list()) {
    InstanceHost::Stopped stopped;
    host->stop({level, upy::Limit::Shutdown}, std::nullopt, stopped);
  }
}

void InstanceRegistry::end_all() {
  for (const Host& host : list()) host->end(upy::Limit::Shutdown);
}

bool InstanceRegistry::wait_until_idle(std::chrono::nanoseconds at_most) {
  std::unique_lock lock(mutex_);
  const auto is_idle = [this] {
    return std::none_of(hosts_.begin(), hosts_.end(),
                        [](const auto& entry) { return entry.second->is_to_be_awaited(); });
  };
  changed_.wait_for(lock, at_most, [&] { return waiting_stopped_ || is_idle(); });
  return is_idle();
}

bool InstanceRegistry::wait_until_empty(std::chrono::nanoseconds at_most) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, at_most, [this] { return workers_ == 0; });
}

void InstanceRegistry::stop_waiting() {
  std::lock_guard lock(mutex_);
  waiting_stopped_ = true;
  changed_.notify_all();
}

uint64_t InstanceRegistry::number_own_run() {
  ++runs_;
  return ++last_run_;
}

void InstanceRegistry::work_ended() {
  std::lock_guard lock(mutex_);
  changed_.notify_all();
}

void InstanceRegistry::instance_ended(const InstanceHost& host) {
  ttys_.close(host.name());
  if (parts_.files.boards) parts_.files.boards->remove(host.name());
  std::lock_guard lock(mutex_);
  hosts_.erase(host.name());
  changed_.notify_all();
}

void InstanceRegistry::worker_ends(std::shared_ptr<InstanceHost> host) {
  while (!join_later(host)) std::this_thread::sleep_for(std::chrono::nanoseconds(kJoinAfterNs));
}

/// False: there is no memory for that now.
bool InstanceRegistry::join_later(const Host& host) try {
  reactor_.at(reactor_.now_ns() + kJoinAfterNs, [this, host](int64_t) {
    host->join();
    std::lock_guard lock(mutex_);
    --workers_;
    changed_.notify_all();
    return Alarms::kNever;
  });
  return true;
} catch (const std::bad_alloc&) {
  return false;
}

grpc::Status InstanceRegistry::add(std::string name, const v1::InstanceConfig& request, Life life,
                                   const std::shared_ptr<Run>& run, Host& host) {
  const RegistryLimits limits = this->limits();
  v1::InstanceConfig config = merge(limits.defaults, request);
  if (auto fault = find_fault(config, limits.maxima)) return {StatusCode::INVALID_ARGUMENT, *fault};
  if (config.mounts() > limits.mount_access) {
    return {StatusCode::PERMISSION_DENIED,
            "upyd's config mounts no directory of the host for that; see [[files.mount]] in upyd.toml"};
  }
  std::lock_guard lock(mutex_);
  if (name.empty()) name = invent_name(life);
  if (auto status = admit(name); !status.ok()) return status;
  host = make_host(name, std::move(config), life);
  if (run) {
    prepare(*run, host->config());
    host->run(run);
  }
  hosts_.emplace(std::move(name), host);
  ++workers_;
  return grpc::Status::OK;
}

InstanceRegistry::Host InstanceRegistry::make_host(const std::string& name, v1::InstanceConfig config,
                                                   InstanceHost::Life life) {
  InstanceHost::Owner& owner = *this;
  const auto console = std::make_shared<InstanceConsole>();
  const auto settings = std::make_shared<const v1::InstanceConfig>(std::move(config));
  const auto files = make_view(parts_.files, name, *settings, life);
  const auto worker = std::make_shared<ThreadWorker>(name, settings, parts_, console, files);
  return std::make_shared<InstanceHost>(name, settings, life, parts_, console, files, worker, nullptr, owner);
}

grpc::Status InstanceRegistry::admit(const std::string& name) const {
  if (refusing_) return shutting_down();
  if (!is_name(name)) return bad_name();
  if (hosts_.contains(name)) return {StatusCode::ALREADY_EXISTS, "there is already an instance '" + name + "'"};
  if (const auto why = parts_.files.boards ? parts_.files.boards->why_taken(name) : std::nullopt) {
    return {StatusCode::FAILED_PRECONDITION, *why};
  }
  if (hosts_.size() < limits_.max_instances) return grpc::Status::OK;
  return {StatusCode::RESOURCE_EXHAUSTED, "there are already " + std::to_string(hosts_.size()) +
                                              " instances, as many as max_instances in upyd's config allows"};
}

std::string InstanceRegistry::invent_name(Life life) {
  std::string name;
  do name = stem_of(life) + std::to_string(++last_name_);
  while (hosts_.contains(name));
  return name;
}

grpc::Status InstanceRegistry::start(Host& host) {
  auto status = guarded([&] { return ttys_.open(host); });
  if (!status.ok()) instance_ended(*host);
  if (status.ok()) status = host->start();
  if (status.ok()) return status;
  host.reset();
  std::lock_guard lock(mutex_);
  --workers_;
  changed_.notify_all();
  return status;
}

}  // namespace upyd
