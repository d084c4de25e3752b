#include "instances/thread_worker.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

#include "config/settings.h"
#include "instances/convert.h"
#include "instances/start_script.h"
#include "port/time_units.h"
#include "posix/system_clock.h"
#include "reactor/clock.h"
#include "system/crash_report.h"
#include "system/memory_reserve.h"

namespace upyd {
namespace {

grpc::Status no_resources() {
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the system has no thread or memory left for one more instance"};
}

using Writer = InstanceConsole::Writer;

/// What the clock of the wait takes.
constexpr int64_t kLongestSleepNs = INT64_MAX / 4;

}  // namespace

ThreadWorker::ThreadWorker(std::string name, std::shared_ptr<const v1::InstanceConfig> config, const PortParts& parts,
                           std::shared_ptr<InstanceConsole> console, std::shared_ptr<FileView> files,
                           Beginning beginning)
    : name_(std::move(name)),
      config_(std::move(config)),
      parts_(parts),
      console_(std::move(console)),
      files_(std::move(files)),
      beginning_(std::move(beginning)),
      callback_deadline_(static_cast<int64_t>(config_->callback_ms()) * upy::kNsPerMs) {}

// ---- the life of the thread ----

grpc::Status ThreadWorker::build() {
  own_memory_ = Charge(parts_.budgets.memory.account(config_->owner()));
  if (auto status = own_memory_.set(kInstanceBytes); !status.ok()) return status;
  std::string error;
  if (!make_interpreter(error)) return {grpc::StatusCode::RESOURCE_EXHAUSTED, error};
  due_ = start_scripts();
  return is_memory_left() ? grpc::Status::OK : no_resources();
}

/// The thread waits for `mutex_` before anything else: whoever joins it finds `thread_` complete, however soon it ends.
grpc::Status ThreadWorker::start(std::shared_ptr<Listener> listener) {
  std::lock_guard lock(mutex_);
  listener_ = listener.get();
  const size_t stack_bytes = config_->stack_bytes() + upy::kStackReserve;
  const auto body = [this, held = std::move(listener)] { main(); };
  return thread_.start(stack_bytes, "upy:" + name_, body) ? grpc::Status::OK : no_resources();
}

void ThreadWorker::main() {
  this_thread_is_of(name_);
  Thread::give_way(config_->cpu_weight());  // so that no script keeps those waiting who ask for it
  std::unique_lock busy(busy_);
  attach();
  pace_.started(monotonic_now_ns());
  const End end = serve();
  detach();
  busy.unlock();
  tear_down();
  own_memory_.set_anyway(0);
  listener_->ended(end);
}

Worker::End ThreadWorker::serve() try {
  while (const auto job = next_job()) {
    due_.job_waited = 0;
    RunReport report = execute(*job);
    end_job();
    listener_->run_ended(std::move(report));
    const auto wanted = wanted_reset();
    if (wanted && wanted->sleep_ns == 0) make_anew(*wanted, ResetBy::User);
    listener_->ready();
  }
  return End::Asked;
} catch (const std::bad_alloc&) {
  return End::NoResources;
}

std::shared_ptr<const Job> ThreadWorker::next_job() {
  for (;;) {
    if (const auto wanted = wanted_reset()) make_anew(*wanted, ResetBy::Itself);
    {
      std::lock_guard lock(mutex_);
      if (is_ending_locked()) return nullptr;
      if (resetting_) continue;
      if (job_ && is_turn_of_job()) {
        stops_.begin_run();
        return job_;
      }
    }
    if (std::exchange(due_.boot, false)) {
      run_start_script("boot.py");
    } else if (std::exchange(due_.main, false)) {
      run_start_script("main.py");
    } else if (console_->wants_prompt()) {
      serve_prompt();
    } else {
      interpreter_->idle(upy::Clock::kForever);
    }
  }
}

bool ThreadWorker::is_turn_of_job() const {
  if (due_.job_waited > 1) return true;
  return !due_.boot && (!due_.main || due_.job_waited > 0);
}

RunReport ThreadWorker::execute(const Job& job) {
  step_aside();
  console_->set_raw(repl_ && repl_->is_raw());
  const MeasuredRun run(parts_.alarms, job.limits, killer(at_work().run));
  listener_->run_started();
  if (is_stopping()) console_->stop_waiting();  // asked before the console was the run's
  return run.report(interpreter_->run(job.script));
}

std::function<void(upy::Limit)> ThreadWorker::killer(Work work) {
  return [weak = weak_from_this(), work](upy::Limit limit) {
    if (const auto self = weak.lock()) self->stop(work, {upy::StopLevel::Kill, limit});
  };
}

void ThreadWorker::end_job() {
  std::lock_guard lock(mutex_);
  figures_ = interpreter_->figures();
  stops_.end_run();
  job_.reset();
}

// ---- runs of its own ----

ThreadWorker::StartScripts ThreadWorker::start_scripts() const {
  const bool boot = has_start_script(*files_, "boot.py");
  return {.boot = boot, .main = boot || has_start_script(*files_, "main.py")};
}

void ThreadWorker::run_start_script(const char* file) {
  const upy::Outcome outcome = run_own(file);
  if (wanted_reset() || is_ending()) return;
  if (outcome.kind != upy::Outcome::Kind::Finished || outcome.exit_status != 0) due_.main = false;
  if (!due_.main) listener_->start_ended(outcome);
}

upy::Outcome ThreadWorker::run_own(const char* file) {
  upy::Script script{.file = file, .has_path = true};
  const upy::PortError error = read_start_script(*files_, file, config_->compile_bytes(), script.text);
  if (error.number == ENOENT) return {};
  step_aside();
  begin_own_run(file);
  upy::Outcome outcome = error ? unreadable(file, error) : interpreter_->run(script);
  if (error) console_->write(upy::Console::Stream::Err, outcome.traceback);
  if (outcome.compile_error) console_->write(upy::Console::Stream::Err, outcome.compile_error->traceback);
  run_ended(outcome);
  return outcome;
}

/// One that was asked for by nobody who could be told that the worker is to end.
void ThreadWorker::begin_own_run(const std::string& file) {
  Work work = 0;
  {
    std::lock_guard lock(mutex_);
    stops_.begin_own_run();
    work = stops_.own_run();
    stop_beginner_locked(work);
  }
  writer_before_own_run_ = console_->set_writer(Writer::Script);
  own_run_.emplace(parts_.alarms, run_limits(*config_), killer(work));
  listener_->own_run_started(file);
}

void ThreadWorker::run_ended(const upy::Outcome& outcome) {
  RunReport report = own_run_->report(outcome);
  own_run_.reset();
  console_->set_writer(writer_before_own_run_);
  {
    std::lock_guard lock(mutex_);
    stops_.end_own_run();
  }
  listener_->own_run_ended(std::move(report));
}

// ---- the prompt ----

void ThreadWorker::step_aside() {
  const InstanceConsole::PromptWrites prompt(*console_);
  if (repl_ && console_->wants_prompt()) repl_->step_aside(*interpreter_);
}

/// Of who is there: a program that has left wants nothing any more.
bool ThreadWorker::is_raw() {
  if (!repl_ || !console_->holder() || !console_->wants_prompt()) return false;
  const InstanceConsole::PromptWrites prompt(*console_);
  if (console_->take_newcomer()) repl_->welcome();
  return repl_->is_raw();
}

upy::ReplEnd ThreadWorker::be_at_prompt() {
  const InstanceConsole::PromptWrites prompt(*console_);
  if (console_->take_newcomer()) repl_->welcome();
  {
    std::lock_guard lock(mutex_);
    stops_.begin_prompt();
  }
  const upy::ReplEnd end = repl_->serve(*interpreter_);
  std::lock_guard lock(mutex_);
  stops_.end_prompt();
  return end;
}

void ThreadWorker::serve_prompt() {
  upy::ReplHost& host = *this;
  if (!repl_) repl_ = std::make_unique<upy::Repl>(host, upy::ReplConfig{.is_board = true});
  const upy::ReplEnd end = be_at_prompt();
  using Kind = upy::ReplEnd::Kind;
  if (end.kind == Kind::InputEnded) console_->end_of_input();
  const bool was_left = end.kind == Kind::SoftReset || end.kind == Kind::Exited;
  if (was_left && !wanted_reset()) make_anew({upy::ResetCause::Soft}, ResetBy::User);
}

bool ThreadWorker::is_ending() const {
  std::lock_guard lock(mutex_);
  return is_ending_locked();
}

// ---- the interpreter ----

bool ThreadWorker::make_interpreter(std::string& error) {
  const auto bark = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->watchdog_expired();
  };
  ports_ = std::make_unique<InstancePorts>(parts_, name_, *config_, files_, busy_, bark);
  upy::Config config = core_config(*config_);
  config.blob_key = parts_.blob_key;
  config.unique_id = parts_.unique_id;
  config.retained = beginning_.retained;
  config.reset_cause = beginning_.cause;
  interpreter_ = upy::Instance::create(config, ports_->ports(*console_, *this), error);
  return interpreter_ != nullptr;
}

