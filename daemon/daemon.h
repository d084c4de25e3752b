#pragma once

#include <spdlog/fwd.h>

#include <asio/thread_pool.hpp>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/access_quotas.h"
#include "boards/board_store.h"
#include "budget/budgets.h"
#include "config/config.h"
#include "events/event_bus.h"
#include "events/gpio_events.h"
#include "events/recent_errors.h"
#include "events/warning_watch.h"
#include "instances/instance_registry.h"
#include "instances/run_ids.h"
#include "instances/run_records.h"
#include "logs/journal.h"
#include "logs/log_store.h"
#include "metrics/daemon_metrics.h"
#include "metrics/scrape_server.h"
#include "posix/poller.h"
#include "reactor/reactor.h"
#include "reactor/service_manager.h"
#include "reactor/signals.h"
#include "rpc/acceptor.h"
#include "rpc/call_statistics.h"
#include "rpc/connections.h"
#include "rpc/file_work.h"
#include "rpc/listener.h"
#include "rpc/servers.h"
#include "supervisor/boards.h"
#include "tls/tls_gate.h"

namespace upyd {

/// The daemon: its parts, in the order in which they need each other, and its course from start to end.
class Daemon {
 public:
  /// Gives the config as it is now; may throw what says why there is none.
  using ReadConfig = std::function<Config()>;

  /// Listens when it returns. Throws ConfigError or ListenError.
  Daemon(const Config& config, ReadConfig read_config, std::shared_ptr<spdlog::logger> log);

  /// Serves until SIGTERM or SIGINT, then drains: refuses new work, gives scripts KeyboardInterrupt, and after the
  /// grace time, or at a second signal, kills them. At SIGHUP it reads its config anew, and changes what can change
  /// while it runs. Returns the exit status: 0, or 1 when instances had to be left running.
  int run();

 private:
  void look_after_threads();
  void tell_crashes(const std::string& state);
  void listen(const Config& config);
  Servers::Services make_services(const Identity& identity);
  std::unique_ptr<TlsGate> make_tls_gate(const Config& config);
  void take_by_tls(int connection);
  void serve_clients_at(std::unique_ptr<Listener> listener);
  void serve_metrics_at(std::unique_ptr<Listener> listener);
  void take_signal(int signal);
  int next_signal();
  void reload();
  /// Returns what there is to say of it.
  std::string change_to(Config config);
  Boards::Redeclared declare(const Declarations& declared);
  void move_metrics(const std::optional<Address>& to);
  int drain();
  void end_anyway_at(int64_t when_ns);

  const std::shared_ptr<spdlog::logger> log_;
  const ReadConfig read_config_;
  const Moment start_time_ = Moment::now();
  Config config_;  // this and `scrape_server_`: of the thread that runs the daemon
  CurrentRules rules_;
  Budgets budgets_;
  AccessQuotas quotas_{rules_};
  std::atomic<int64_t> grace_ns_;
  Reactor reactor_;
  OpenCalls open_calls_;
  Owners owners_;
  EventBus events_;
  RecentErrors errors_;
  const WarningWatch warnings_;
  const std::unique_ptr<Journal> journal_;  // null: logs do not go there
  LogStore logs_;
  RunRecords runs_;
  GpioEvents gpio_events_;
  const std::unique_ptr<upy::Poller> edge_poller_;
  const std::unique_ptr<upy::Poller> timer_poller_;  // its own, so that a storm of edges does not keep timers waiting
  const Gpio gpio_;
  asio::thread_pool file_pool_{FileWork::kPoolThreads};  // that of clients, and of boards that are removed
  asio::thread_pool compile_pool_{1};
  const std::unique_ptr<BoardStore> store_;  // null: instances have no files of their own
  const std::shared_ptr<RunIds> run_ids_;
  const std::string blob_key_;
  const PortParts parts_;
  InstanceRegistry registry_;
  Boards boards_;
  CallStatistics calls_;
  Audit audit_;
  const DaemonMetrics metrics_;
  std::mutex mutex_;  // guards the signals that are yet to be taken
  std::condition_variable signalled_;
  int end_signal_ = 0;  // 0: none has come
  bool hang_up_ = false;
  Signals signals_;
  const std::unique_ptr<TlsGate> tls_;  // null: clients can't come by TLS
  Servers servers_;
  Complaints complaints_;
  Connections connections_;
  Liveness liveness_;
  ServiceManager manager_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
  std::unique_ptr<ScrapeServer> scrape_server_;  // null: none is configured
};

}  // namespace upyd
