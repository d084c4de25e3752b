#pragma once

#include <string>

#include "reactor/alarms.h"

namespace upyd {

/// Tells systemd (or whatever set NOTIFY_SOCKET) how the daemon is; without one, nothing happens.
class ServiceManager {
 public:
  explicit ServiceManager(Alarms& alarms) : alarms_(alarms) {}
  ~ServiceManager();
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  /// It serves now. From here on the watchdog, if there is one, is fed by the alarms' thread: it bites when that hangs.
  void ready();
  /// It reads its config anew; then `reloaded`, with what there is to say of it.
  void reloading();
  void reloaded(const std::string& status);
  /// It is shutting down.
  void stopping();
  /// It ends for that reason, maybe before it served.
  static void failed(const std::string& why);

 private:
  Alarms& alarms_;
  Alarms::Id watchdog_ = 0;  // 0: none
};

}  // namespace upyd
