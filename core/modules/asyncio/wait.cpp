#include <algorithm>
#include <utility>

#include "modules/asyncio/asyncio.h"
#include "objects/containers/list.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "port/time_units.h"

/// asyncio: waiting for some time, for a task at most so long, and for several tasks.
namespace upy {

namespace {

constexpr int64_t kMsPerSecond = 1000;
constexpr int64_t kLongestMs = (int64_t{1} << 61) - 1;  ///< as much as ticks can tell apart

// ---- durations, in nanoseconds ----

Result<int64_t> duration_of_ms(Vm& vm, Value argument) {
  const int64_t ms = TRY(to_int64(vm, argument));
  if (ms > kLongestMs) return vm.raise(Error::ticks_overflow);
  return ms > Clock::kForever / kNsPerMs ? Clock::kForever : std::max<int64_t>(ms, 0) * kNsPerMs;
}

Result<int64_t> duration_of_seconds(Vm& vm, Value argument) {
  const double ms = TRY(to_double(vm, argument)) * kMsPerSecond;
  const double ns = ms * kNsPerMs;
  if (ns > -1e18 && ns < 1e18) return static_cast<int64_t>(ns);
  return duration_of_ms(vm, TRY(double_to_int(vm, ms)));
}

// ---- pauses ----

Result<Value> pause_next(Vm& vm, Value self) {
  AsyncLoop& loop = async_loop(vm);
  auto* pause = static_cast<Pause*>(self.as_object());
  if (loop.came_back(pause) || !pause->is_made) return await_ends(vm, Value::none());
  Task* task = TRY(loop.begin_rest());
  pause->is_made = false;
  if (pause->is_over) return loop.rest_for_turn(task, pause, pause->until_ns);
  return loop.rest_until(task, pause, pause->until_ns);
}

constexpr Awaitable::Kind kPauseKind{};
constinit const Type pause_type{{.name = "awaitable"_n,
                                 .kind = &plain_kind,
                                 .flags = Type::kHashByAddress | Type::kNotSubclassable | Type::kAwaitable,
                                 .slots = {.next = pause_next}}};

/// The loop's own Pause serves all that are awaited as soon as they are made.
Result<Value> make_pause(Vm& vm, int64_t duration_ns) {
  AsyncLoop& loop = async_loop(vm);
  Pause* pause = loop.pause && !loop.pause->is_made ? loop.pause : TRY(new_pause(vm));
  pause->until_ns = loop.after(duration_ns);
  pause->is_over = duration_ns <= 0;
  pause->is_made = true;
  return pause;
}

}  // namespace

Result<Pause*> new_pause(Vm& vm) {
  auto* pause = TRY(vm.allocate<Pause>(pause_type));
  *pause = {{{&pause_type.root}, &kPauseKind}, 0, false, false};
  return pause;
}

Result<Value> asyncio_sleep(Vm& vm, Args args) { return make_pause(vm, TRY(duration_of_seconds(vm, args[0]))); }
Result<Value> asyncio_sleep_ms(Vm& vm, Args args) { return make_pause(vm, TRY(duration_of_ms(vm, args[0]))); }

// ---- wait_for ----

namespace {

struct Limited : Awaitable {
  Value awaitable;  ///< to be awaited; a task once it is
  int64_t duration_ns;
  int64_t until_ns;  ///< once it is awaited
  enum class State : uint8_t { Made, Beginning, Waiting, TimedOut, Ending } state;
  bool is_limited;

