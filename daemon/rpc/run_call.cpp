#include "rpc/run_call.h"

#include "rpc/answer.h"
#include "rpc/requests.h"
#include "rpc/take_output.h"

namespace upyd {

namespace {

/// The first message waits as long.
constexpr int64_t kGatherNs = 1'000'000;

}  // namespace

RunCall* RunCall::start(InstanceRegistry& registry, Alarms& alarms, int64_t grace_ns, const v1::RunRequest& request) {
  std::shared_ptr<RunCall> call(new RunCall(alarms, grace_ns));
  call->self_ = call;
  if (const auto status = guarded([&] { return call->begin(registry, request); }); !status.ok()) {
    call->finished_ = true;
    call->Finish(status);
  }
  return call.get();
}

void RunCall::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) client_gone_ = true;
  }
  pump();
}

void RunCall::OnCancel() {
  InstanceRegistry::Host host;
  {
    std::lock_guard lock(mutex_);
    client_gone_ = true;
    host = host_;
  }
  if (host) host->abandon(run_id_, grace_ns_);
  pump();
}

void RunCall::OnDone() { self_.reset(); }

grpc::Status RunCall::begin(InstanceRegistry& registry, const v1::RunRequest& request) {
  if (auto status = check(request); !status.ok()) return status;
  const auto run = make_run(request);
  std::lock_guard lock(mutex_);
  const auto status = request.has_own() ? registry.run_alone(request.own().name(), request.own().config(), run, host_)
                                        : registry.run_in(request.instance(), run, host_);
  if (!status.ok()) return status;
  instance_ = host_->name();
  run_id_ = run->id;
  output_ = run->output;
  gathering_ = alarms_.at(alarms_.now_ns() + kGatherNs, [weak = weak_from_this()](int64_t) {
    if (const auto self = weak.lock()) self->stop_gathering();
    return Alarms::kNever;
  });
  return status;
}

std::shared_ptr<Run> RunCall::make_run(const v1::RunRequest& request) {
  auto run = std::make_shared<Run>();
  run->script.kind = request.has_blob() ? upy::Script::Kind::Blob : upy::Script::Kind::Source;
  run->script.text = request.has_blob() ? request.blob() : request.source();
  run->script.file = script_name(request.file());
  run->script.has_path = !request.file().empty();
  run->script.argv.assign(request.argv().begin(), request.argv().end());
  for (const v1::Module& module : request.modules()) run->script.modules.push_back({module.path(), module.source()});
  if (request.has_opt_level()) run->script.opt_level = static_cast<int>(request.opt_level());
  if (request.has_wall_ms()) run->overrides.set_wall_ms(request.wall_ms());
  if (request.has_cpu_ms()) run->overrides.set_cpu_ms(request.cpu_ms());
  run->on_readable = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->pump();
  };
  run->on_end = [self = shared_from_this()](const RunReport& report) { self->end(report); };
  return run;
}

void RunCall::end(const RunReport& report) {
  {
    std::lock_guard lock(mutex_);
    report_.emplace();
    report_->status = guarded([&] {
      *report_ = report;
      return report.status;
    });
    host_.reset();
    alarms_.cancel(std::exchange(gathering_, 0));
  }
  pump();
}

void RunCall::pump() {
  Step step = Step::Nothing;
  grpc::Status status;
  InstanceRegistry::Host host;
  {
    std::lock_guard lock(mutex_);
    if (!writing_ && !finished_) step = next_step_if_there_is_memory();
    writing_ = writing_ || step == Step::Write;
    finished_ = finished_ || step == Step::WriteLast || step == Step::Finish || step == Step::GiveUp;
    if (step == Step::Finish) status = client_gone_ ? grpc::Status::CANCELLED : report_->status;
    if (step == Step::GiveUp) host = host_;
  }
  switch (step) {
    case Step::Nothing:
      break;
    case Step::Write:
      StartWrite(&message_);
      break;
    case Step::WriteLast:
      StartWriteAndFinish(&message_, grpc::WriteOptions(), status);
      break;
    case Step::Finish:
      Finish(status);
      break;
    case Step::GiveUp:
      if (host) host->abandon(run_id_, grace_ns_);
      Finish(no_memory());
      break;
  }
}

void RunCall::stop_gathering() {
  {
    std::lock_guard lock(mutex_);
    gathering_ = 0;
  }
  pump();
}

RunCall::Step RunCall::next_step_if_there_is_memory() try { return next_step(); } catch (const std::bad_alloc&) {
  return Step::GiveUp;
}

RunCall::Step RunCall::next_step() {
  if (client_gone_ || (report_ && !report_->status.ok())) return Step::Finish;
  if (gathering_) return Step::Nothing;
  message_.Clear();
  if (!std::exchange(started_told_, true)) {
    v1::Started& started = *message_.add_events()->mutable_started();
    started.set_instance(instance_);
    started.set_run_id(run_id_);
  }
  if (take_output(*output_, message_) && report_) {
    *message_.add_events()->mutable_outcome() = to_proto(*report_);
    return Step::WriteLast;
  }
  return message_.events().empty() ? Step::Nothing : Step::Write;
}

}  // namespace upyd
