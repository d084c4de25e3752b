#include "modules/asyncio/task.h"

#include "modules/asyncio/loop.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/generator.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

Awaitable* as_awaitable(Value value) {
  value = native_of(value);
  return type_of(value)->flags & Type::kAwaitable ? static_cast<Awaitable*>(value.as_object()) : nullptr;
}

// ---- waiters ----

void Waiters::add(Task* task) {
  task->waits_among = this;
  task->next_waiter = nullptr;
  task->previous_waiter = last;
  (last ? last->next_waiter : first) = task;
  last = task;
  count++;
}

Task* Waiters::take() {
  Task* task = first;
  if (task) remove(task);
  return task;
}

void Waiters::remove(Task* task) {
  if (task->waits_among != this) return;
  (task->previous_waiter ? task->previous_waiter->next_waiter : first) = task->next_waiter;
  (task->next_waiter ? task->next_waiter->previous_waiter : last) = task->previous_waiter;
  task->waits_among = nullptr;
  task->next_waiter = task->previous_waiter = nullptr;
  count--;
}

void Waiters::mark(Marker& marker) const {
  marker.mark(first);
  marker.mark(last);
}

// ---- tasks ----

namespace {

void leave_task(Vm&, Awaitable* self, Task* task) { static_cast<Task*>(self)->waiters.remove(task); }
constexpr Awaitable::Kind kTaskAwaited{.leave = leave_task};

Result<bool> is_coroutine(Vm& vm, Value value) {
  if (as_task(value)) return false;
  if (is_exactly(value, generator_type) || as_awaitable(value)) return true;
  return !TRY(find_attr(vm, value, "send"_n)).is_absent();
}

Task* self_of(Args args) { return static_cast<Task*>(args[0].as_object()); }

Result<Value> task_done(Vm&, Args args) { return Value::boolean(self_of(args)->is_done()); }

Result<Value> task_cancel(Vm& vm, Args args) { return Value::boolean(TRY(async_loop(vm).cancel(self_of(args)))); }

Result<Value> task_get_attr(Vm&, Value self, const Str* name) {
  auto* task = static_cast<Task*>(self.as_object());
  if (name == "coro"_n) return task->coroutine ? task->coroutine : Value::none();
  return Value::absent();
}

void trace_task(Object* object, Marker& marker) {
  auto* task = static_cast<Task*>(object);
  for (const Value value : {task->coroutine, task->result, task->thrown}) marker.mark(value);
  for (const Task* other : {task->left, task->right, task->parent, task->next_waiter}) marker.mark(other);
  marker.mark(task->rests_at);
  marker.mark(task->gather);
  task->waiters.mark(marker);
}
constexpr CellKind kTaskKind{.trace = trace_task};

constexpr Member kMembers[] = {
    {"cancel"_n, native<task_cancel, 1>},
    {"done"_n, native<task_done, 1>},
};

}  // namespace

Result<Task*> Task::make(Vm& vm, Value coroutine) {
  if (coroutine && !TRY(is_coroutine(vm, coroutine))) return vm.raise(Error::coroutine_expected);
  auto* task = TRY(vm.allocate<Task>(task_type));
  *task = {{{&task_type.root}, &kTaskAwaited}, coroutine};
  task->result = Value::none();
  return task;
}

Result<bool> depends_on(Vm& vm, const Task* task, const Task* other) {
  while (task && task != other) {
    task = task->waits ? as_task(task->rests_at) : nullptr;
    TRY(vm.poll_kill());
  }
  return task != nullptr;
}

Result<Value> await_result(Vm& vm, Task* task) {
  task->retrieved = true;
  if (task->state == Task::State::Raised) return vm.raise(task->result);
  return await_ends(vm, task->result);
}

Result<Value> await_task(Vm& vm, Value value) {
  AsyncLoop& loop = async_loop(vm);
  auto* task = static_cast<Task*>(value.as_object());
  if (task->is_done()) return await_result(vm, task);
  Task* current = TRY(loop.begin_rest());
  if (task->gather || TRY(depends_on(vm, task, current))) return vm.raise(Error::cant_wait);
  task->waiters.add(current);
  return loop.rest(current, task);
}

constinit const Type task_type{{.name = "Task"_n,
                                .kind = &kTaskKind,
                                .members = kMembers,
                                .flags = Type::kHashByAddress | Type::kNotSubclassable | Type::kAwaitable,
                                .slots = {.next = await_task, .get_attr = task_get_attr}}};

}  // namespace upy
