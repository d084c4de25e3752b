#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "events/event_bus.h"
#include "events/recent_errors.h"
#include "instances/run.h"
#include "logs/instance_log.h"
#include "reactor/alarms.h"
#include "upyd/v1/events.pb.h"

namespace upyd {

/// What went wrong in a run, as people are told; empty: nothing did, or the daemon's end was the reason.
std::string_view error_of(const upy::Outcome& outcome);

/// What is told of one instance on the daemon's event bus and in its log, and kept of its errors. All functions may be
/// called from any thread; the order of calls is the order of events.
///
/// Losses of events come in floods, and from threads that are in a stop_waiting. So the first sets an alarm, and when
/// that rings one event tells of all.
class InstanceEvents final : public std::enable_shared_from_this<InstanceEvents> {
 public:
  /// Time from the first loss to the event that tells of it.
  static constexpr int64_t kGatherNs = 10'000'000;

  /// What it is given by reference must outlive it. `log` may be null.
  InstanceEvents(std::string instance, Alarms& alarms, EventBus& bus, RecentErrors& errors,
                 std::shared_ptr<InstanceLog> log)
      : instance_(std::move(instance)), alarms_(alarms), bus_(bus), errors_(errors), log_(std::move(log)) {}

  void created(bool owned_by_run);
  void reset(upy::ResetCause cause);
  /// It has no interpreter, and why; it gets one in so long.
  void waits(const std::string& why, int64_t wait_ns);
  /// It has one again.
  void is_up();
  void run_started(const Run& run);
  void run_ended(const Run& run, const RunReport& report);
  void callback_raised(std::string_view type, std::string_view report);
  void callback_killed(upy::Limit by);
  /// Whether it was told that there is the instance, and not yet that it was deleted: who watches the bus and then asks
  /// here misses nothing.
  bool is_told() const { return told_; }
  /// One more event was lost. Needs the locks of the alarms only.
  void event_lost();
  /// Tells of losses that are not told yet, then of the end.
  void deleted(v1::InstanceDeleted::Reason reason);
  void tell_losses();
  void say(const std::string& words);
  void log_end(const Run& run, const upy::Outcome& outcome);

 private:
  const std::string instance_;
  Alarms& alarms_;
  EventBus& bus_;
  RecentErrors& errors_;
  const std::shared_ptr<InstanceLog> log_;
  std::atomic<uint64_t> lost_ = 0;
  std::atomic<bool> told_ = false;
  std::atomic<bool> losses_wait_ = false;  // to be told of
};

}  // namespace upyd
