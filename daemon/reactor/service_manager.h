#pragma once

#include <spdlog/fwd.h>

#include <string>

#include "reactor/liveness.h"
#include "reactor/reactor.h"

namespace upyd {

/// Tells systemd (or whatever set NOTIFY_SOCKET) how the daemon is; without one, nothing happens.
class ServiceManager {
 public:
  /// All must outlive it.
  ServiceManager(Reactor& reactor, Liveness& liveness, spdlog::logger& log)
      : reactor_(reactor), liveness_(liveness), log_(log) {}
  /// Not on the reactor.
  ~ServiceManager();
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  /// It serves now. From here on the watchdog, if there is one, is fed by the reactor, as long as all live that
  /// Liveness asks: it bites when one of these threads hangs, and the log says which.
  void ready();
  /// It reads its config anew; then `reloaded`, with what there is to say of it.
  void reloading();
  void reloaded(const std::string& status);
  /// It is shutting down.
  void stopping();
  /// It ends for that reason, maybe before it served.
  static void failed(const std::string& why);

 private:
  void feed_watchdog();

  Reactor& reactor_;
  Liveness& liveness_;
  spdlog::logger& log_;
  Alarms::Id watchdog_ = 0;  // 0: none
};

}  // namespace upyd
