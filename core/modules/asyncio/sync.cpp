#include <utility>

#include "modules/asyncio/asyncio.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/streams/stream.h"

/// asyncio: Event, Lock and ThreadSafeFlag. Their coroutines are they themselves: each is what its wait() or acquire()
/// answers.
namespace upy {

namespace {

constexpr uint32_t kTypeFlags = Type::kHashByAddress | Type::kAwaitable;

/// The object itself, to be awaited.
Result<Value> itself(Vm&, Args args) { return args[0]; }

// ---- Event ----

struct Event : Awaitable {
  Waiters waiters;
  bool is_set;
};

Event* event_of(Value self) { return static_cast<Event*>(native_of(self).as_object()); }

void leave_event(Vm&, Awaitable* self, Task* task) { static_cast<Event*>(self)->waiters.remove(task); }
constexpr Awaitable::Kind kEventAwaited{.leave = leave_event};

Result<Value> event_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 0));
  auto* event = TRY(vm.allocate<Event>(*type));
  *event = {{{&type->root}, &kEventAwaited}, {}, false};
  return event;
}

/// Whoever was woken by it is through, even if it was cleared since.
Result<Value> event_next(Vm& vm, Value self) {
  AsyncLoop& loop = async_loop(vm);
  Event* event = event_of(self);
  if (loop.came_back(event) || event->is_set) return await_ends(vm, Value::boolean(true));
  Task* task = TRY(loop.begin_rest());
  event->waiters.add(task);
  return loop.rest(task, event);
}

Result<Value> event_set(Vm& vm, Args args) {
  Event* event = event_of(args[0]);
  event->is_set = true;
  while (Task* task = event->waiters.take()) {
    async_loop(vm).wake(task);
    TRY(vm.poll_kill());
  }
  return Value::none();
}

Result<Value> event_clear(Vm&, Args args) {
  event_of(args[0])->is_set = false;
  return Value::none();
}

Result<Value> event_is_set(Vm&, Args args) { return Value::boolean(event_of(args[0])->is_set); }

constexpr CellKind kEventKind{
    .trace = [](Object* object, Marker& marker) { static_cast<Event*>(object)->waiters.mark(marker); }};

constexpr Member kEventMembers[] = {
    {"clear"_n, native<event_clear, 1>},
    {"is_set"_n, native<event_is_set, 1>},
    {"set"_n, native<event_set, 1>},
    {"wait"_n, native<itself, 1>},
};

// ---- Lock ----

/// A lock that is released goes to the task that waited longest, its heir, which has it when it goes on. Until then
/// nobody has it, but nobody else can get it.
struct Lock : Awaitable {
  Waiters waiters;
  Task* heir;
  bool is_locked;
};

Lock* lock_of(Value self) { return static_cast<Lock*>(native_of(self).as_object()); }

void pass_on(Vm& vm, Lock* lock) {
  lock->is_locked = false;
  lock->heir = lock->waiters.take();
  if (lock->heir) async_loop(vm).wake(lock->heir);
}

void leave_lock(Vm&, Awaitable* self, Task* task) { static_cast<Lock*>(self)->waiters.remove(task); }

/// An heir that is cancelled does not go on with the lock.
void cancel_heir(Vm& vm, Awaitable* self, Task* task) {
  auto* lock = static_cast<Lock*>(self);
  if (lock->heir == task) pass_on(vm, lock);
}

constexpr Awaitable::Kind kLockAwaited{.leave = leave_lock, .cancelled = cancel_heir};

Result<Value> lock_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 0));
  auto* lock = TRY(vm.allocate<Lock>(*type));
  *lock = {{{&type->root}, &kLockAwaited}, {}, nullptr, false};
  return lock;
}

Result<Value> lock_next(Vm& vm, Value self) {
  AsyncLoop& loop = async_loop(vm);
  Lock* lock = lock_of(self);
  TRY(loop.running());
  const bool is_heir = loop.came_back(lock);
  if (!is_heir && (lock->is_locked || lock->heir)) {
    Task* task = TRY(loop.begin_rest());
    lock->waiters.add(task);
    return loop.rest(task, lock);
  }
  lock->heir = nullptr;
  lock->is_locked = true;
  return await_ends(vm, Value::boolean(true));
}

Result<Value> lock_release(Vm& vm, Args args) {
  Lock* lock = lock_of(args[0]);
  if (!lock->is_locked) return vm.raise(Error::lock_not_acquired);
  pass_on(vm, lock);
  return Value::none();
}