void ThreadWorker::tear_down() {
  if (ports_) ports_->stop_events();
  interpreter_.reset();
  ports_.reset();
}

std::optional<upy::Reset> ThreadWorker::wanted_reset() const {
  std::lock_guard lock(mutex_);
  if (is_ending_locked()) return std::nullopt;  // there may be no interpreter any more
  if (watchdog_expired_) return upy::Reset{upy::ResetCause::Watchdog};
  if (resetting_) return upy::Reset{upy::ResetCause::Soft};
  return interpreter_->wanted_reset();
}

/// A program that has the prompt in raw mode resets the board to have it for itself: main.py is not run.
void ThreadWorker::make_anew(const upy::Reset& wanted, ResetBy by) {
  if (is_ending()) return;
  detach();
  beginning_ = {wanted.cause, interpreter_->retained()};
  tear_down();
  if (wanted.sleep_ns > 0) rest(Rest::DeepSleep, wanted.sleep_ns);
  if (const int64_t wait_ns = wait_after_reset_ns(by)) {
    listener_->resets_too_often(wait_ns);
    rest(Rest::Wait, wait_ns);
  }
  bool was_asked = false, has_job = false;
  std::vector<Interlude> interludes;
  {
    std::lock_guard lock(mutex_);
    if (is_ending_locked()) return;
    watchdog_expired_ = false;
    was_asked = std::exchange(resetting_, std::nullopt).has_value();
    interludes.swap(interludes_);
    has_job = job_ != nullptr;
  }
  if (was_asked) pace_.forget();
  for (const Interlude& interlude : interludes) interlude();
  const int waited = has_job ? due_.job_waited + 1 : 0;
  due_ = start_scripts();
  due_.job_waited = waited;
  due_.main = due_.main && (was_asked || wanted.cause != upy::ResetCause::Soft || !is_raw());
  std::string error;
  if (!make_interpreter(error)) throw std::bad_alloc();
  listener_->was_reset(beginning_);
  attach();
  pace_.started(monotonic_now_ns());
}

