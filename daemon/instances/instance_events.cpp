#include "instances/instance_events.h"

#include "instances/convert.h"
#include "system/utf8.h"

namespace upyd {
namespace {

const char* killed_text(upy::Limit by) {
  switch (by) {
    case upy::Limit::Wall:
      return "killed: it ran longer than its limit";
    case upy::Limit::Cpu:
      return "killed: it used more CPU time than its limit";
    case upy::Limit::Watchdog:
      return "killed: the watchdog was not fed in time";
    default:
      return "killed on request";
  }
}

}  // namespace

std::string_view error_of(const upy::Outcome& outcome) {
  using Kind = upy::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::Exception:
      return outcome.traceback;
    case Kind::Refused:
      return outcome.compile_error ? std::string_view(outcome.compile_error->traceback) : "";
    case Kind::Killed:
      return outcome.limit == upy::Limit::Shutdown ? "" : killed_text(outcome.limit);
    default:
      return "";
  }
}

void InstanceEvents::created(bool owned_by_run) {
  told_ = true;
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_created()->set_owned_by_run(owned_by_run); });
}

void InstanceEvents::reset(upy::ResetCause cause) {
  bus_.publish(instance_, [cause](v1::Event& event) { event.mutable_instance_reset()->set_cause(to_proto(cause)); });
}

void InstanceEvents::run_started(const Run& run) {
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_run_started()->set_run_id(run.id);
    event.mutable_run_started()->set_file(run.script.file);
  });
}

void InstanceEvents::run_ended(const Run& run, const RunReport& report) {
  if (const auto error = error_of(report.outcome); !error.empty()) errors_.add(instance_, run.id, error);
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_run_ended()->set_run_id(run.id);
    *event.mutable_run_ended()->mutable_outcome() = to_proto(report);
  });
}

void InstanceEvents::callback_raised(std::string_view type, std::string_view report) {
  errors_.add(instance_, 0, report);
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_callback_raised()->set_type(told_text(type));
    event.mutable_callback_raised()->set_report(told_text(report));
  });
}

void InstanceEvents::callback_killed(upy::Limit by) {
  errors_.add(instance_, 0, killed_text(by));
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_callback_killed()->set_limit(to_proto(by)); });
}

void InstanceEvents::event_lost() {
  lost_.fetch_add(1, std::memory_order_relaxed);
  if (!bus_.is_watched() || losses_wait_.exchange(true)) return;
  alarms_.at(alarms_.now_ns() + kGatherNs, [weak = weak_from_this()](int64_t) {
    if (const auto self = weak.lock()) self->tell_losses();
    return Alarms::kNever;
  });
}

void InstanceEvents::deleted(v1::InstanceDeleted::Reason reason) {
  tell_losses();
  told_ = false;
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_deleted()->set_reason(reason); });
}

void InstanceEvents::tell_losses() {
  if (!losses_wait_.exchange(false)) return;
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_events_lost()->set_total(lost_); });
}

}  // namespace upyd
