#pragma once

#include <spdlog/logger.h>

#include <asio/thread_pool.hpp>
#include <future>
#include <memory>

#include "config/config.h"
#include "events/event_bus.h"
#include "events/gpio_events.h"
#include "files/board_store.h"
#include "instances/instance_registry.h"
#include "posix/poller.h"
#include "reactor/reactor.h"
#include "reactor/service_manager.h"
#include "reactor/signals.h"
#include "rpc/acceptor.h"
#include "rpc/listener.h"
#include "rpc/server.h"

namespace upyd {

/// The daemon: its parts, in the order in which they need each other, and its course from start to end.
class Daemon {
 public:
  /// Listens when it returns. Throws ConfigError or ListenError.
  Daemon(const Config& config, std::shared_ptr<spdlog::logger> log);

  /// Serves until SIGTERM or SIGINT, then drains: refuses new work, gives scripts KeyboardInterrupt, and after the
  /// grace time, or at a second signal, kills them. SIGHUP is logged and changes nothing. Returns the exit status: 0,
  /// or 1 when instances had to be left running.
  int run();

 private:
  void listen_on(const Address& address);
  void take_signal(int signal);
  int drain();
  void end_anyway_at(int64_t when_ns);

  static constexpr size_t kFileThreads = 4;  ///< that read and write files for clients, and remove those of boards

  const std::shared_ptr<spdlog::logger> log_;
  const std::chrono::milliseconds grace_;
  Reactor reactor_;
  EventBus events_;
  GpioEvents gpio_events_;
  const std::unique_ptr<upy::Poller> edge_poller_;
  const std::unique_ptr<upy::Poller> timer_poller_;  // its own, so that a storm of edges does not keep timers waiting
  const Gpio gpio_;
  asio::thread_pool file_pool_{kFileThreads};
  const std::unique_ptr<BoardStore> boards_;  // null: instances have no files of their own
  const std::string blob_key_;
  const PortParts parts_;
  InstanceRegistry registry_;
  std::promise<int> signal_;  // the first one
  bool signalled_ = false;    // reactor's thread only
  Signals signals_;
  ServiceManager manager_;
  Server server_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
};

}  // namespace upyd