int64_t ThreadWorker::wait_after_reset_ns(ResetBy by) {
  {
    std::lock_guard lock(mutex_);
    if (by == ResetBy::User || resetting_ || job_) return 0;
  }
  return pace_.delay_ns(monotonic_now_ns(), *config_);
}

/// Until a job comes, somebody types, or the worker is to end; there is no interpreter meanwhile.
void ThreadWorker::rest(Rest why, int64_t ns) {
  std::list<WaitingInspection> unanswered;
  std::unique_lock lock(mutex_);
  rest_ = why;
  unanswered.swap(inspections_);
  lock.unlock();
  for (const auto& waiting : unanswered) listener_->inspected(waiting.id, at_rest(why));
  lock.lock();
  const auto is_over = [this] { return rest_ == Rest::None || job_ || resetting_ || is_ending_locked(); };
  if (ns == upy::Clock::kForever) {
    woken_.wait(lock, is_over);
  } else {
    woken_.wait_for(lock, std::chrono::nanoseconds(std::min(ns, kLongestSleepNs)), is_over);
  }
  rest_ = Rest::None;
}

InspectionAnswer ThreadWorker::at_rest(Rest why) const {
  const char* const what = why == Rest::DeepSleep
                               ? "is in deep sleep; a run or input on its console wakes it"
                               : "resets itself over and over, and waits before its next start; a run "
                                 "or input on its console ends the wait";
  return {.status = {grpc::StatusCode::FAILED_PRECONDITION, "instance '" + name_ + "' " + what}};
}

