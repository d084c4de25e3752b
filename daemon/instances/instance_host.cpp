#include "instances/instance_host.h"

#include "config/settings.h"
#include "instances/run_deadline.h"
#include "port/time_units.h"
#include "posix/system_clock.h"
#include "reactor/clock.h"
#include "reactor/timestamp.h"
#include "system/memory_reserve.h"
#include "system/no_memory.h"

namespace upyd {
namespace {

grpc::Status ending(const std::string& name) {
  return {grpc::StatusCode::ABORTED, "instance '" + name + "' is being deleted"};
}

grpc::Status no_resources() {
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the system has no thread or memory left for one more instance"};
}

}  // namespace

InstanceHost::InstanceHost(std::string name, v1::InstanceConfig config, Life life, const PortParts& parts,
                           Keeper& keeper)
    : name_(std::move(name)),
      config_(std::move(config)),
      life_(life),
      parts_(parts),
      keeper_(keeper),
      events_(std::make_shared<InstanceEvents>(name_, parts.alarms, parts.events)),
      callback_deadline_(static_cast<int64_t>(config_.callback_ms()) * upy::kNsPerMs) {}

grpc::Status InstanceHost::start() {
  auto status = guarded([&] { return make(); });
  if (status.ok()) return status;
  if (life_ == Life::OneRun) forget_run();
  tear_down();
  take_down({.status = status});
  return status;
}

grpc::Status InstanceHost::make() {
  std::string error;
  if (!build(error)) return {grpc::StatusCode::RESOURCE_EXHAUSTED, error};
  if (!is_memory_left()) return no_resources();
  events_->created(life_ == Life::OneRun);
  if (start_thread()) return grpc::Status::OK;
  events_->deleted(v1::InstanceDeleted::REASON_NO_RESOURCES);
  return no_resources();
}

grpc::Status InstanceHost::run(std::shared_ptr<Run> run) {
  std::lock_guard lock(mutex_);
  if (ending_) return ending(name_);
  if (run_) {
    return {grpc::StatusCode::FAILED_PRECONDITION, "instance '" + name_ + "' is running " + run_->script.file +
                                                       "; wait for it, interrupt it, or use another instance"};
  }
  run->output = std::make_shared<OutputBuffer>(config_.output_bytes(), parts_.output_wait, run->on_readable);
  run_ = std::move(run);
  stops_.accept_run();
  ++runs_;
  if (instance_) instance_->request_return();
  return grpc::Status::OK;
}

grpc::Status InstanceHost::stop(const StopRequest& request, std::optional<uint64_t> run_id, Stopped& stopped) {
  std::lock_guard lock(mutex_);
  stopped = {run_ ? run_->id : 0, stops_.run(), run_id ? 0 : stops_.callback()};
  if (run_id && *run_id != stopped.run_id) {
    return {grpc::StatusCode::FAILED_PRECONDITION,
            "run " + std::to_string(*run_id) + " of instance '" + name_ + "' is over"};
  }
  stop_locked(stopped.run, request);
  stop_locked(stopped.callback, request);
  return grpc::Status::OK;
}

void InstanceHost::kill_later(const Stopped& stopped, int64_t when_ns) {
  std::lock_guard lock(mutex_);
  kill_later_locked(stopped.run, when_ns, run_kill_);
  kill_later_locked(stopped.callback, when_ns, callback_kill_);
}

void InstanceHost::kill_later_locked(Stops::Work work, int64_t when_ns, Kill& kill) {
  if (!work || (work == kill.work && kill.when_ns <= when_ns)) return;
  const Alarms::Id alarm = parts_.alarms.at(when_ns, [weak = weak_from_this(), work](int64_t) {
    if (const auto self = weak.lock()) self->stop_work(work, {upy::StopLevel::Kill, upy::Limit::Request});
    return Alarms::kNever;
  });
  parts_.alarms.cancel(kill.alarm);
  kill = {work, when_ns, alarm};
}

void InstanceHost::abandon(uint64_t run_id, int64_t grace_ns) {
  const auto level = life_ == Life::OneRun ? upy::StopLevel::Stop : upy::StopLevel::Interrupt;
  Stopped stopped;
  {
    std::lock_guard lock(mutex_);
    if (!run_ || run_->id != run_id) return;
    run_->output->close();
    stopped.run = stops_.run();
    stop_locked(stopped.run, {level, upy::Limit::Request});
  }
  if (level == upy::StopLevel::Stop) kill_later(stopped, parts_.alarms.now_ns() + grace_ns);
}

grpc::Status InstanceHost::open_console(ConsoleLink::Client client, std::shared_ptr<ConsoleLink>& link) {
  std::lock_guard lock(mutex_);
  if (ending_) return ending(name_);
  if (console_) {
    return {grpc::StatusCode::FAILED_PRECONDITION,
            "another client has the console of instance '" + name_ + "'; wait until it leaves"};
  }
  link = std::make_shared<ConsoleLink>(config_.output_bytes(), parts_.output_wait, std::move(client));
  console_ = link;
  link_console_locked();
  return grpc::Status::OK;
}

bool InstanceHost::type(ConsoleLink& client, std::string_view input) {
  std::unique_lock lock(mutex_);
  const int interrupt_char = instance_ ? instance_->interrupt_char() : -1;
  lock.unlock();
  std::string text(input);
  const bool interrupts = interrupt_char >= 0 && std::erase(text, static_cast<char>(interrupt_char)) > 0;
  const bool has_room = client.type(text);
  Stopped stopped;
  if (interrupts) stop({upy::StopLevel::Interrupt, upy::Limit::Request}, std::nullopt, stopped);
  wake();
  return has_room;
}

void InstanceHost::end_input(ConsoleLink& client) {
  client.end_input();
  wake();
}

void InstanceHost::close_console(const ConsoleLink& client) {
  std::lock_guard lock(mutex_);
  if (console_.get() != &client) return;
  console_.reset();
  link_console_locked();
}

void InstanceHost::inspect(Inspection inspection) {
  if (const std::unique_lock at_rest(busy_, std::try_to_lock); at_rest && has_open_doors()) {
    if (inspection(interpreter_.get())) return;
  }
  {
    std::lock_guard lock(mutex_);
    if (!gone_) {
      inspections_.push_back(std::move(inspection));
      if (instance_) instance_->request_safepoint();
      return;
    }
  }
  inspection(nullptr);
}

void InstanceHost::end(upy::Limit limit) {
  std::lock_guard lock(mutex_);
  end_locked(limit);
}

grpc::Status InstanceHost::end_if_idle() {
  std::lock_guard lock(mutex_);
  if (run_) {
    return {grpc::StatusCode::FAILED_PRECONDITION,
            "instance '" + name_ + "' is running " + run_->script.file + "; interrupt it first, or force the deletion"};
  }
  end_locked(upy::Limit::Request);
  return grpc::Status::OK;
}

void InstanceHost::when_gone(std::function<void()> gone) {
  {
    std::lock_guard lock(mutex_);
    if (!gone_) {
      when_gone_.push_back(std::move(gone));
      return;
    }
  }
  gone();
}

bool InstanceHost::is_running() const {
  std::lock_guard lock(mutex_);
  return run_ != nullptr;
}

bool InstanceHost::is_to_be_awaited() const {
  std::lock_guard lock(mutex_);
  return run_ != nullptr || stops_.is_stopping();
}

v1::Instance InstanceHost::describe() const {
  v1::Instance description;
  description.set_name(name_);
  *description.mutable_config() = config_;
  *description.mutable_create_time() = to_timestamp(create_time_);
  description.set_owned_by_run(life_ == Life::OneRun);
  std::lock_guard lock(mutex_);
  description.set_runs(runs_);
  description.set_cpu_ns(static_cast<uint64_t>(instance_ ? upy::clock_now_ns(cpu_clock_) : final_cpu_ns_));
  if (run_) {
    description.mutable_run()->set_id(run_->id);
    description.mutable_run()->set_file(run_->script.file);
    *description.mutable_run()->mutable_start_time() = to_timestamp(run_->start_time);
  }
  return description;
}

/// One at a time: between two a kill reaches the interpreter, and what it runs goes on.
void InstanceHost::at_safepoint(upy::Instance& instance) {
  std::unique_lock lock(mutex_);
  if (inspections_.empty()) return;
  Inspection inspection = std::move(inspections_.front());
  inspections_.pop_front();
  lock.unlock();
  const bool is_done = inspection(&instance);
  lock.lock();
  if (!is_done) inspections_.push_front(std::move(inspection));
  if (!inspections_.empty()) instance.request_safepoint();
}

void InstanceHost::callback_begins() {
  std::unique_lock lock(mutex_);
  const Stops::Work callback = stops_.begin_callback();
  if (!callback) return;
  if (ending_) stop_locked(callback, {upy::StopLevel::Kill, end_limit_.value_or(upy::Limit::Request)});
  const int64_t look_ns = callback_deadline_.begin(monotonic_now_ns());
  lock.unlock();
  if (look_ns != Alarms::kNever) look_after_callbacks(look_ns);
}

void InstanceHost::look_after_callbacks(int64_t when_ns) try {
  parts_.alarms.at(when_ns, [weak = weak_from_this()](int64_t now_ns) {
    const auto self = weak.lock();
    return self ? self->look_after_callback(now_ns) : Alarms::kNever;
  });
} catch (const std::bad_alloc&) {
  std::lock_guard lock(mutex_);
  callback_deadline_.forget_alarm();
}

/// What the alarm does.
int64_t InstanceHost::look_after_callback(int64_t now_ns) {
  std::lock_guard lock(mutex_);
  const auto [exceeded, again_ns] = callback_deadline_.look(stops_.callback(), now_ns);
  stop_locked(exceeded, {upy::StopLevel::Kill, upy::Limit::Wall});
  return again_ns;
}

void InstanceHost::callback_ended(CallbackEnd end) {
  std::unique_lock lock(mutex_);
  const auto asked = stops_.end_callback();
  lock.unlock();
  if (!asked) return;
  if (end == CallbackEnd::Killed) events_->callback_killed(asked->limit);
  keeper_.work_ended();
}

void InstanceHost::forget_run() {
  std::lock_guard lock(mutex_);
  stops_.end_run();
  run_.reset();
}

/// The thread waits for `mutex_` before anything else: whoever joins it finds `thread_` complete, however soon it ends.
bool InstanceHost::start_thread() {
  std::lock_guard lock(mutex_);
  const size_t stack_bytes = config_.stack_bytes() + upy::kStackReserve;
  return thread_.start(stack_bytes, "upy:" + name_, [self = shared_from_this()] { self->main(); });
}

void InstanceHost::main() {
  Thread::give_way();  // so that no script keeps those waiting who ask for it
  std::unique_lock busy(busy_);
  open_doors();
  const RunReport last = serve_while_there_is_memory();
  close_doors();
  busy.unlock();
  tear_down();
  events_->deleted(end_reason());
  take_down(last);
  keeper_.thread_ends(shared_from_this());
}

RunReport InstanceHost::serve_while_there_is_memory() try { return serve(); } catch (const std::bad_alloc&) {
  std::lock_guard lock(mutex_);
  has_no_resources_ = true;
  return {.status = no_memory()};
}

RunReport InstanceHost::serve() {
  while (const auto run = next_run()) {
    RunReport report = execute(run);
    if (life_ == Life::OneRun) return report;
    if (interpreter_->wants_reset() && !rebuild()) return report;
    forget_run();
    keeper_.work_ended();
    run->on_end(report);
  }
  return {.status = ending(name_)};
}

std::shared_ptr<Run> InstanceHost::next_run() {
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      if (ending_) return nullptr;
      if (run_) {
        stops_.begin_run();
        return run_;
      }
    }
    interpreter_->idle(upy::Clock::kForever);
    if (interpreter_->wants_reset() && !rebuild()) return nullptr;
  }
}

