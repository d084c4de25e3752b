#include "rpc/run_call.h"

#include "rpc/answer.h"
#include "rpc/requests.h"
#include "rpc/take_output.h"

namespace upyd {

namespace {

/// The first message waits as long.
constexpr int64_t kGatherNs = 1'000'000;

}  // namespace

void RunCall::begin(const v1::RunRequest& request, std::shared_ptr<InputBuffer> input) {
  const auto status = guarded([&] { return start(request, std::move(input)); });
  if (!status.ok()) return refuse(status);
  if (request.detached()) pump();
}

void RunCall::refuse(const grpc::Status& status) {
  InstanceRegistry::Host host;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(finished_, true)) return;
    host = host_;
  }
  if (host) host->abandon(run_id_, parts_.grace_ns);
  finish(status);
}

void RunCall::written(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) client_gone_ = true;
  }
  pump();
}

void RunCall::cancelled() {
  InstanceRegistry::Host host;
  {
    std::lock_guard lock(mutex_);
    client_gone_ = true;
    host = host_;
  }
  if (host) host->abandon(run_id_, parts_.grace_ns);
  pump();
}

grpc::Status RunCall::start(const v1::RunRequest& request, std::shared_ptr<InputBuffer> input) {
  if (auto status = check(request); !status.ok()) return status;
  if (auto status = may_last(request, weak_from_this()); !status.ok()) return status;
  const auto run = make_run(request);
  run->input = std::move(input);
  run->charge = parts_.access->request_charge();
  if (auto room = run->charge.set(request.ByteSizeLong()); !room.ok()) return room;
  std::lock_guard lock(mutex_);
  if (finished_) return grpc::Status::CANCELLED;  // in the meantime
  if (const auto status = request.has_own() ? run_alone(request, run) : run_in(request, run); !status.ok())
    return status;
  instance_ = host_->name();
  run_id_ = run->id;
  output_ = run->output;
  if (request.detached()) {
    output_->close();
    host_.reset();
    detached_ = true;
    return grpc::Status::OK;
  }
  gathering_ = parts_.alarms.at(parts_.alarms.now_ns() + kGatherNs, [weak = weak_from_this()](int64_t) {
    if (const auto self = weak.lock()) self->stop_gathering();
    return Alarms::kNever;
  });
  return grpc::Status::OK;
}

grpc::Status RunCall::run_alone(const v1::RunRequest& request, const std::shared_ptr<Run>& run) {
  v1::InstanceConfig config = request.own().config();
  const auto owned = access_->own(config);
  return owned.ok() ? parts_.registry.run_alone(request.own().name(), config, run, host_) : owned;
}

grpc::Status RunCall::run_in(const v1::RunRequest& request, const std::shared_ptr<Run>& run) {
  const auto admit = [&](const std::string& owner) { return access_->check(request, owner); };
  return parts_.registry.run_in(request.instance(), run, admit, host_);
}

void RunCall::input_wanted() {
  {
    std::lock_guard lock(mutex_);
    input_wanted_ = true;
    parts_.alarms.cancel(std::exchange(gathering_, 0));
  }
  pump();
}

void RunCall::input_came() {
  InstanceRegistry::Host host;
  {
    std::lock_guard lock(mutex_);
    host = host_;
  }
  if (host) host->input_came();
}

std::shared_ptr<Run> RunCall::make_run(const v1::RunRequest& request) {
  auto run = std::make_shared<Run>();
  run->is_detached = request.detached();
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
  run->on_end = [self = request.detached() ? nullptr : shared_from_this()](const RunReport& report) {
    if (self) self->end(report);
  };
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
    parts_.alarms.cancel(std::exchange(gathering_, 0));
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
    if (step == Step::Write)
      write(message_);  // under the lock: not after `refuse`, when gRPC may be done with the call
  }
  switch (step) {
    case Step::Nothing:
    case Step::Write:
      break;
    case Step::WriteLast:
      write_last(message_);
      break;
    case Step::Finish:
      finish(status);
      break;
    case Step::GiveUp:
      if (host) host->abandon(run_id_, parts_.grace_ns);
      finish(no_memory());
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
  if (!output_ && !client_gone_) return Step::Nothing;  // there is no run yet
  if (client_gone_ || (report_ && !report_->status.ok())) return Step::Finish;
  if (gathering_) return Step::Nothing;
  message_.Clear();
  if (!std::exchange(started_told_, true)) {
    v1::Started& started = *message_.add_events()->mutable_started();
    started.set_instance(instance_);
    started.set_run_id(run_id_);
  }
  if (detached_) return Step::WriteLast;
  const bool all_taken = take_output(*output_, message_);
  if (all_taken && report_) {
    *message_.add_events()->mutable_outcome() = to_proto(*report_);
    return Step::WriteLast;
  }
  if (all_taken && std::exchange(input_wanted_, false)) message_.add_events()->mutable_input_wanted();
  return message_.events().empty() ? Step::Nothing : Step::Write;
}

// ---- with and without input ----

PlainRunCall* PlainRunCall::start(const Parts& parts, const v1::RunRequest& request) {
  const std::shared_ptr<PlainRunCall> call(new PlainRunCall(parts));
  call->hold();
  call->begin(request, nullptr);
  return call.get();
}

InputRunCall* InputRunCall::start(const Parts& parts) {
  const std::shared_ptr<InputRunCall> call(new InputRunCall(parts));
  call->hold();
  call->StartRead(&call->request_);
  return call.get();
}

void InputRunCall::OnReadDone(bool ok) {
  if (ok) {
    const auto status = guarded([&] { return input_ ? take_input() : take_first(); });
    if (!status.ok()) refuse(status);
  } else if (input_) {
    input_->end();
    input_came();
  } else {
    refuse(invalid("the first request must be to run a script"));
  }
}

grpc::Status InputRunCall::take_first() {
  if (!request_.has_run()) return invalid("the first request must be to run a script");
  if (auto status = access_->check(request_); !status.ok()) return status;
  if (request_.run().detached()) return invalid("a run with input can't be detached: nobody would send any");
  const auto call = [this](void (InputRunCall::*member)()) {
    return [weak = weak_from_this(), this, member] {
      if (const auto self = weak.lock()) (this->*member)();
    };
  };
  input_ = std::make_shared<InputBuffer>(call(&InputRunCall::read_on), call(&InputRunCall::input_wanted));
  begin(request_.run(), input_);
  read_on();
  return grpc::Status::OK;
}

grpc::Status InputRunCall::take_input() {
  if (!request_.has_input()) return invalid("only the first request is to run a script; the later ones carry input");
  const bool has_room = input_->put(request_.input());
  input_came();
  if (has_room) read_on();
  return grpc::Status::OK;
}

void InputRunCall::read_on() {
  unless_finished([this] { StartRead(&request_); });
}

}  // namespace upyd