void ThreadWorker::wake_up() {
  rest_ = Rest::None;
  woken_.notify_all();
}

/// Kills what is at work. A job that was not begun stays for the interpreter that comes.
void ThreadWorker::watchdog_expired() {
  std::lock_guard lock(mutex_);
  watchdog_expired_ = true;
  for (const Work work : {stops_.has_begun() ? stops_.run() : 0, stops_.own_run(), stops_.callback()})
    stop_locked(work, {upy::StopLevel::Kill, upy::Limit::Watchdog});
  if (instance_) instance_->request_return();
}

bool ThreadWorker::is_attached() const {
  std::lock_guard lock(mutex_);
  return instance_ != nullptr;
}

void ThreadWorker::attach() {
  this_thread_interprets(interpreter_.get());
  std::lock_guard lock(mutex_);
  instance_ = interpreter_.get();
  stops_.open(*instance_);
  cpu_clock_ = this_thread_cpu_clock();
  figures_ = instance_->figures();
  if (!inspections_.empty()) instance_->request_safepoint();
}

void ThreadWorker::detach() {
  this_thread_interprets(nullptr);
  std::lock_guard lock(mutex_);
  if (!instance_) return;  // there is no interpreter: it was asleep, or could not be made anew
  figures_ = instance_->figures();
  instance_ = nullptr;
  stops_.close();
  final_cpu_ns_ = upy::clock_now_ns(cpu_clock_);
}

// ---- what is asked ----

void ThreadWorker::run(std::shared_ptr<const Job> job) {
  std::lock_guard lock(mutex_);
  job_ = std::move(job);
  stops_.accept_run();
  wake_up();
  if (instance_) instance_->request_return();
}

Worker::AtWork ThreadWorker::at_work() const {
  std::lock_guard lock(mutex_);
  return {.run = stops_.run(), .own_run = stops_.own_run(), .callback = stops_.callback()};
}

bool ThreadWorker::is_stopping() const {
  std::lock_guard lock(mutex_);
  return stops_.is_stopping();
}

void ThreadWorker::stop(Work work, const StopRequest& request) {
  std::lock_guard lock(mutex_);
  stop_locked(work, request);
}

void ThreadWorker::end(upy::Limit limit) {
  std::lock_guard lock(mutex_);
  if (!ending_) ending_ = limit;
  stop_all_locked({upy::StopLevel::Kill, limit});
}

void ThreadWorker::finish() {
  std::lock_guard lock(mutex_);
  finishing_ = true;
  stop_all_locked({upy::StopLevel::Stop, upy::Limit::Request});
}

void ThreadWorker::reset(Interlude interlude) {
  std::lock_guard lock(mutex_);
  if (interlude) interludes_.push_back(std::move(interlude));
  if (!resetting_) resetting_ = upy::StopLevel::Stop;
  stops_.leave_prompt();
  stop_all_locked({*resetting_, upy::Limit::Request});
}

void ThreadWorker::hurry_reset() {
  std::lock_guard lock(mutex_);
  if (!resetting_) return;
  resetting_ = upy::StopLevel::Kill;
  stop_all_locked({*resetting_, upy::Limit::Request});
}

void ThreadWorker::stop_all_locked(const StopRequest& request) {
  for (const Work work : {stops_.run(), stops_.own_run(), stops_.callback()}) stop_locked(work, request);
  wake_up();
  if (instance_) instance_->request_return();
}

void ThreadWorker::stop_beginner_locked(Work work) {
  if (ending_) {
    stop_locked(work, {upy::StopLevel::Kill, *ending_});
  } else if (finishing_) {
    stop_locked(work, {upy::StopLevel::Stop, upy::Limit::Request});
  } else if (resetting_) {
    stop_locked(work, {*resetting_, upy::Limit::Request});
  }
}

void ThreadWorker::stop_locked(Work work, const StopRequest& request) {
  if (!work) return;
  console_->stop_waiting();
  stops_.stop(work, request);
}

