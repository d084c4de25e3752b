#include "daemon.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include "config/blob_key.h"
#include "files/host_tree.h"
#include "port/time_units.h"
#include "posix/machine_id.h"
#include "reactor/clock.h"
#include "rpc/services.h"

namespace upyd {
namespace {

/// What instances get to end after they were killed: only one that is stuck in native code needs longer.
constexpr auto kEndTime = std::chrono::seconds(5);
/// What gRPC gets to end the calls that are left.
constexpr int64_t kEndOfCallsNs = 2'000'000'000;

/// Null, with the reason in the log, where the state can't be kept. Throws LockError if another upyd keeps its own
/// there.
std::unique_ptr<BoardStore> open_boards(const std::string& state, asio::thread_pool& pool, spdlog::logger& log) try {
  if (!state.empty()) return std::make_unique<BoardStore>(state, pool, log);
  log.warn("instances have no files of their own: there is no directory for upyd's state, set XDG_STATE_HOME or HOME");
  return nullptr;
} catch (const LockError& error) {
  throw LockError(std::string("another upyd keeps its state in ") + state + " (" + error.what() +
                  "); give this one a directory of its own, by --state or `state` in its config");
} catch (const std::system_error& error) {
  log.warn("instances have no files of their own: {}", error.what());
  return nullptr;
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

PortParts port_parts(const Config& config, Reactor& reactor, upy::PollSet& timers, EventBus& events, const Gpio& gpio,
                     BoardStore* boards, const std::string& blob_key) {
  return {.alarms = reactor,
          .timers = timers,
          .events = events,
          .gpio = gpio,
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
  return {.max_instances = config.max_instances,
          .defaults = config.instances,
          .maxima = config.maxima,
          .mount_access = most_access(config.mounts)};
}

}  // namespace

Daemon::Daemon(const Config& config, std::shared_ptr<spdlog::logger> log)
    : log_(std::move(log)),
      grace_(config.grace_ms),
      events_(monotonic_now_ns),
      gpio_events_(events_),
      edge_poller_(make_poller()),
      timer_poller_(make_poller()),
      gpio_(make_chips(config.gpio, edge_poller_->set(), reactor_, gpio_events_, *log_)),
      boards_(open_boards(config.state, file_pool_, *log_)),
      blob_key_(installation_key(config.state, *log_)),
      parts_(port_parts(config, reactor_, timer_poller_->set(), events_, gpio_, boards_.get(), blob_key_)),
      registry_(registry_limits(config), parts_, reactor_),
      signals_(reactor_, {SIGTERM, SIGINT, SIGHUP}, [this](int signal) { take_signal(signal); }),
      manager_(reactor_),
      server_({make_instance_service(registry_),
               make_script_service(registry_, reactor_, config.grace_ms * upy::kNsPerMs, blob_key_,
                                   config.instances.compile_bytes()),
               make_gpio_service(gpio_, config.gpio.limit, reactor_), make_event_service(events_, gpio_, reactor_),
               make_file_service(registry_, file_pool_), make_daemon_service(registry_)},
              static_cast<int>(config.max_request_bytes)) {
  for (const Address& address : config.listen) listen_on(address);
}

void Daemon::listen_on(const Address& address) {
  const auto serve = [this](int connection) { server_.serve(connection); };
  const auto& listener = listeners_.emplace_back(std::make_unique<Listener>(address));
  for (const int descriptor : listener->descriptors()) {
    acceptors_.push_back(std::make_unique<Acceptor>(reactor_, descriptor, serve, *log_));
  }
  log_->info("listening on {}", address.url());
}

int Daemon::run() {
  manager_.ready();
  const int signal = signal_.get_future().get();
  log_->info("{}: stopping", strsignal(signal));
  return drain();
}

void Daemon::take_signal(int signal) {
  if (signal == SIGHUP) {
    log_->info("SIGHUP: nothing to do; a changed config takes a restart");
  } else if (std::exchange(signalled_, true)) {
    registry_.hurry();
  } else {
    signal_.set_value(signal);
  }
}

int Daemon::drain() {
  manager_.stopping();
  server_.set_not_serving();
  registry_.refuse_work();
  registry_.stop_all(upy::StopLevel::Interrupt);
  if (!registry_.wait_until_idle(grace_)) log_->warn("killing the scripts that did not stop in time");
  registry_.end_all();
  acceptors_.clear();
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
