#include "instances/instance_events.h"

#include <fmt/format.h>

#include "instances/convert.h"
#include "port/time_units.h"
#include "system/crash_report.h"
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
      return "killed: it did not feed its watchdog in time";
    case upy::Limit::Shutdown:
      return "killed: upyd shuts down";
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

namespace {

const char* reset_text(upy::ResetCause cause) {
  switch (cause) {
    case upy::ResetCause::Watchdog:
      return "reset: its watchdog was not fed in time";
    case upy::ResetCause::DeepSleep:
      return "woke from deep sleep";
    case upy::ResetCause::Soft:
      return "soft reset";
    default:
      return "reset";
  }
}

/// Null: it goes without saying.
const char* end_text(v1::InstanceDeleted::Reason reason) {
  switch (reason) {
    case v1::InstanceDeleted::REASON_REQUEST:
      return "deleted on request";
    case v1::InstanceDeleted::REASON_SHUTDOWN:
      return "ended: upyd shuts down";
    case v1::InstanceDeleted::REASON_NO_RESOURCES:
      return "ended: the system had no thread or memory left";
    default:
      return nullptr;
  }
}

/// Whether it was typed at the prompt: a script of the instance's own without a file.
bool is_typed(const Run& run) { return run.is_own && !run.script.has_path; }

/// How a run ended; empty: as it was to.
std::string outcome_text(const upy::Outcome& outcome) {
  using Kind = upy::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::Finished:
      return outcome.exit_status == 0 ? "" : "ended itself with status " + std::to_string(outcome.exit_status);
    case Kind::Exception:
      return "ended by " + outcome.type;
    case Kind::Interrupted:
      return "interrupted";
    case Kind::Stopped:
      return "stopped on request";
    case Kind::Killed:
      return killed_text(outcome.limit);
    case Kind::Refused:
      return "did not start";
  }
  return "";
}

}  // namespace

void InstanceEvents::say(const std::string& words) {
  if (log_) log_->say(words);
}

/// Why a script was refused the console is told of the instance's own runs alone.
void InstanceEvents::log_end(const Run& run, const upy::Outcome& outcome) {
  if (!log_) return;
  if (outcome.compile_error && !run.is_own) log_->write(upy::Console::Stream::Err, outcome.compile_error->traceback);
  log_->end_line();
  const std::string text = outcome_text(outcome);
  const bool is_told = !is_typed(run) || outcome.kind == upy::Outcome::Kind::Killed;
  if (is_told) log_->say("run " + std::to_string(run.id) + " " + (text.empty() ? "finished" : text));
  log_->set_run(0);
}

void InstanceEvents::created(bool owned_by_run) {
  told_ = true;
  if (!owned_by_run) say("started");
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_created()->set_owned_by_run(owned_by_run); });
}

void InstanceEvents::reset(upy::ResetCause cause) {
  say(reset_text(cause));
  bus_.publish(instance_, [cause](v1::Event& event) { event.mutable_instance_reset()->set_cause(to_proto(cause)); });
}

void InstanceEvents::waits(const std::string& why, int64_t wait_ns) {
  const int64_t wait_ms = wait_ns / upy::kNsPerMs;
  say(fmt::format("waits {:g} s before its next start: {}", static_cast<double>(wait_ms) / 1000, why));
  bus_.publish(instance_, [&](v1::Event& event) {
    auto& changed = *event.mutable_instance_state_changed();
    changed.set_state(v1::INSTANCE_STATE_WAITING);
    changed.set_failure(why);
    changed.set_delay_ms(static_cast<uint64_t>(wait_ms));
  });
}

void InstanceEvents::is_up() {
  bus_.publish(instance_,
               [](v1::Event& event) { event.mutable_instance_state_changed()->set_state(v1::INSTANCE_STATE_UP); });
}

void InstanceEvents::run_started(const Run& run) {
  this_thread_runs(run.id);
  if (log_) log_->set_run(run.id);
  if (!is_typed(run)) say("run " + std::to_string(run.id) + " of " + run.script.file);
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_run_started()->set_run_id(run.id);
    event.mutable_run_started()->set_file(run.script.file);
  });
}

void InstanceEvents::run_ended(const Run& run, const RunReport& report) {
  this_thread_runs(0);
  if (const auto error = error_of(report.outcome); !error.empty()) errors_.add(instance_, run.id, error);
  log_end(run, report.outcome);
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
  say(std::string("a callback was ") + killed_text(by));
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
  if (const char* text = end_text(reason)) say(text);
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_deleted()->set_reason(reason); });
}

void InstanceEvents::tell_losses() {
  if (!losses_wait_.exchange(false)) return;
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_events_lost()->set_total(lost_); });
}

}  // namespace upyd