RunReport InstanceHost::execute(const std::shared_ptr<Run>& run) {
  const auto exceed = [weak = weak_from_this(), work = stops_.run()](upy::Limit limit) {
    if (const auto self = weak.lock()) self->stop_work(work, {upy::StopLevel::Kill, limit});
  };
  const RunDeadline deadline(parts_.alarms, run->limits, exceed);
  const clockid_t cpu_clock = this_thread_cpu_clock();
  const int64_t start_ns = monotonic_now_ns();
  const int64_t cpu_start_ns = upy::clock_now_ns(cpu_clock);
  ports_->console().attach(run->output);
  events_->run_started(*run);
  RunReport report;
  report.outcome = interpreter_->run(run->script);
  ports_->console().detach();
  report.wall_ns = monotonic_now_ns() - start_ns;
  report.cpu_ns = upy::clock_now_ns(cpu_clock) - cpu_start_ns;
  events_->run_ended(*run, report);
  return report;
}

bool InstanceHost::has_open_doors() const {
  std::lock_guard lock(mutex_);
  return instance_ != nullptr;
}

void InstanceHost::open_doors() {
  std::lock_guard lock(mutex_);
  instance_ = interpreter_.get();
  stops_.open(*instance_);
  cpu_clock_ = this_thread_cpu_clock();
  if (!inspections_.empty()) instance_->request_safepoint();
}

