#include "instances/instance_registry.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <thread>
#include <utility>

#include "access/identity.h"
#include "boards/board_store.h"
#include "config/instance_name.h"
#include "config/settings.h"
#include "instances/convert.h"
#include "instances/instance_view.h"
#include "instances/thread_worker.h"
#include "instances/ttys.h"
#include "reactor/reactor.h"
#include "system/no_memory.h"
#include "system/thread.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using Life = InstanceHost::Life;

/// Workers are joined that long after their end, many at once if many end.
constexpr int64_t kJoinAfterNs = 2'000'000;

/// The most that it may use.
uint64_t promised_bytes(const v1::InstanceConfig& config) {
  return config.heap_bytes() + config.stack_bytes() + config.frame_bytes();
}

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

grpc::Status is_down(const std::string& name) {
  return {StatusCode::FAILED_PRECONDITION, "board '" + name + "' is down; start it first (upyctl start " + name + ")"};
}

}  // namespace

InstanceRegistry::InstanceRegistry(RegistryLimits limits, const PortParts& parts, Reactor& reactor)
    : parts_(parts),
      reactor_(reactor),
      ttys_(std::make_unique<Ttys>(reactor, parts.tty_directory)),
      limits_(std::move(limits)) {}

InstanceRegistry::~InstanceRegistry() = default;

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

grpc::Status InstanceRegistry::run_in(const std::string& name, const std::shared_ptr<Run>& run, const Admit& admit,
                                      Host& host) {
  if (auto status = find(name, admit, host); !status.ok()) return status;
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
  run.id = parts_.run_ids.next();
  run.limits = run_limits(config);
}

grpc::Status InstanceRegistry::find(const std::string& name, Host& host) const {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(name);
  if (found == entries_.end()) return not_found(name);
  host = found->second.host;
  return host ? grpc::Status::OK : is_down(name);
}

grpc::Status InstanceRegistry::find(const std::string& name, const Admit& admit, Host& host) const {
  Host found;
  std::string owner;
  {
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(name);
    if (entry == entries_.end()) return not_found(name);
    found = entry->second.host;
    owner = owner_of(name);
  }
  if (auto status = admit(owner); !status.ok()) return status;
  host = std::move(found);
  return host ? grpc::Status::OK : is_down(name);
}

grpc::Status InstanceRegistry::find_files(const std::string& name, const Admit& admit,
                                          std::shared_ptr<FileView>& files) const {
  std::unique_lock lock(mutex_);
  const auto found = entries_.find(name);
  if (found == entries_.end()) return not_found(name);
  const auto view = found->second.files;
  const std::string owner = owner_of(name);
  lock.unlock();
  auto status = admit(owner);
  if (status.ok()) files = view;
  return status;
}

/// What somebody else's instance of that name wrote is not for its owner.
void InstanceRegistry::open_log(const std::string& name, const v1::InstanceConfig& config,
                                LogStore::Journaled journaled) {
  if (owners().of(name) != config.owner()) parts_.logs.forget(name);
  parts_.logs.open(name, config.log_bytes(), journaled, config.owner());
}

void InstanceRegistry::set_owner(const std::string& name, const std::string& owner) {
  std::unique_lock lock(mutex_);
  const auto found = entries_.find(name);
  if (found == entries_.end() || owner_of(name) == owner) return;
  parts_.logs.set_owner(name, owner);
  const auto give = [&](Charge& charge, Budget& budget) {
    Charge given(budget.account(owner));
    given.set_anyway(charge.amount());
    charge = std::move(given);
  };
  give(found->second.place, parts_.budgets.instances);
  give(found->second.promise, parts_.budgets.promised_memory);
  lock.unlock();
  ttys_->hand_over(name, owner);
}

std::vector<InstanceRegistry::Host> InstanceRegistry::list() const {
  std::lock_guard lock(mutex_);
  std::vector<Host> hosts;
  for (const auto& [name, entry] : entries_) {
    if (entry.host) hosts.push_back(entry.host);
  }
  return hosts;
}

size_t InstanceRegistry::count() const {
  std::lock_guard lock(mutex_);
  return entries_.size();
}

