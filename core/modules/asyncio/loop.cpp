#include "modules/asyncio/loop.h"

#include <algorithm>
#include <utility>

#include "modules/asyncio/asyncio.h"
#include "objects/containers/dict.h"
#include "objects/model/exception.h"
#include "objects/model/generator.h"
#include "objects/model/iteration.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

void AsyncLoop::mark(Marker& marker) {
  queue_.mark(marker);
  polling_.mark(marker);
  signalled_.mark(marker);
  for (const Object* object : std::initializer_list<const Object*>{current_, returns_to_, stopper_, pause})
    marker.mark(object);
  marker.mark(exception_handler);
}

// ---- tasks ----

Result<Task*> AsyncLoop::create_task(Value coroutine) {
  Task* task = TRY(Task::make(vm_, coroutine));
  if (!pause) pause = TRY(new_pause(vm_));  // so that pausing needs no memory later
  queue_.push_due(task, now_ns());
  return task;
}

Result<Task*> AsyncLoop::promote(Value awaitable) {
  if (Task* task = as_task(awaitable)) return task;
  return create_task(awaitable);
}

Result<Task*> AsyncLoop::running() {
  if (!current_) return vm_.raise(Error::no_event_loop);
  return current_;
}

/// Takes a task away from what it waits for.
void AsyncLoop::leave(Task* task) {
  task->waits = false;
  task->rests_at->kind->leave(vm_, task->rests_at, task);
}

/// Takes a task away from what it waits for, and puts it into the queue for now unless it is due already.
void AsyncLoop::go_on_now(Task* task) {
  const int64_t now = now_ns();
  if (task->waits)
    leave(task);
  else if (task->due_ns <= now)
    return;
  if (task->is_queued) queue_.remove(task);
  queue_.push_due(task, now);
}

Result<bool> AsyncLoop::cancel(Task* task) {
  if (task->is_done()) return false;
  if (task == current_) return vm_.raise(Error::cant_cancel_self);
  while (Task* awaited = task->waits ? as_task(task->rests_at) : nullptr) {
    task = awaited;
    TRY(vm_.poll_kill());
  }
  task->thrown = &CancelledError_type;
  if (task != current_) go_on_now(task);
  return true;
}

Result<void> AsyncLoop::reset() {
  while (Task* task = queue_.first()) {
    queue_.remove(task);
    TRY(vm_.poll_kill());
  }
  for (Waiters* waiters : {&polling_, &signalled_}) {
    while (Task* task = waiters->take()) {
      task->waits = false;
      TRY(vm_.poll_kill());
    }
  }
  return {};
}

// ---- resting ----

Result<Task*> AsyncLoop::begin_rest() {
  Task* task = TRY(running());
  if (task->waits || task->is_queued) return vm_.raise(Error::cant_wait);
  return task;
}

bool AsyncLoop::came_back(Awaitable* awaitable) {
  if (returns_to_ != awaitable) return false;
  returns_to_ = nullptr;
  return true;
}

Value AsyncLoop::rest(Task* task, Awaitable* awaitable, int64_t until_ns) {
  task->rests_at = awaitable;
  task->waits = true;
  if (until_ns != Clock::kForever) queue_.push(task, until_ns);
  return Value::none();
}

Value AsyncLoop::rest_until(Task* task, Awaitable* awaitable, int64_t until_ns) {
  task->rests_at = awaitable;
  queue_.push(task, until_ns);
  return Value::none();
}

Value AsyncLoop::rest_for_turn(Task* task, Awaitable* awaitable, int64_t since_ns) {
  task->rests_at = awaitable;
  queue_.push_due(task, since_ns);
  return Value::none();
}

Value AsyncLoop::rest_polling(Task* task, Polling* polling) {
  polling_.add(task);
  return rest(task, polling);
}

void AsyncLoop::leave_polling(Vm& vm, Awaitable*, Task* task) { async_loop(vm).polling_.remove(task); }
constinit const Awaitable::Kind AsyncLoop::kPollingKind{.leave = leave_polling};

void AsyncLoop::wake(Task* task) {
  task->waits = false;
  if (task->is_queued) queue_.remove(task);
  queue_.push_due(task, now_ns());
}

int64_t AsyncLoop::after(int64_t duration_ns) const {
  const int64_t now = now_ns();
  return duration_ns > Clock::kForever - now ? Clock::kForever : now + std::max<int64_t>(duration_ns, 0);
}

// ---- running ----

Result<Value> AsyncLoop::run_until_complete(Task* main) {
  TRY(vm_.check_stack());
  Task* const outer = std::exchange(current_, nullptr);
  Result<void> ran = run_tasks(main);
  current_ = outer;
  TRY(ran);
  main->retrieved = true;
  if (main->state == Task::State::Raised) return vm_.raise(main->result);
  return main->result;
}

Result<void> AsyncLoop::run_tasks(Task* main) {
  while (!main->is_done()) {
    Result<Task*> next = next_task();
    if (!next && !pass_to(main)) return Failure{};
    if (next) TRY((*next)->is_done() ? report(*next) : step(*next));
  }
  return {};
}

/// An interrupt or a stop that comes while the loop waits is raised where the main task awaits, so that it can put
/// things in order.
bool AsyncLoop::pass_to(Task* main) {
  if (!main->coroutine) return false;
  Value exception = vm_.take_pending(KeyboardInterrupt_type);
  if (!exception) exception = vm_.take_pending(SystemExit_type);
  if (!exception) return false;
  go_on_now(main);
  main->thrown = exception;
  return true;
}

