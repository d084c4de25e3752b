#include "daemon.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include <algorithm>
#include <asio/post.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <future>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>

#include "config/blob_key.h"
#include "files/host_tree.h"
#include "port/time_units.h"
#include "posix/machine_id.h"
#include "reactor/clock.h"
#include "rpc/activated_sockets.h"
#include "rpc/services.h"
#include "system/crash_report.h"
#include "system/journal_stream.h"
#include "system/resident_memory.h"

namespace upyd {
namespace {

/// What instances get to end after they were killed: only one that is stuck in native code needs longer.
constexpr auto kEndTime = std::chrono::seconds(5);
/// What gRPC gets to end the calls that are left.
constexpr int64_t kEndOfCallsNs = 2'000'000'000;

/// Null, with the reason in the log, where the state can't be kept. Throws LockError if another upyd keeps its own
/// there.
std::unique_ptr<BoardStore> open_store(const Config& config, asio::thread_pool& pool, spdlog::logger& log) try {
  if (!config.state.empty()) return std::make_unique<BoardStore>(config.state, pool, log);
  log.warn("instances have no files of their own: there is no directory for upyd's state, set XDG_STATE_HOME or HOME");
  return nullptr;
} catch (const LockError& error) {
  throw LockError(std::string("another upyd keeps its state in ") + config.state + " (" + error.what() +
                  "); give this one a directory of its own, by --state or `state` in its config");
} catch (const std::system_error& error) {
  log.warn("instances have no files of their own: {}", error.what());
  return nullptr;
}

/// The boards there are to be.
std::map<std::string, BoardRecord> read_boards(const Config& config, BoardStore* store, spdlog::logger& log) {
  const Declarations declared = read_declarations(config);
  for (const auto& [name, fault] : declared.faults) log.error("board '{}' is left alone: {}", name, fault);
  return store ? store->load(declared) : declared.boards;
}

/// How often each instance made upyd crash of late. What was longer ago says nothing of the board that there is now.
std::map<std::string, uint64_t> count_crashes(const std::string& state) {
  constexpr int64_t kLatelyS = 3600;
  std::map<std::string, uint64_t> crashes;
  for (const CrashNote& note : read_crashes(state)) {
    if (std::time(nullptr) - note.time_s < kLatelyS) ++crashes[note.instance];
  }
  return crashes;
}

FileParts file_parts(const std::vector<HostMount>& mounts, BoardStore* boards) {
  FileParts parts{.boards = boards};
  for (const HostMount& mount : mounts) {
    std::string error;
    auto root = HostTree::open_root(mount.directory, error);
    if (!root) throw ConfigError(error);
    parts.mounts.push_back({mount.name, std::move(root), mount.access});
  }
  return parts;
}

PortParts port_parts(const Config& config, Reactor& reactor, upy::PollSet& timers, EventBus& events,
                     RecentErrors& errors, LogStore& logs, RunRecords& runs, RunIds& run_ids, const Gpio& gpio,
                     BoardStore* boards, const std::string& blob_key, Budgets& budgets, const AccessQuotas& quotas) {
  return {.alarms = reactor,
          .timers = timers,
          .events = events,
          .errors = errors,
          .logs = logs,
          .runs = runs,
          .run_ids = run_ids,
          .gpio = gpio,
          .budgets = budgets,
          .quotas = quotas,
          .files = file_parts(config.mounts, boards),
          .blob_key = config.blobs == BlobOrigin::Own ? blob_key : "",
          .unique_id = upy::machine_id(),
          .gpio_limit = config.gpio.limit,
          .output_wait = std::chrono::milliseconds(config.output_wait_ms),
          .tty_directory = config.tty_dir};
}

std::unique_ptr<upy::Poller> make_poller() {
  auto poller = upy::Poller::make();
  if (!poller) throw std::system_error(errno, std::generic_category(), "cannot wait for GPIO edges and timers");
  return poller;
}

RegistryLimits registry_limits(const Config& config) {
  return {.defaults = config.instances, .maxima = config.maxima, .mount_access = most_access(config.mounts)};
}

/// Of the settings in the config's file, by full name.
bool can_change(const std::string& name) {
  constexpr std::string_view kSettings[] = {"log_level", "grace_ms", "max_instances", "metrics.listen"};
  return std::find(std::begin(kSettings), std::end(kSettings), name) != std::end(kSettings) ||
         name.starts_with("tls.") || name.starts_with("instances.") || name.starts_with("maxima.") ||
         name.starts_with("access.") || name.starts_with("daemon.");
}

using Settings = std::map<std::string, std::string>;

/// Has a setting be as it was before.
void take_back(const std::string& name, const Settings& before, Settings& now) {
  now.erase(name);
  if (const auto old = before.find(name); old != before.end()) now.insert(*old);
}

}  // namespace

Daemon::Daemon(const Config& config, ReadConfig read_config, std::shared_ptr<spdlog::logger> log)
    : log_(std::move(log)),
      read_config_(std::move(read_config)),
      config_(config),
      rules_(config.access),
      budgets_(config.budgets),
      grace_ns_(config.grace_ms * upy::kNsPerMs),
      open_calls_([this](std::function<void()> look) { reactor_.post(std::move(look)); }),
      owners_([this] { open_calls_.check_again(); }),
      events_(monotonic_now_ns, owners_),
      errors_(owners_),
      warnings_(*log_, errors_),
      journal_(config.journal.value_or(logs_to_journal()) ? std::make_unique<Journal>() : nullptr),
      logs_(config.log_dir, owners_, journal_.get(), *log_),
      runs_(owners_),
      gpio_events_(events_),
      edge_poller_(make_poller()),
      timer_poller_(make_poller()),
      gpio_(make_chips(config.gpio, edge_poller_->set(), reactor_, gpio_events_, *log_)),
      store_(open_store(config, file_pool_, *log_)),
      run_ids_(std::make_shared<RunIds>(store_ ? config.state : "", file_pool_, *log_)),
      blob_key_(installation_key(config.state, *log_)),
      parts_(port_parts(config, reactor_, timer_poller_->set(), events_, errors_, logs_, runs_, *run_ids_, gpio_,
                        store_.get(), blob_key_, budgets_, quotas_)),
      registry_(registry_limits(config), parts_, reactor_),
      boards_(registry_, store_.get(), reactor_, events_, logs_, *log_),
      calls_(kServices),
      audit_(journal_.get(), *log_),
      metrics_(registry_, boards_, gpio_, calls_, budgets_),
      signals_(reactor_, {SIGTERM, SIGINT, SIGHUP}, [this](int signal) { take_signal(signal); }),
      tls_(make_tls_gate(config)),
      servers_(
          rules_, [this](const Identity& identity) { return make_services(identity); },
          {static_cast<int>(config.max_request_bytes), config.budgets.request_memory}, calls_, audit_, reactor_),
      complaints_(*log_),
      connections_(
          budgets_.connections, quotas_,
          [this](int connection, const Identity& identity) { return servers_.serve(connection, identity); },
          complaints_, reactor_),
      manager_(reactor_, liveness_, *log_) {
  const std::string state = store_ ? config.state : "";
  tell_crashes(state);
  report_crashes(state);
  look_after_threads();
  boards_.load(read_boards(config, store_.get(), *log_));
  listen(config);
}

/// In the logs of the instances whose threads they were on, where these do not go on beyond them yet.
void Daemon::tell_crashes(const std::string& state) {
  for (const CrashNote& note : read_crashes(state)) {
    const auto log = logs_.find(note.instance);
    if (!log || log->last_time_ns() >= (note.time_s + 1) * upy::kNsPerSecond) continue;
    const std::string place = note.file.empty() ? "" : fmt::format(", at line {} of {}", note.line, note.file);
    log->say(fmt::format("upyd crashed: {} in run {}{}", note.signal, note.run_id, place));
  }
}

/// Those that instances and clients depend on. The reactor is the one that asks.
void Daemon::look_after_threads() {
  using Answer = Liveness::Answer;
  liveness_.add("the poller of GPIO chips", [this](Answer answer) { edge_poller_->call(std::move(answer)); });
  liveness_.add("the poller of timers", [this](Answer answer) { timer_poller_->call(std::move(answer)); });
  liveness_.add("the pool for files", [this](Answer answer) { asio::post(file_pool_, std::move(answer)); });
  liveness_.add("gRPC", [this](Answer answer) { servers_.ask(std::move(answer)); });
  if (tls_) liveness_.add("TLS", [this](Answer answer) { tls_->reactor().post(std::move(answer)); });
  if (journal_) liveness_.add("the journal", [this](Answer answer) { journal_->call(std::move(answer)); });
}

/// Where the service manager listens already, its sockets are taken; where nothing is configured, they are all there
/// is.
void Daemon::listen(const Config& config) {
  ActivatedSockets activated;
  const auto listener_at = [&](const Address& address) {
    auto sockets = activated.take(address);
    return sockets.empty() ? std::make_unique<Listener>(address)
                           : std::make_unique<Listener>(address, std::move(sockets));
  };
  if (config.metrics) serve_metrics_at(listener_at(*config.metrics));
  for (const Address& address : config.listen) serve_clients_at(listener_at(address));
  for (const auto& [descriptor, address] : activated.take_rest()) {
    serve_clients_at(std::make_unique<Listener>(address, std::vector{descriptor}));
  }
  if (listeners_.empty()) serve_clients_at(std::make_unique<Listener>(Address::default_for_daemon()));
}

Servers::Services Daemon::make_services(const Identity& identity) {
  quotas_.know(identity);
  const auto access = std::make_shared<const Access>(identity, rules_, owners_, open_calls_, budgets_);
  return {access,
          {make_instance_service(access, registry_, boards_, grace_ns_),
           make_script_service(access, registry_, runs_, reactor_, grace_ns_, compile_pool_, blob_key_),
           make_gpio_service(access, gpio_, parts_.gpio_limit, reactor_),
           make_event_service(access, events_, gpio_, reactor_), make_log_service(access, logs_, reactor_),
           make_file_service(access, registry_, boards_, file_pool_, grace_ns_),
           make_daemon_service(access, registry_, errors_, budgets_, start_time_),
           make_health_service(access, registry_, boards_, events_, reactor_)}};
}

/// Whom the servers do not take, the gate sees going.
std::unique_ptr<TlsGate> Daemon::make_tls_gate(const Config& config) {
  if (!config.tls) return nullptr;
  const auto serve = [this](int connection, const Identity& identity) {
    reactor_.post([this, connection, identity] { connections_.take(connection, identity); });
  };
  return std::make_unique<TlsGate>(*config.tls, serve, *log_);
}

/// On the gate's reactor.
void Daemon::take_by_tls(int connection) {
  const char* const why = tls_->take(connection);
  if (!why) return;
  close(connection);
  complaints_.say(why);
}

void Daemon::serve_clients_at(std::unique_ptr<Listener> listener) {
  const Address& address = listener->address();
  check_protection(address, config_);
  if (!address.is_unix() && !address.is_tls()) {
    log_->warn("{} has no protection: every user of this machine may do everything (insecure_tcp)", address.url());
  }
  const bool is_tls = address.is_tls();
  const auto take = [this, is_tls](int connection) {
    is_tls ? take_by_tls(connection) : connections_.take(connection);
  };
  for (const int descriptor : listener->descriptors()) {
    acceptors_.push_back(
        std::make_unique<Acceptor>(is_tls ? tls_->reactor() : reactor_, descriptor, take, complaints_));
  }
  log_->info("listening on {}", listener->address().url());
  listeners_.push_back(std::move(listener));
}

void Daemon::serve_metrics_at(std::unique_ptr<Listener> listener) {
  const auto metrics = [this](Exposition::Format format) { return metrics_.text(format); };
  log_->info("metrics at {}", listener->address().url());
  scrape_server_ = std::make_unique<ScrapeServer>(std::move(listener), metrics, *log_);
}

int Daemon::run() {
  boards_.begin(count_crashes(config_.state));
  manager_.ready();
  give_back_memory();  // what the start took
  int signal = next_signal();
  for (; signal == SIGHUP; signal = next_signal()) reload();
  log_->info("{}: stopping", strsignal(signal));
  return drain();
}

/// The reactor leaves them for the thread that runs the daemon, but for the second one that wants its end.
void Daemon::take_signal(int signal) {
  std::unique_lock lock(mutex_);
  if (signal == SIGHUP) {
    hang_up_ = true;
  } else if (end_signal_ == 0) {
    end_signal_ = signal;
  } else {
    lock.unlock();
    return registry_.stop_waiting();
  }
  signalled_.notify_one();
}

int Daemon::next_signal() {
  std::unique_lock lock(mutex_);
  signalled_.wait(lock, [this] { return hang_up_ || end_signal_ != 0; });
  if (end_signal_ != 0) return end_signal_;
  hang_up_ = false;
  return SIGHUP;
}

void Daemon::reload() {
  manager_.reloading();
  std::string status;
  try {
    status = change_to(read_config_());
    log_->info("{}", status);
  } catch (const std::exception& error) {
    status = std::string("the config was not reloaded, all is as it was: ") + error.what();
    log_->error("{}", status);
  }
  manager_.reloaded("Serving; " + status);
}

/// What can't change while the daemon runs stays as it was, so that the next reload tells of it again.
std::string Daemon::change_to(Config config) {
  std::vector<std::string> changed, fixed;
  for (const std::string& name : changed_settings(config_, config)) {
    (can_change(name) ? changed : fixed).push_back(name);
  }
  const Declarations declared = read_declarations(config);  // the first, as it may fail; the same of the next
  if (tls_ && config.tls) tls_->use(*config.tls);
  move_metrics(config.metrics);
  log_->set_level(spdlog::level::from_str(config.log_level));
  grace_ns_ = config.grace_ms * upy::kNsPerMs;
  rules_.set(config.access);
  open_calls_.check_again();
  reactor_.post([this] { servers_.rules_changed(); });
  budgets_.set(config.budgets);
  config.mounts = config_.mounts;
  registry_.set_limits(registry_limits(config));
  const Boards::Redeclared boards = declare(declared);
  for (const std::string& name : fixed) take_back(name, config_.settings, config.settings);
  config_ = std::move(config);
  std::string told;
  const auto tell = [&told](const char* what, const std::vector<std::string>& names) {
    if (!names.empty()) told += fmt::format("{}{} {}", told.empty() ? "" : "; ", what, fmt::join(names, ", "));
  };
  tell("now hold", changed);
  tell("new boards:", boards.made);
  tell("changed boards:", boards.changed);
  tell("boards that are not declared any more:", boards.ended);
  if (told.empty()) told = "nothing has changed";
  tell("take a restart:", fixed);
  tell("boards that stay as they were, since what their files say can't be (see the errors above):", boards.refused);
  return "reloaded, " + told;
}

Boards::Redeclared Daemon::declare(const Declarations& declared) {
  std::promise<Boards::Redeclared> result;
  boards_.declare(declared, grace_ns_, [&](const Boards::Redeclared& boards) { result.set_value(boards); });
  return result.get_future().get();
}

/// Where it can't be listened all stays as it was.
void Daemon::move_metrics(const std::optional<Address>& to) {
  if (to == config_.metrics) return;
  auto listener = to ? std::make_unique<Listener>(*to) : nullptr;
  scrape_server_.reset();
  if (listener) serve_metrics_at(std::move(listener));
}

int Daemon::drain() {
  manager_.stopping();
  registry_.refuse_work();
  events_.publish("", [](v1::Event& event) { event.mutable_shutting_down(); });
  registry_.stop_all(upy::StopLevel::Interrupt);
  if (!registry_.wait_until_idle(std::chrono::nanoseconds(grace_ns_)))
    log_->warn("killing the scripts that did not stop in time");
  registry_.end_all();
  acceptors_.clear();
  if (tls_) tls_->take_no_more();
  listeners_.clear();
  if (registry_.wait_until_empty(kEndTime)) {
    end_anyway_at(reactor_.now_ns() + kEndOfCallsNs);
    return 0;
  }
  for (const auto& host : registry_.list()) log_->error("instance '{}' does not stop", host->name());
  return 1;
}

/// gRPC wants threads of its own to end calls that are left. Where the system has none it would wait for ever.
void Daemon::end_anyway_at(int64_t when_ns) {
  reactor_.at(when_ns, [](int64_t) -> int64_t { _exit(0); });
}

}  // namespace upyd