  Task* task() const { return static_cast<Task*>(awaitable.as_object()); }
};

/// Lets the running task rest until the awaited one is done; before it was given up, only until its time is over.
Result<Value> rest_limited(Vm& vm, Limited* self) {
  AsyncLoop& loop = async_loop(vm);
  Task* task = TRY(loop.begin_rest());
  if (self->task()->gather || TRY(depends_on(vm, self->task(), task))) return vm.raise(Error::cant_wait);
  self->task()->waiters.add(task);
  return loop.rest(task, self, self->state == Limited::State::Waiting ? self->until_ns : Clock::kForever);
}

Result<void> begin(Vm& vm, Limited* self) {
  AsyncLoop& loop = async_loop(vm);
  TRY(loop.running());
  self->state = Limited::State::Beginning;
  const Result<Task*> task = loop.promote(self->awaitable);  // may ask an object in Python, which may await this
  self->state = Limited::State::Made;
  self->awaitable = TRY(task);
  self->until_ns = loop.after(self->duration_ns);
  self->state = Limited::State::Waiting;
  return {};
}

/// What the end of the awaited task means. In time, it is noticed one turn later, as in MicroPython: until then a
/// cancellation still counts.
Result<Value> end_limited(Vm& vm, Limited* self) {
  AsyncLoop& loop = async_loop(vm);
  self->task()->retrieved = true;
  if (self->state == Limited::State::TimedOut) return vm.raise_with(TimeoutError_type, Value());
  if (self->state == Limited::State::Ending) return await_result(vm, self->task());
  self->state = Limited::State::Ending;
  return loop.rest_for_turn(TRY(loop.begin_rest()), self, loop.now_ns());
}

/// A task that was given up for lack of time may still end as it likes.
Result<Value> limited_next(Vm& vm, Value value) {
  AsyncLoop& loop = async_loop(vm);
  auto* self = static_cast<Limited*>(value.as_object());
  const bool came_back = loop.came_back(self);
  if (self->state == Limited::State::Beginning) return vm.raise(Error::cant_wait);
  if (self->state == Limited::State::Made) TRY(begin(vm, self));
  if (!self->is_limited) return await_task(vm, self->awaitable);
  if (self->task()->is_done()) return end_limited(vm, self);
  if (came_back && self->state == Limited::State::Waiting) {
    self->state = Limited::State::TimedOut;
    TRY(loop.cancel(self->task()));
  }
  return rest_limited(vm, self);
}

void leave_limited(Vm&, Awaitable* self, Task* task) { static_cast<Limited*>(self)->task()->waiters.remove(task); }

/// Cancels the task that it waits for too. That one does not run, as the cancelled one does.
void cancel_limited(Vm& vm, Awaitable* self, Task*) {
  (void)async_loop(vm).cancel(static_cast<Limited*>(self)->task());
}

constexpr Awaitable::Kind kLimitedAwaited{.leave = leave_limited, .cancelled = cancel_limited};
constexpr CellKind kLimitedKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Limited*>(object)->awaitable); }};
constinit const Type limited_type{{.name = "awaitable"_n,
                                   .kind = &kLimitedKind,
                                   .flags = Type::kHashByAddress | Type::kNotSubclassable | Type::kAwaitable,
                                   .slots = {.next = limited_next}}};

Result<Value> wait_for(Vm& vm, Args args, Result<int64_t> (*duration)(Vm&, Value)) {
  const bool is_limited = !args[1].is_none();
  const int64_t duration_ns = is_limited ? TRY(duration(vm, args[1])) : 0;
  auto* self = TRY(vm.allocate<Limited>(limited_type));
  *self = {{{&limited_type.root}, &kLimitedAwaited}, args[0], duration_ns, 0, Limited::State::Made, is_limited};
  return self;
}

}  // namespace

Result<Value> asyncio_wait_for(Vm& vm, Args args) { return wait_for(vm, args, duration_of_seconds); }
Result<Value> asyncio_wait_for_ms(Vm& vm, Args args) { return wait_for(vm, args, duration_of_ms); }

// ---- gather ----

namespace {

/// Several tasks, its parts. A part that is done, or an exception in one, is told to it (part_done), so nobody else can
/// wait for a part meanwhile.
struct Gather : Awaitable {
  enum class State : uint8_t { Made, Beginning, Waiting, Collected };

  List* parts;     ///< what is awaited, Made and Beginning; their tasks, Waiting; their results, Collected
  Task* waiter;    ///< who awaits it; null if nobody does, or it goes on already
  Value error;     ///< the exception of a part that ended the wait; null if none did
  size_t running;  ///< parts that are not done
  bool returns_exceptions;
  State state;

