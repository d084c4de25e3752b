#include "instances/instance_events.h"

#include "instances/convert.h"
#include "system/utf8.h"

namespace upyd {

void InstanceEvents::created(bool owned_by_run) {
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_created()->set_owned_by_run(owned_by_run); });
}

void InstanceEvents::reset() {
  bus_.publish(instance_, [](v1::Event& event) { event.mutable_instance_reset(); });
}

void InstanceEvents::run_started(const Run& run) {
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_run_started()->set_run_id(run.id);
    event.mutable_run_started()->set_file(run.script.file);
  });
}

void InstanceEvents::run_ended(const Run& run, const RunReport& report) {
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_run_ended()->set_run_id(run.id);
    *event.mutable_run_ended()->mutable_outcome() = to_proto(report);
  });
}

void InstanceEvents::callback_raised(std::string_view type, std::string_view report) {
  bus_.publish(instance_, [&](v1::Event& event) {
    event.mutable_callback_raised()->set_type(told_text(type));
    event.mutable_callback_raised()->set_report(told_text(report));
  });
}

void InstanceEvents::callback_killed(upy::Limit by) {
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
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_instance_deleted()->set_reason(reason); });
}

void InstanceEvents::tell_losses() {
  if (!losses_wait_.exchange(false)) return;
  bus_.publish(instance_, [&](v1::Event& event) { event.mutable_events_lost()->set_total(lost_); });
}

}  // namespace upyd