/// Waits until a task is due, and takes it out of the queue.
Result<Task*> AsyncLoop::next_task() {
  StreamWait wait(vm_);
  TRY(vm_.poll());
  while (true) {
    TRY(poll_streams(wait));
    while (Task* task = signalled_.take()) {
      wake(task);
      TRY(vm_.poll_kill());
    }
    Task* task = queue_.first();
    if (task && task->due_ns <= now_ns()) {
      queue_.remove(task);
      if (task->waits) leave(task);
      return task;
    }
    TRY(wait.sleep_until(task ? task->due_ns : Clock::kForever));
  }
}

/// Wakes the tasks whose streams are ready. A stream in Python may do anything when it is asked, so who waits for it is
/// taken out of the list meanwhile. Its exceptions are raised where it is awaited.
Result<void> AsyncLoop::poll_streams(StreamWait& wait) {
  for (size_t left = polling_.count; left > 0 && polling_.first; left--) {
    TRY(vm_.poll_kill());
    Task* task = polling_.take();
    auto* polling = static_cast<Polling*>(task->rests_at);
    Result<int64_t> found = poll_stream(vm_, polling->stream, polling->events);
    const Value exception = found ? Value() : vm_.take_pending(Exception_type);
    const bool goes_on = exception || (found && *found);
    if (task->waits && task->rests_at == polling) {
      if (exception) task->thrown = exception;
      goes_on ? wake(task) : polling_.add(task);
    }
    if (!found && !exception) return Failure{};
    if (!goes_on) wait.add(polling->stream, polling->events);
  }
  return {};
}

Result<void> AsyncLoop::step(Task* task) {
  const Value thrown = std::exchange(task->thrown, Value());
  Awaitable* const awaited = std::exchange(task->rests_at, nullptr);
  current_ = task;
  if (thrown && awaited && awaited->kind->cancelled) awaited->kind->cancelled(vm_, awaited, task);
  returns_to_ = thrown ? nullptr : awaited;
  Result<Value> item = task->coroutine ? advance(task->coroutine, thrown) : await_ends(vm_, Value::none());
  returns_to_ = nullptr;
  current_ = nullptr;
  if (!item) return end_by_exception(task);
  if ((*item).is_stop()) {
    TRY(end(task, Task::State::Returned, vm_.stop_value ? vm_.stop_value : Value::none()));
  } else if (!task->waits && !task->is_queued) {
    queue_.push_due(task, now_ns());
  } else if (task->thrown) {
    go_on_now(task);
  }
  return {};
}

/// Lets a coroutine go on until it yields or, Value::stop(), ends; with an exception raised where it stands if there is
/// one.
Result<Value> AsyncLoop::advance(Value coroutine, Value thrown) {
  if (is_exactly(coroutine, generator_type))
    return vm_.resume(static_cast<Generator*>(coroutine.as_object()), Value::none(), thrown);
  if (Awaitable* awaitable = as_awaitable(coroutine))
    return thrown ? Result<Value>(vm_.raise(thrown)) : get_next(vm_, awaitable);
  Result<Value> item =
      thrown ? vm_.call_method(coroutine, "throw"_n, {thrown}) : vm_.call_method(coroutine, "send"_n, {Value::none()});
  return item ? item : end_by_stop_iteration(vm_);
}

Result<void> AsyncLoop::end(Task* task, Task::State state, Value result) {
  if (task->waits) leave(task);
  if (task->is_queued) queue_.remove(task);
  task->state = state;
  task->result = result;
  if (Awaitable* gather = std::exchange(task->gather, nullptr)) {
    task->retrieved = true;
    part_done(vm_, gather, task);
  }
  while (Task* waiter = task->waiters.take()) {
    task->retrieved = true;
    wake(waiter);
    TRY(vm_.poll_kill());
  }
  return {};
}

/// Whatever is neither an Exception nor a CancelledError ends the loop as well. An exception that nobody waits for is
/// reported at the task's next turn, if nobody asked for it by then.
Result<void> AsyncLoop::end_by_exception(Task* task) {
  if (vm_.killed()) return Failure{};
  const Value exception = vm_.take_pending();
  TRY(end(task, Task::State::Raised, exception));
  const bool cancelled = is_subtype(type_of(exception), &CancelledError_type);
  if (!cancelled && !is_subtype(type_of(exception), &Exception_type)) {
    task->retrieved = true;
    return vm_.raise(exception);
  }
  if (!task->retrieved && !cancelled) queue_.push_due(task, now_ns());
  return {};
}

// ---- without end ----

Result<Value> AsyncLoop::run_forever() {
  stopper_ = TRY(Task::make(vm_, Value()));
  Task* const stopper = stopper_;
  TRY(run_until_complete(stopper));
  return Value::none();
}

void AsyncLoop::stop() {
  if (Task* stopper = std::exchange(stopper_, nullptr)) queue_.push_due(stopper, now_ns());
}

// ---- exceptions that nobody asked for ----

Result<void> AsyncLoop::report(Task* task) {
  if (std::exchange(task->retrieved, true)) return {};
  Dict* context = TRY(Dict::make(vm_, 3));
  TRY(context->set(vm_, "message"_n, "Task exception wasn't retrieved"_n));
  TRY(context->set(vm_, "exception"_n, task->result));
  TRY(context->set(vm_, "future"_n, task));
  return call_exception_handler(context);
}

Result<void> AsyncLoop::call_exception_handler(Value context) {
  if (!exception_handler) return print_context(vm_, context);
  TRY(vm_.call(exception_handler, {&loop_object, context}));
  return {};
}

}  // namespace upy