void InstanceHost::close_doors() {
  std::lock_guard lock(mutex_);
  instance_ = nullptr;
  stops_.close();
  final_cpu_ns_ = upy::clock_now_ns(cpu_clock_);
}

bool InstanceHost::build(std::string& error) {
  ports_ = std::make_unique<InstancePorts>(parts_, name_, config_, busy_);
  upy::Config config = core_config(config_);
  config.blob_key = parts_.blob_key;
  config.retained = retained_;
  interpreter_ = upy::Instance::create(config, ports_->ports(*this), error);
  return interpreter_ != nullptr;
}

void InstanceHost::tear_down() {
  if (ports_) ports_->silence();
  interpreter_.reset();
  ports_.reset();
}

bool InstanceHost::rebuild() {
  close_doors();
  retained_ = interpreter_->retained();
  tear_down();
  std::string error;
  if (!build(error)) {
    std::lock_guard lock(mutex_);
    ending_ = has_no_resources_ = true;
    return false;
  }
  events_->reset();
  {
    std::lock_guard lock(mutex_);
    if (console_) link_console_locked();
  }
  open_doors();
  return true;
}

void InstanceHost::take_down(const RunReport& last) {
  std::shared_ptr<Run> run;
  std::deque<Inspection> inspections;
  std::shared_ptr<ConsoleLink> console;
  std::vector<std::function<void()>> when_gone;
  keeper_.instance_ended(*this);  // first: who finds it gone may use its name again
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    gone_ = true;
    run.swap(run_);
    inspections.swap(inspections_);
    console.swap(console_);
    when_gone.swap(when_gone_);
  }
  for (const Inspection& inspection : inspections) inspection(nullptr);
  if (run) run->on_end(last);
  if (console) console->end();
  for (const auto& call : when_gone) call();
}

