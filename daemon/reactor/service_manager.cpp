#include "reactor/service_manager.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <systemd/sd-daemon.h>

#include <cinttypes>

#include "port/time_units.h"

namespace upyd {
namespace {

constexpr int kKeepEnvironment = 0;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ServiceManager::~ServiceManager() {
  reactor_.call([this] { reactor_.cancel(watchdog_); });
}

void ServiceManager::ready() {
  sd_notify(kKeepEnvironment, "READY=1\nSTATUS=Serving");
  uint64_t watchdog_us = 0;
  if (sd_watchdog_enabled(kKeepEnvironment, &watchdog_us) <= 0) return;
  const int64_t period_ns = static_cast<int64_t>(watchdog_us / 2) * upy::kNsPerUs;
  watchdog_ = reactor_.at(reactor_.now_ns() + period_ns, [this, period_ns](int64_t now_ns) {
    feed_watchdog();
    return now_ns + period_ns;
  });
}

void ServiceManager::feed_watchdog() {
  const auto stuck = liveness_.check();
  if (stuck.empty()) {
    sd_notify(kKeepEnvironment, "WATCHDOG=1");
  } else {
    log_.error("does not answer: {}; the service manager's watchdog is not fed", fmt::join(stuck, ", "));
  }
}

void ServiceManager::reloading() {
  sd_notifyf(kKeepEnvironment, "RELOADING=1\nMONOTONIC_USEC=%" PRId64 "\nSTATUS=Reloading",
             reactor_.now_ns() / upy::kNsPerUs);
}

void ServiceManager::reloaded(const std::string& status) {
  sd_notify(kKeepEnvironment, ("READY=1\nSTATUS=" + first_line(status)).c_str());
}

void ServiceManager::stopping() { sd_notify(kKeepEnvironment, "STOPPING=1\nSTATUS=Stopping scripts"); }

void ServiceManager::failed(const std::string& why) {
  sd_notify(kKeepEnvironment, ("STATUS=" + first_line(why)).c_str());
}

}  // namespace upyd
