#include "reactor/service_manager.h"

#include <systemd/sd-daemon.h>

#include <cinttypes>

#include "port/time_units.h"

namespace upyd {
namespace {

constexpr int kKeepEnvironment = 0;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ServiceManager::~ServiceManager() {
  if (watchdog_) alarms_.cancel(watchdog_);
}

void ServiceManager::ready() {
  sd_notify(kKeepEnvironment, "READY=1\nSTATUS=Serving");
  uint64_t watchdog_us = 0;
  if (sd_watchdog_enabled(kKeepEnvironment, &watchdog_us) <= 0) return;
  const int64_t period_ns = static_cast<int64_t>(watchdog_us / 2) * upy::kNsPerUs;
  watchdog_ = alarms_.at(alarms_.now_ns() + period_ns, [period_ns](int64_t now_ns) {
    sd_notify(kKeepEnvironment, "WATCHDOG=1");
    return now_ns + period_ns;
  });
}

void ServiceManager::reloading() {
  sd_notifyf(kKeepEnvironment, "RELOADING=1\nMONOTONIC_USEC=%" PRId64 "\nSTATUS=Reloading",
             alarms_.now_ns() / upy::kNsPerUs);
}

void ServiceManager::reloaded(const std::string& status) {
  sd_notify(kKeepEnvironment, ("READY=1\nSTATUS=" + first_line(status)).c_str());
}

void ServiceManager::stopping() { sd_notify(kKeepEnvironment, "STOPPING=1\nSTATUS=Stopping scripts"); }

void ServiceManager::failed(const std::string& why) {
  sd_notify(kKeepEnvironment, ("STATUS=" + first_line(why)).c_str());
}

}  // namespace upyd