v1::InstanceDeleted::Reason InstanceHost::end_reason() const {
  std::lock_guard lock(mutex_);
  if (has_no_resources_) return v1::InstanceDeleted::REASON_NO_RESOURCES;
  if (!end_limit_) return v1::InstanceDeleted::REASON_RUN_ENDED;
  return *end_limit_ == upy::Limit::Shutdown ? v1::InstanceDeleted::REASON_SHUTDOWN
                                             : v1::InstanceDeleted::REASON_REQUEST;
}

void InstanceHost::end_locked(upy::Limit limit) {
  ending_ = true;
  if (!end_limit_) end_limit_ = limit;
  for (const Stops::Work work : {stops_.run(), stops_.callback()}) stop_locked(work, {upy::StopLevel::Kill, limit});
  if (instance_) instance_->request_return();
}

void InstanceHost::wake() {
  std::lock_guard lock(mutex_);
  if (instance_) instance_->request_safepoint();
}

void InstanceHost::link_console_locked() {
  inspections_.push_back([this](upy::Instance* instance) {
    if (!instance) return true;
    std::unique_lock lock(mutex_);
    const auto client = console_;
    lock.unlock();
    ports_->console().link(client);
    return true;
  });
  if (instance_) instance_->request_safepoint();
}

void InstanceHost::stop_work(Stops::Work work, const StopRequest& request) {
  std::lock_guard lock(mutex_);
  stop_locked(work, request);
}

void InstanceHost::stop_locked(Stops::Work work, const StopRequest& request) {
  if (!work) return;
  if (run_) run_->output->hurry();
  if (console_) console_->output.hurry();
  stops_.stop(work, request);
}

}  // namespace upyd