Result<Value> lock_locked(Vm&, Args args) { return Value::boolean(lock_of(args[0])->is_locked); }

/// An await that is over at once.
Result<Value> done_next(Vm& vm, Value) { return await_ends(vm, Value::none()); }
constexpr Awaitable::Kind kDoneAwaited{};
constinit const Type done_type{
    {.name = "awaitable"_n, .kind = &plain_kind, .flags = kTypeFlags, .slots = {.next = done_next}}};
constinit const Awaitable kDone{{&done_type.root}, &kDoneAwaited};

Result<Value> lock_exit(Vm& vm, Args args) {
  TRY(lock_release(vm, args));
  return &kDone;
}

void trace_lock(Object* object, Marker& marker) {
  auto* lock = static_cast<Lock*>(object);
  lock->waiters.mark(marker);
  marker.mark(lock->heir);
}
constexpr CellKind kLockKind{.trace = trace_lock};

constexpr Member kLockMembers[] = {
    {"__aenter__"_n, native<itself, 1>},  {"__aexit__"_n, native<lock_exit, 4>},  {"acquire"_n, native<itself, 1>},
    {"locked"_n, native<lock_locked, 1>}, {"release"_n, native<lock_release, 1>},
};

// ---- ThreadSafeFlag ----

/// A flag that may be set at any time, by callbacks and hard handlers too. The loop wakes who waits for it between two
/// tasks; it rests again if the flag was cleared since.
struct Flag : Awaitable {
  Task* waiter;  ///< null: nobody, or one that is to be woken already
  bool is_set;
};

Flag* flag_of(Value self) { return static_cast<Flag*>(native_of(self).as_object()); }

void leave_flag(Vm& vm, Awaitable* self, Task* task) {
  auto* flag = static_cast<Flag*>(self);
  if (flag->waiter == task)
    flag->waiter = nullptr;
  else
    async_loop(vm).forget_signal(task);
}
constexpr Awaitable::Kind kFlagAwaited{.leave = leave_flag};

Result<Value> flag_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 0));
  auto* flag = TRY(vm.allocate<Flag>(*type));
  *flag = {{{&type->root}, &kFlagAwaited}, nullptr, false};
  return flag;
}

Result<Value> flag_next(Vm& vm, Value self) {
  AsyncLoop& loop = async_loop(vm);
  Flag* flag = flag_of(self);
  loop.came_back(flag);
  if (std::exchange(flag->is_set, false)) return await_ends(vm, Value::none());
  Task* task = TRY(loop.begin_rest());
  if (flag->waiter) return vm.raise(Error::cant_wait);
  flag->waiter = task;
  return loop.rest(task, flag);
}

Result<Value> flag_set(Vm& vm, Args args) {
  Flag* flag = flag_of(args[0]);
  flag->is_set = true;
  if (Task* waiter = std::exchange(flag->waiter, nullptr)) async_loop(vm).wake_later(waiter);
  return Value::none();
}

Result<Value> flag_clear(Vm&, Args args) {
  flag_of(args[0])->is_set = false;
  return Value::none();
}

/// To select.poll it is a stream that can be read while it is set.
Result<int64_t> flag_ioctl(Vm& vm, Value self, int request, int64_t events) {
  if (request != StreamOps::kPoll) return vm.raise_os_error(EINVAL);
  return flag_of(self)->is_set ? events & StreamOps::kReadable : 0;
}

constexpr CellKind kFlagKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Flag*>(object)->waiter); }};
constexpr StreamOps kFlagOps{.ioctl = flag_ioctl};

constexpr Member kFlagMembers[] = {
    {"clear"_n, native<flag_clear, 1>},
    {"set"_n, native<flag_set, 1>},
    {"wait"_n, native<itself, 1>},
};

}  // namespace

constinit const Type event_type{{.name = "Event"_n,
                                 .kind = &kEventKind,
                                 .members = kEventMembers,
                                 .flags = kTypeFlags,
                                 .slots = {.construct = event_construct, .next = event_next}}};
constinit const Type lock_type{{.name = "Lock"_n,
                                .kind = &kLockKind,
                                .members = kLockMembers,
                                .flags = kTypeFlags,
                                .slots = {.construct = lock_construct, .next = lock_next}}};
constinit const Type thread_safe_flag_type{
    {.name = "ThreadSafeFlag"_n,
     .kind = &kFlagKind,
     .members = kFlagMembers,
     .flags = kTypeFlags,
     .slots = {.construct = flag_construct, .next = flag_next, .stream = &kFlagOps}}};

}  // namespace upy