  Task* part(size_t i) const { return static_cast<Task*>(parts->items()[i].as_object()); }
  bool is_failed(Task* task) const { return task->state == Task::State::Raised && !returns_exceptions; }
};

/// Makes tasks of all parts. May ask objects in Python whether they are coroutines.
Result<void> make_tasks(Vm& vm, Gather* self) {
  for (size_t i = 0; i < self->parts->size; i++) {
    TRY(vm.poll());
    Task* task = TRY(async_loop(vm).promote(self->parts->items()[i]));
    self->parts->items()[i] = task;
  }
  return {};
}

/// Makes the parts that are not done its own. Answers whether there is something to wait for: not if a part has failed
/// already.
Result<bool> begin(Vm& vm, Gather* self) {
  AsyncLoop& loop = async_loop(vm);
  self->state = Gather::State::Beginning;
  const Result<void> made = make_tasks(vm, self);
  self->state = Gather::State::Made;
  TRY(made);
  Task* waiter = TRY(loop.begin_rest());
  bool has_failed = false;
  for (size_t i = 0; i < self->parts->size; i++) {
    Task* task = self->part(i);
    if (!task->is_done() && (task->gather || task->waiters.first)) return vm.raise(Error::cant_gather);
    has_failed = has_failed || self->is_failed(task);
    TRY(vm.poll_kill());
  }
  self->state = Gather::State::Waiting;
  for (size_t i = 0; i < self->parts->size && !has_failed; i++) {
    Task* task = self->part(i);
    if (task->is_done() || task->gather) continue;
    task->gather = self;
    self->running++;
    TRY(vm.poll_kill());
  }
  if (self->running > 0) self->waiter = waiter;
  return self->running > 0;
}

/// The results of the parts in order; or the exception of one is raised.
Result<Value> collect(Vm& vm, Gather* self) {
  for (size_t i = 0; i < self->parts->size; i++) {
    Task* task = self->part(i);
    if (task->gather == self) task->gather = nullptr;
    if (!task->is_done()) continue;
    task->retrieved = true;
    if (!self->error && self->is_failed(task)) self->error = task->result;
    TRY(vm.poll_kill());
  }
  if (self->error) return vm.raise(self->error);
  self->state = Gather::State::Collected;
  for (size_t i = 0; i < self->parts->size; i++) self->parts->items()[i] = self->part(i)->result;
  return await_ends(vm, self->parts);
}

Result<Value> gather_next(Vm& vm, Value value) {
  AsyncLoop& loop = async_loop(vm);
  auto* self = static_cast<Gather*>(value.as_object());
  if (loop.came_back(self)) return collect(vm, self);
  if (self->state == Gather::State::Collected) return await_ends(vm, self->parts);
  if (self->state != Gather::State::Made) return vm.raise(Error::cant_wait);
  TRY(loop.running());
  return TRY(begin(vm, self)) ? loop.rest(self->waiter, self) : collect(vm, self);
}

void leave_gather(Vm&, Awaitable* self, Task*) { static_cast<Gather*>(self)->waiter = nullptr; }

/// Cancels the parts too.
void cancel_gather(Vm& vm, Awaitable* awaitable, Task*) {
  auto* self = static_cast<Gather*>(awaitable);
  for (size_t i = 0; i < self->parts->size; i++) {
    Task* task = self->part(i);
    if (task->gather != self) continue;
    task->gather = nullptr;
    (void)async_loop(vm).cancel(task);
  }
}

void trace_gather(Object* object, Marker& marker) {
  auto* self = static_cast<Gather*>(object);
  marker.mark(self->parts);
  marker.mark(self->waiter);
  marker.mark(self->error);
}

constexpr Awaitable::Kind kGatherAwaited{.leave = leave_gather, .cancelled = cancel_gather};
constexpr CellKind kGatherKind{.trace = trace_gather};
constinit const Type gather_type{{.name = "awaitable"_n,
                                  .kind = &kGatherKind,
                                  .flags = Type::kHashByAddress | Type::kNotSubclassable | Type::kAwaitable,
                                  .slots = {.next = gather_next}}};

}  // namespace

void part_done(Vm& vm, Awaitable* gather, Task* part) {
  auto* self = static_cast<Gather*>(gather);
  if (!self->waiter) return;
  if (self->is_failed(part))
    self->error = part->result;
  else if (--self->running > 0)
    return;
  async_loop(vm).wake(std::exchange(self->waiter, nullptr));
}

Result<Value> asyncio_gather(Vm& vm, Args args) {
  constexpr Parameter kParameters[] = {{"return_exceptions"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)}};
  Value returns_exceptions;
  TRY(parse_arguments(vm, args.skip(args.positional), kParameters, &returns_exceptions));
  const bool returns = TRY(truth(vm, returns_exceptions));
  List* parts = TRY(List::make(vm, args.positional));
  for (uint32_t i = 0; i < args.positional; i++) TRY(parts->append(vm, args[i]));
  auto* self = TRY(vm.allocate<Gather>(gather_type));
  *self = {{{&gather_type.root}, &kGatherAwaited}, parts, nullptr, Value(), 0, returns, Gather::State::Made};
  return self;
}

}  // namespace upy