void InstanceRegistry::refuse_work() {
  std::lock_guard lock(mutex_);
  refusing_ = true;
}

grpc::Status InstanceRegistry::not_found(const std::string& name) {
  return {StatusCode::NOT_FOUND, "there is no instance '" + name + "'"};
}

grpc::Status InstanceRegistry::shutting_down() {
  return {StatusCode::UNAVAILABLE, "upyd is shutting down; try again when it is back"};
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
    return std::none_of(entries_.begin(), entries_.end(),
                        [](const auto& named) { return named.second.host && named.second.host->is_to_be_awaited(); });
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
  return parts_.run_ids.next();
}

void InstanceRegistry::work_ended() {
  std::lock_guard lock(mutex_);
  changed_.notify_all();
}

grpc::Status InstanceRegistry::instance_ended(const InstanceHost& host) {
  grpc::Status left;
  ttys_->close(host.name());
  if (!host.is_board()) {
    parts_.logs.close(host.name());
    BoardStore* const store = parts_.files.boards;
    if (const auto error = store ? store->remove(host.name()) : upy::PortError()) {
      left = files_stay("instance '" + host.name() + "' is gone, but its name stays taken, as its files",
                        store->path_of(host.name()), error);
    }
  }
  std::lock_guard lock(mutex_);
  const auto entry = entries_.find(host.name());
  host.is_board() ? entry->second.host.reset() : static_cast<void>(entries_.erase(entry));
  changed_.notify_all();
  return left;
}