void ThreadWorker::console_changed() {
  std::lock_guard lock(mutex_);
  if (instance_) instance_->request_return();
}

bool ThreadWorker::type(ConsoleLink& client, std::string_view input) {
  std::lock_guard lock(mutex_);
  wake_up();
  const auto typed = client.type(input, [this] { return instance_ ? instance_->interrupt_char() : -1; });
  if (typed.interrupts) {
    console_->stop_waiting();
    stops_.interrupt();
  }
  if (instance_) instance_->wake();
  return typed.has_room;
}

void ThreadWorker::wake() {
  std::lock_guard lock(mutex_);
  if (instance_) instance_->wake();
}

void ThreadWorker::inspect(uint64_t id, const Inspection& inspection) {
  if (const std::unique_lock at_rest(busy_, std::try_to_lock); at_rest && is_attached()) {
    if (const auto answer = upyd::inspect(*interpreter_, inspection)) return listener_->inspected(id, *answer);
  }
  std::unique_lock lock(mutex_);
  if (const Rest why = rest_; why != Rest::None) {
    lock.unlock();
    return listener_->inspected(id, at_rest(why));
  }
  inspections_.push_back({id, inspection});
  if (instance_) instance_->request_safepoint();
}

upy::Figures ThreadWorker::figures() {
  const std::unique_lock at_rest(busy_, std::try_to_lock);
  std::lock_guard lock(mutex_);
  if (!instance_) return figures_;
  if (at_rest) return figures_ = instance_->figures();
  figures_wanted_ = true;
  instance_->request_safepoint();
  return figures_;
}

int64_t ThreadWorker::cpu_ns() const {
  std::lock_guard lock(mutex_);
  return instance_ ? upy::clock_now_ns(cpu_clock_) : final_cpu_ns_;
}

// ---- what the interpreter tells ----

/// One inspection at a time: between two a kill reaches the interpreter, and what it runs goes on.
void ThreadWorker::at_safepoint(upy::Instance& instance) {
  std::unique_lock lock(mutex_);
  if (std::exchange(figures_wanted_, false)) figures_ = instance.figures();
  if (inspections_.empty()) return;
  const auto [id, inspection] = inspections_.front();
  lock.unlock();
  const auto answer = upyd::inspect(instance, inspection);
  if (answer) listener_->inspected(id, *answer);
  lock.lock();
  if (answer) inspections_.pop_front();
  if (!inspections_.empty()) instance.request_safepoint();
}

void ThreadWorker::callback_begins() {
  writer_before_callback_ = console_->set_writer(Writer::Script);
  std::unique_lock lock(mutex_);
  const Work callback = stops_.begin_callback();
  if (!callback) return;
  stop_beginner_locked(callback);
  const int64_t look_ns = callback_deadline_.begin(monotonic_now_ns());
  lock.unlock();
  if (look_ns != Alarms::kNever) look_after_callbacks(look_ns);
}

void ThreadWorker::callback_ended(CallbackEnd end) {
  console_->set_writer(writer_before_callback_);
  std::unique_lock lock(mutex_);
  const auto asked = stops_.end_callback();
  lock.unlock();
  if (!asked) return;
  listener_->callback_stopped(end == CallbackEnd::Killed ? std::optional(asked->limit) : std::nullopt);
}

void ThreadWorker::look_after_callbacks(int64_t when_ns) try {
  parts_.alarms.at(when_ns, [weak = weak_from_this()](int64_t now_ns) {
    const auto self = weak.lock();
    return self ? self->look_after_callback(now_ns) : Alarms::kNever;
  });
} catch (const std::bad_alloc&) {
  std::lock_guard lock(mutex_);
  callback_deadline_.forget_alarm();
}

/// What the alarm does.
int64_t ThreadWorker::look_after_callback(int64_t now_ns) {
  std::lock_guard lock(mutex_);
  const auto [exceeded, again_ns] = callback_deadline_.look(stops_.callback(), now_ns);
  stop_locked(exceeded, {upy::StopLevel::Kill, upy::Limit::Wall});
  return again_ns;
}

}  // namespace upyd
