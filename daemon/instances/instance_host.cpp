#include "instances/instance_host.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "instances/convert.h"
#include "reactor/timestamp.h"
#include "system/no_memory.h"

namespace upyd {
namespace {

grpc::Status ending(const std::string& name) {
  return {grpc::StatusCode::ABORTED, "instance '" + name + "' is ending"};
}

constexpr const char* kResetsTooOften = "it resets itself over and over";

grpc::Status has_one_purpose(const std::string& name) {
  return {grpc::StatusCode::FAILED_PRECONDITION,
          "instance '" + name + "' was made for one run or console alone, and ends with that"};
}

InspectionAnswer deleted(const std::string& name) {
  return {.status = {grpc::StatusCode::ABORTED, "instance '" + name + "' was deleted before it could answer"}};
}

}  // namespace

InstanceHost::InstanceHost(std::string name, std::shared_ptr<const v1::InstanceConfig> config, Life life,
                           const PortParts& parts, std::shared_ptr<InstanceConsole> console,
                           std::shared_ptr<FileView> files, std::shared_ptr<Worker> worker,
                           std::shared_ptr<Keeper> keeper, Owner& owner)
    : name_(std::move(name)),
      config_(std::move(config)),
      life_(life),
      parts_(parts),
      owner_(owner),
      events_(std::make_shared<InstanceEvents>(name_, parts.alarms, parts.events, parts.errors, console->log())),
      console_(std::move(console)),
      files_(std::move(files)),
      worker_(std::move(worker)),
      keeper_(std::move(keeper)) {}

grpc::Status InstanceHost::start() {
  auto status = guarded([&] { return build_and_start(); });
  if (status.ok()) return status;
  worker_->discard();
  if (life_ == Life::OneRun) {
    std::lock_guard lock(mutex_);
    parts_.runs.end(std::exchange(run_, nullptr)->id, {.status = status});
  }
  take_down(status);
  return status;
}

grpc::Status InstanceHost::build_and_start() {
  if (auto status = worker_->build(); !status.ok()) return status;
  if (!is_board()) events_->created(life_ == Life::OneRun);
  Worker::Listener* const listener = this;
  auto status = worker_->start({shared_from_this(), listener});
  if (!status.ok() && !is_board()) events_->deleted(v1::InstanceDeleted::REASON_NO_RESOURCES);
  return status;
}

// ---- runs ----

grpc::Status InstanceHost::run(std::shared_ptr<Run> run) {
  std::lock_guard lock(mutex_);
  if (gone_ || end_limit_) return ending(name_);
  if (const Run* other = visible_run_locked()) {
    return {grpc::StatusCode::FAILED_PRECONDITION, "instance '" + name_ + "' is running " + other->script.file +
                                                       "; wait for it, interrupt it, or use another instance"};
  }
  run->output =
      std::make_shared<OutputBuffer>(config_->output_bytes(), parts_.output_wait, run->on_readable, output_charge());
  parts_.runs.begin(run->id, name_, record_share());
  run_ = std::move(run);
  ++runs_;
  worker_->run(run_);
  return grpc::Status::OK;
}

/// Of output that waits for whoever reads it.
Charge InstanceHost::output_charge() const { return Charge(parts_.budgets.output_memory.account(config_->owner())); }

void InstanceHost::run_started() {
  const auto run = present_run();
  console_->attach(run->output, run->input);
  events_->run_started(*run);
}

void InstanceHost::run_ended(RunReport report) {
  console_->detach();
  events_->run_ended(*present_run(), report);
  count(report);
  {
    std::lock_guard lock(mutex_);
    report_ = std::move(report);
  }
  if (life_ == Life::OneRun) worker_->end(upy::Limit::Request);
}

void InstanceHost::count(const RunReport& report) {
  outcomes_.count(report.outcome.kind);
  owner_.script_ended(report.outcome.kind);
}

void InstanceHost::ready() {
  if (life_ == Life::OneRun) return;  // it is told when the instance is gone
  std::shared_ptr<Run> run;
  std::optional<RunReport> report;
  {
    std::lock_guard lock(mutex_);
    run.swap(run_);
    report.swap(report_);
  }
  owner_.work_ended();
  tell_end(*run, *report);
}

void InstanceHost::tell_end(const Run& run, const RunReport& report) {
  parts_.runs.end(run.id, report);
  run.on_end(report);
}

void InstanceHost::own_run_started(const std::string& file) {
  const auto run = std::make_shared<Run>();
  run->id = owner_.number_own_run();
  run->script.file = file;
  run->script.has_path = file != kTyped;
  run->is_own = true;
  {
    std::lock_guard lock(mutex_);
    own_run_ = run;
    ++runs_;
  }
  parts_.runs.begin(run->id, name_, record_share());
  events_->run_started(*run);
}

void InstanceHost::own_run_ended(RunReport report) {
  std::shared_ptr<Run> run;
  {
    std::lock_guard lock(mutex_);
    run.swap(own_run_);
  }
  events_->run_ended(*run, report);
  count(report);
  owner_.work_ended();
  parts_.runs.end(run->id, report);
}

void InstanceHost::start_ended(const upy::Outcome& last) {
  if (keeper_ && keeper_->start_ended(last)) end(upy::Limit::Request);
}

void InstanceHost::resets_too_often(int64_t wait_ns) {
  next_start_ns_ = parts_.alarms.now_ns() + wait_ns;
  events_->waits(kResetsTooOften, wait_ns);
}

void InstanceHost::was_reset(const Worker::Beginning& beginning) {
  if (next_start_ns_.exchange(0) != 0) events_->is_up();
  events_->reset(beginning.cause);
  for (const Restart& restart : take_restarts(Restarts::Due)) restart.done(grpc::Status::OK);
  if (keeper_ && keeper_->was_reset(beginning)) end(upy::Limit::Request);
}

void InstanceHost::callback_stopped(std::optional<upy::Limit> killed_by) {
  if (killed_by) {
    ++callback_errors_;
    events_->callback_killed(*killed_by);
  }
  owner_.work_ended();
}

void InstanceHost::callback_raised(std::string_view type, std::string_view report) {
  ++callback_errors_;
  events_->callback_raised(type, report);
}

RunRecords::Share InstanceHost::record_share() const {
  return life_ == Life::OneRun ? RunRecords::Share::Run : RunRecords::Share::Instance;
}

std::shared_ptr<Run> InstanceHost::present_run() const {
  std::lock_guard lock(mutex_);
  return run_;
}

bool InstanceHost::is_running() const {
  std::lock_guard lock(mutex_);
  return visible_run_locked() != nullptr;
}

bool InstanceHost::is_to_be_awaited() const { return is_running() || worker_->is_stopping(); }

// ---- stopping ----

grpc::Status InstanceHost::stop(const StopRequest& request, std::optional<uint64_t> run_id, Stopped& stopped) {
  std::lock_guard lock(mutex_);
  const Run* const run = visible_run_locked();
  stopped = {run ? run->id : 0, worker_->at_work()};
  if (run_id) {
    if (*run_id != stopped.run_id) {
      return {grpc::StatusCode::FAILED_PRECONDITION,
              "run " + std::to_string(*run_id) + " of instance '" + name_ + "' is over"};
    }
    (run == run_.get() ? stopped.work.own_run : stopped.work.run) = 0;
    stopped.work.callback = 0;
  }
  stop_locked(stopped.work, request);
  return grpc::Status::OK;
}

void InstanceHost::kill_later(const Worker::AtWork& work, int64_t when_ns) {
  std::lock_guard lock(mutex_);
  kill_later_locked(work.run, when_ns, run_kill_);
  kill_later_locked(work.own_run, when_ns, own_run_kill_);
  kill_later_locked(work.callback, when_ns, callback_kill_);
}

void InstanceHost::kill_later_locked(Work work, int64_t when_ns, Kill& kill) {
  if (!work || (work == kill.work && kill.when_ns <= when_ns)) return;
  const Alarms::Id alarm = parts_.alarms.at(when_ns, [weak = weak_from_this(), work](int64_t) {
    if (const auto self = weak.lock()) self->worker_->stop(work, {upy::StopLevel::Kill, upy::Limit::Request});
    return Alarms::kNever;
  });
  parts_.alarms.cancel(kill.alarm);
  kill = {work, when_ns, alarm};
}

void InstanceHost::abandon(uint64_t run_id, int64_t grace_ns) {
  const auto level = life_ == Life::OneRun ? upy::StopLevel::Stop : upy::StopLevel::Interrupt;
  Worker::AtWork work;
  {
    std::lock_guard lock(mutex_);
    if (!run_ || run_->id != run_id) return;
    run_->output->close();
    work.run = worker_->at_work().run;
    stop_locked(work, {level, upy::Limit::Request});
  }
  if (level == upy::StopLevel::Stop) kill_later(work, parts_.alarms.now_ns() + grace_ns);
}

void InstanceHost::stop_locked(const Worker::AtWork& work, const StopRequest& request) {
  for (const Work part : {work.run, work.own_run, work.callback}) worker_->stop(part, request);
}

// ---- the console ----

grpc::Status InstanceHost::open_console(ConsoleLink::Client client, size_t columns,
                                        std::shared_ptr<ConsoleLink>& link) {
  auto made =
      std::make_shared<ConsoleLink>(config_->output_bytes(), parts_.output_wait, std::move(client), output_charge());
  made->set_columns(columns);
  {
    std::lock_guard lock(mutex_);
    if (gone_ || end_limit_) return ending(name_);
    if (made->wants_prompt() && life_ == Life::OneRun) {
      return {grpc::StatusCode::FAILED_PRECONDITION,
              "instance '" + name_ + "' was made for one run and has no prompt; create one to have it"};
    }
    if (!console_->link(made)) return console_taken();
  }
  link = std::move(made);
  link->output.announce();
  worker_->console_changed();
  return grpc::Status::OK;
}

grpc::Status InstanceHost::console_taken() const {
  const auto holder = console_->holder();
  return {grpc::StatusCode::FAILED_PRECONDITION, (holder ? holder->name() : "another client") +
                                                     " has the console of instance '" + name_ +
                                                     "'; wait until it leaves"};
}

void InstanceHost::end_input(ConsoleLink& client) {
  client.input.end();
  worker_->wake();
}

void InstanceHost::close_console(ConsoleLink& client) {
  if (console_->unlink(client)) worker_->console_changed();
}

// ---- looking into it ----

void InstanceHost::inspect(const Inspection& inspection, OnInspected done) {
  std::unique_lock lock(mutex_);
  if (gone_) {
    lock.unlock();
    return done(deleted(name_));
  }
  const uint64_t id = ++last_inspection_;
  inspections_.emplace(id, std::move(done));
  lock.unlock();
  try {
    worker_->inspect(id, inspection);
  } catch (const std::bad_alloc&) {
    take_inspection(id);
    throw;
  }
}

void InstanceHost::inspected(uint64_t id, const InspectionAnswer& answer) {
  if (const auto done = take_inspection(id)) done(answer);
}

InstanceHost::OnInspected InstanceHost::take_inspection(uint64_t id) {
  std::lock_guard lock(mutex_);
  auto found = inspections_.extract(id);
  return found ? std::move(found.mapped()) : nullptr;
}

std::string InstanceHost::tty_path() const {
  return parts_.tty_directory.empty() ? "" : parts_.tty_directory + "/" + name_;
}

InstanceCounts InstanceHost::counts() const {
  InstanceCounts counts{.outcomes = outcomes_.all(),
                        .callback_errors = callback_errors_,
                        .cpu_ns = worker_->cpu_ns(),
                        .interpreter = worker_->figures()};
  std::lock_guard lock(mutex_);
  counts.is_running = visible_run_locked() != nullptr;
  counts.runs = runs_;
  return counts;
}

v1::Instance InstanceHost::describe() const {
  const InstanceCounts counts = this->counts();
  v1::Instance description;
  description.set_name(name_);
  description.set_state(v1::INSTANCE_STATE_UP);
  if (const int64_t next_start_ns = next_start_ns_) {
    description.set_state(v1::INSTANCE_STATE_WAITING);
    *description.mutable_next_start_time() = in_future(next_start_ns - parts_.alarms.now_ns());
    description.set_last_failure(kResetsTooOften);
  }
  *description.mutable_config() = *config_;
  *description.mutable_create_time() = to_timestamp(create_time_);
  description.set_owned_by_run(life_ == Life::OneRun);
  if (has_tty()) description.set_tty(tty_path());
  description.set_owned_by_console(life_ == Life::OneConsole);
  if (const auto holder = console_->holder()) description.set_console(to_proto(holder->holder()));
  tell(counts, description);
  *description.mutable_figures() = to_proto(counts.interpreter);
  std::lock_guard lock(mutex_);
  if (const Run* run = visible_run_locked()) {
    description.mutable_run()->set_id(run->id);
    description.mutable_run()->set_file(run->script.file);
    *description.mutable_run()->mutable_start_time() = to_timestamp(run->start_time);
  }
  return description;
}

// ---- the end ----

void InstanceHost::end(upy::Limit limit) {
  std::lock_guard lock(mutex_);
  end_locked(limit);
}

grpc::Status InstanceHost::end_if_idle() {
  std::lock_guard lock(mutex_);
  if (const Run* run = visible_run_locked()) {
    return {grpc::StatusCode::FAILED_PRECONDITION, "instance '" + name_ + "' is running " + run->script.file +
                                                       "; interrupt it first, or force the deletion (upyctl rm -f)"};
  }
  end_locked(upy::Limit::Request);
  return grpc::Status::OK;
}

void InstanceHost::end_locked(upy::Limit limit) {
  if (!end_limit_) end_limit_ = limit;
  worker_->end(limit);
}

void InstanceHost::finish(int64_t grace_ns) {
  std::lock_guard lock(mutex_);
  if (!end_limit_) end_limit_ = upy::Limit::Request;
  worker_->finish();
  hurry_later_locked(parts_.alarms.now_ns() + grace_ns);
}

void InstanceHost::restart(int64_t grace_ns, Done done, Worker::Interlude interlude) {
  std::unique_lock lock(mutex_);
  if (gone_ || end_limit_ || life_ != Life::Standing) {
    lock.unlock();
    return done(life_ == Life::Standing ? ending(name_) : has_one_purpose(name_));
  }
  const auto is_due = interlude ? std::make_shared<bool>(false) : nullptr;
  if (interlude) {
    interlude = [interlude = std::move(interlude), is_due] {
      interlude();
      *is_due = true;
    };
  }
  restarts_.push_back({std::move(done), is_due});
  worker_->reset(std::move(interlude));
  hurry_later_locked(parts_.alarms.now_ns() + grace_ns);
}

void InstanceHost::hurry_later_locked(int64_t when_ns) {
  if (hurry_.alarm && hurry_.when_ns <= when_ns) return;
  const Alarms::Id alarm = parts_.alarms.at(when_ns, [weak = weak_from_this()](int64_t) {
    if (const auto self = weak.lock()) self->hurry();
    return Alarms::kNever;
  });
  parts_.alarms.cancel(hurry_.alarm);
  hurry_ = {when_ns, alarm};
}

void InstanceHost::hurry() {
  std::lock_guard lock(mutex_);
  hurry_ = {};
  if (end_limit_) {
    worker_->end(*end_limit_);
  } else if (!restarts_.empty()) {
    worker_->hurry_reset();
  }
}

/// Whose interlude is yet to come waits for the next time: it asked while the interpreter was being made anew for
/// others.
std::vector<InstanceHost::Restart> InstanceHost::take_restarts(Restarts which) {
  std::lock_guard lock(mutex_);
  const auto rest = std::stable_partition(restarts_.begin(), restarts_.end(), [&](const Restart& restart) {
    return which == Restarts::All || !restart.is_due || *restart.is_due;
  });
  std::vector<Restart> taken(std::make_move_iterator(restarts_.begin()), std::make_move_iterator(rest));
  restarts_.erase(restarts_.begin(), rest);
  if (!end_limit_ && restarts_.empty()) parts_.alarms.cancel(std::exchange(hurry_, {}).alarm);
  return taken;
}

void InstanceHost::when_gone(Done gone) {
  std::unique_lock lock(mutex_);
  if (!gone_) return when_gone_.push_back(std::move(gone));
  lock.unlock();
  gone(left_);
}

bool InstanceHost::is_ending() const {
  std::lock_guard lock(mutex_);
  return gone_ || end_limit_;
}

void InstanceHost::ended(Worker::End end) {
  is_board() ? events_->tell_losses() : events_->deleted(end_reason(end));
  take_down(end == Worker::End::NoResources ? no_memory() : ending(name_));
  owner_.worker_ends(shared_from_this());
}

v1::InstanceDeleted::Reason InstanceHost::end_reason(Worker::End end) const {
  std::lock_guard lock(mutex_);
  if (end == Worker::End::NoResources) return v1::InstanceDeleted::REASON_NO_RESOURCES;
  if (!end_limit_) return v1::InstanceDeleted::REASON_RUN_ENDED;
  return *end_limit_ == upy::Limit::Shutdown ? v1::InstanceDeleted::REASON_SHUTDOWN
                                             : v1::InstanceDeleted::REASON_REQUEST;
}

void InstanceHost::take_down(const grpc::Status& not_started) {
  std::shared_ptr<Run> run, own_run;
  std::optional<RunReport> report;
  std::map<uint64_t, OnInspected> inspections;
  std::vector<Done> when_gone;
  const grpc::Status left = owner_.instance_ended(*this);  // first: who finds it gone may use its name again
  {
    std::lock_guard lock(mutex_);
    gone_ = true;
    left_ = left;
    own_run.swap(own_run_);
    run.swap(run_);
    report.swap(report_);
    inspections.swap(inspections_);
    when_gone.swap(when_gone_);
  }
  for (const auto& [id, done] : inspections) done(deleted(name_));
  if (own_run) parts_.runs.end(own_run->id, {.status = not_started});
  if (run) tell_end(*run, report ? *report : RunReport{.status = not_started});
  for (const Restart& restart : take_restarts(Restarts::All)) restart.done(not_started);
  console_->end();
  for (const Done& done : when_gone) done(left);
}

}  // namespace upyd
