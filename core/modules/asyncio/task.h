#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// asyncio: tasks, and what they await.
///
/// A task is a coroutine that the loop runs piece by piece. Whenever the coroutine yields, the task rests: it stands in
/// the loop's RunQueue, with the time when it is to go on, or it waits for something that will wake it, or both, if it
/// waits until some time at most. Waking puts it into the RunQueue for now.
///
/// What tasks await here is an Awaitable: an iterator that ends at once if there is nothing to wait for, and else lets
/// the running task rest and gives None, which its coroutine yields. When the task goes on it asks the Awaitable again,
/// which ends then, with the result. That a task comes back is known by the loop (AsyncLoop::came_back), not by the
/// Awaitable. So an event or a lock can be awaited by itself, by any number of tasks, without memory for it.
namespace upy {

struct Task;

/// Something to await.
struct Awaitable : Object {
  /// What is to be done when a task is cancelled that awaits it.
  struct Kind {
    /// Forgets the task, which waits for this and goes on before it was woken. Null: it never waits.
    void (*leave)(Vm& vm, Awaitable* self, Task* task) = nullptr;
    /// An exception is about to be raised in the task where it awaits this. Null: nothing to do.
    void (*cancelled)(Vm& vm, Awaitable* self, Task* task) = nullptr;
  };
  const Kind* kind;
};

/// The value as an Awaitable, a task or another; null if it is none. Types whose objects are Awaitables have
/// Type::kAwaitable.
Awaitable* as_awaitable(Value value);

/// Tasks that wait for the same, in order. A task is in one of these lists at most.
struct Waiters {
  Task* first = nullptr;
  Task* last = nullptr;
  size_t count = 0;

  void add(Task* task);
  /// The first task, which leaves the list; null if there is none.
  Task* take();
  void remove(Task* task);  ///< which need not be there
  void mark(Marker& marker) const;
};

/// A task. Its links belong to the RunQueue and the Waiters that it is in.
struct Task : Awaitable {
  enum class State : uint8_t { Running, Returned, Raised };

  Value coroutine;      ///< a generator, an Awaitable, or anything with send() and throw(); null: ends at once
  Value result;         ///< what it returned, or the exception that ended it; None while it runs
  Value thrown;         ///< raised where it awaits when it goes on; null: nothing
  Awaitable* rests_at;  ///< what it awaits; null if that is none
  Waiters waiters;      ///< who awaits it
  Awaitable* gather;    ///< of which it is a part; null if of none
  State state;
  bool waits;      ///< for rests_at, which is to wake it
  bool is_queued;  ///< in the RunQueue
  bool retrieved;  ///< somebody got its result, or is about to
  uint8_t rank;    ///< as the RunQueue has it, to which the links left, right and parent belong

  int64_t due_ns;  ///< when it goes on, if it is queued
  uint64_t order;  ///< among those that are due at the same time
  Task *left, *right, *parent;
  Waiters* waits_among;  ///< the list that it is in; null if it is in none
  Task *next_waiter, *previous_waiter;

  bool is_done() const { return state != State::Running; }
  /// A new task, which is not queued. TypeError if `coroutine` is none; null stands for one that does nothing.
  static Result<Task*> make(Vm& vm, Value coroutine);
};

extern const Type task_type;

/// The value as a task; null if it is none.
inline Task* as_task(Value value) {
  return is_exactly(value, task_type) ? static_cast<Task*>(value.as_object()) : nullptr;
}

/// Whether the task is the other, or awaits one that does.
Result<bool> depends_on(Vm& vm, const Task* task, const Task* other);
/// The end of an await of a task that is done: its result, or its exception, which is raised. It counts as retrieved.
Result<Value> await_result(Vm& vm, Task* task);
/// What awaiting the task means: its result if it is done, raised if it is an exception, else Value::none() after the
/// running task was let rest. As a `next` slot.
Result<Value> await_task(Vm& vm, Value task);

/// The end of an await, with a result: what a `next` slot answers.
inline Value await_ends(Vm& vm, Value result) {
  vm.stop_value = result;
  return Value::stop();
}

}  // namespace upy