grpc::Status InstanceRegistry::files_stay(const std::string& what, const std::string& path,
                                          const upy::PortError& error) {
  return {StatusCode::INTERNAL, what + " can't be removed from " + path + ": " + std::strerror(error.number) +
                                    "; put that right, or remove them yourself"};
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

grpc::Status InstanceRegistry::settle(const v1::InstanceConfig& request, v1::InstanceConfig& config) const {
  const RegistryLimits limits = this->limits();
  config = merge(limits.defaults, request);
  if (auto fault = find_fault(config, limits.maxima)) return {StatusCode::INVALID_ARGUMENT, *fault};
  const auto owner = principal_name(config.owner());
  if (!owner) return {StatusCode::INVALID_ARGUMENT, no_principal(std::exchange(*config.mutable_owner(), ""))};
  config.set_owner(*owner);
  config.set_cpu_weight(
      std::min(config.cpu_weight(), parts_.quotas.of(*owner).cpu_weight.value_or(Thread::kFullWeight)));
  if (config.mounts() <= limits.mount_access) return grpc::Status::OK;
  return {StatusCode::PERMISSION_DENIED,
          "upyd's config mounts no directory of the host for that; see [[files.mount]] in upyd.toml"};
}

grpc::Status InstanceRegistry::add(std::string name, const v1::InstanceConfig& request, Life life,
                                   const std::shared_ptr<Run>& run, Host& host) {
  v1::InstanceConfig config;
  if (auto status = settle(request, config); !status.ok()) return status;
  std::lock_guard lock(mutex_);
  if (name.empty()) name = invent_name(life);
  if (auto status = admit(name); !status.ok()) return status;
  Entry entry;
  if (auto status = charge(config, Kept::New, entry); !status.ok()) return status;
  const auto files = make_view(parts_.files, name, config, life);
  // Of a run that a client waits for, the client has all that the journal would get.
  const bool is_watched = run && !run->is_detached;
  open_log(name, config, is_watched ? LogStore::Journaled::No : LogStore::Journaled::Yes);
  host = make_host(name, config, life, files);
  if (run) {
    prepare(*run, host->config());
    host->run(run);
  }
  entry.host = host;
  entry.files = files;
  entries_.emplace(std::move(name), std::move(entry));
  ++workers_;
  return grpc::Status::OK;
}

InstanceRegistry::Host InstanceRegistry::make_host(const std::string& name, const v1::InstanceConfig& config,
                                                   InstanceHost::Life life, std::shared_ptr<FileView> files,
                                                   std::shared_ptr<InstanceHost::Keeper> keeper,
                                                   const Worker::Beginning& beginning) {
  InstanceHost::Owner& owner = *this;
  const auto console = std::make_shared<InstanceConsole>(parts_.logs.find(name));
  const auto settings = std::make_shared<const v1::InstanceConfig>(config);
  const auto worker = std::make_shared<ThreadWorker>(name, settings, parts_, console, files, beginning);
  return std::make_shared<InstanceHost>(name, settings, life, parts_, console, files, worker, std::move(keeper), owner);
}

/// What upyd keeps already has its name in the store, too.
grpc::Status InstanceRegistry::admit(const std::string& name) const {
  if (refusing_) return shutting_down();
  if (!is_name(name)) return bad_name();
  if (entries_.contains(name)) return {StatusCode::ALREADY_EXISTS, "there is already an instance '" + name + "'"};
  if (const auto why = parts_.files.boards ? parts_.files.boards->why_taken(name) : std::nullopt) {
    return {StatusCode::FAILED_PRECONDITION, *why};
  }
  return grpc::Status::OK;
}

grpc::Status InstanceRegistry::charge(const v1::InstanceConfig& config, Kept kept, Entry& entry) const {
  const std::string& owner = config.owner();
  entry.place = Charge(parts_.budgets.instances.account(owner));
  entry.promise = Charge(parts_.budgets.promised_memory.account(owner));
  if (kept == Kept::Already) {
    entry.place.set_anyway(1);
    entry.promise.set_anyway(promised_bytes(config));
    return grpc::Status::OK;
  }
  const AccessQuota quota = parts_.quotas.of(owner);
  if (auto status = entry.place.set(1, most(quota.max_instances)); !status.ok()) return status;
  return entry.promise.set(promised_bytes(config), most(quota.promised_memory));
}

// ---- boards ----

grpc::Status InstanceRegistry::reserve(std::string& name, const v1::InstanceConfig& request, Kept kept) {
  v1::InstanceConfig config;
  if (auto status = settle(request, config); !status.ok() && kept == Kept::New) return status;
  std::lock_guard lock(mutex_);
  if (name.empty()) name = invent_name(Life::Standing);
  if (kept == Kept::New) {
    if (auto status = admit(name); !status.ok()) return status;
  } else if (entries_.contains(name)) {
    return {StatusCode::ALREADY_EXISTS,
            "there is already an instance '" + name + "' that is not persistent; delete it"};
  }
  Entry entry;
  if (auto status = charge(config, kept, entry); !status.ok()) return status;
  if (kept == Kept::New) {
    open_log(name, config, LogStore::Journaled::Yes);
  } else {
    parts_.logs.open(name, config.log_bytes(), LogStore::Journaled::Yes, config.owner());
  }
  entry.files = make_view(parts_.files, name, config, Life::Standing);
  entries_.emplace(name, std::move(entry));
  return grpc::Status::OK;
}

void InstanceRegistry::release(const std::string& name) {
  parts_.logs.close(name);
  std::lock_guard lock(mutex_);
  entries_.erase(name);
}

bool InstanceRegistry::is_board(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(name);
  return found != entries_.end() && (!found->second.host || found->second.host->is_board());
}

grpc::Status InstanceRegistry::start_board(const std::string& name, const v1::InstanceConfig& config,
                                           const std::shared_ptr<InstanceHost::Keeper>& keeper,
                                           const Worker::Beginning& beginning, Host& host) {
  {
    std::lock_guard lock(mutex_);
    if (refusing_) return shutting_down();
    Entry& entry = entries_.at(name);
    const uint64_t quota = most(parts_.quotas.of(owner_of(name)).promised_memory);
    if (auto status = entry.promise.set(promised_bytes(config), quota); !status.ok()) return status;
    entry.files = make_view(parts_.files, name, config, Life::Standing);
    entry.host = host = make_host(name, config, Life::Standing, entry.files, keeper, beginning);
    ++workers_;
  }
  return start(host);
}

std::string InstanceRegistry::invent_name(Life life) {
  std::string name;
  do name = stem_of(life) + std::to_string(++last_name_);
  while (entries_.contains(name));
  return name;
}

grpc::Status InstanceRegistry::start(Host& host) {
  auto status = guarded([&] { return ttys_->open(host); });
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
