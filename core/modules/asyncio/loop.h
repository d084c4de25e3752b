#pragma once

#include "modules/asyncio/queue.h"
#include "objects/streams/stream_poll.h"

namespace upy {

/// An Awaitable that ends when a stream is ready. What tasks await of it stands in types derived from this.
struct Polling : Awaitable {
  Value stream;
  int64_t events;  ///< StreamOps::PollFlag
};

/// An Awaitable that lasts until some time, for one await; see AsyncLoop::pause.
struct Pause : Awaitable {
  int64_t until_ns;
  bool is_over;  ///< that time is past already: it lasts until the others that are due have had their turn
  bool is_made;  ///< and not awaited yet
};

/// The event loop of an instance: it runs tasks, and waits where none is due.
///
/// Tasks take turns: the one that is due first goes on until it yields. Between any two the loop lets callbacks run,
/// polls the streams that tasks wait for, and wakes who waits for a flag that was set. When nothing is due it sleeps
/// as long as there is nothing to do, also without end: a callback may still wake a task.
class AsyncLoop final : public ModuleState {
 public:
  static constexpr char kKey = 0;
  explicit AsyncLoop(Vm& vm) : vm_(vm) {}
  void mark(Marker& marker) override;

  // ---- tasks ----

  /// A new task for a coroutine, which is due now. TypeError if it is none.
  Result<Task*> create_task(Value coroutine);
  /// The value itself if it is a task, else a new one for it.
  Result<Task*> promote(Value awaitable);
  /// Runs tasks until that one is done. Answers its result, or raises its exception.
  Result<Value> run_until_complete(Task* main);
  /// Has CancelledError raised in a task where it awaits, or in the task that it awaits. False if it is done;
  /// RuntimeError if it runs.
  Result<bool> cancel(Task* task);
  /// Ends run_forever when its turn comes.
  void stop();
  Result<Value> run_forever();
  /// Forgets the tasks that are due or wait for streams.
  Result<void> reset();
  /// Calls the handler of exceptions, or the default one, with (loop, context).
  Result<void> call_exception_handler(Value context);

  /// The running task; null if there is none.
  Task* current() const { return current_; }
  /// The same; RuntimeError if there is none.
  Result<Task*> running();

  // ---- for Awaitables ----

  /// The running task, which is to rest. RuntimeError if there is none, or if it rests already: a coroutine that began
  /// to await something must yield first.
  Result<Task*> begin_rest();
  /// Whether the running task awaited this and now goes on. True once.
  bool came_back(Awaitable* awaitable);
  /// Lets the running task rest until it is woken, or until that time. Answers what the Awaitable is to give.
  Value rest(Task* task, Awaitable* awaitable, int64_t until_ns = Clock::kForever);
  /// Lets it rest until that time; nothing wakes it.
  Value rest_until(Task* task, Awaitable* awaitable, int64_t until_ns);
  /// Lets it rest until those that are due for longer have had their turn.
  Value rest_for_turn(Task* task, Awaitable* awaitable, int64_t since_ns);
  /// Lets it rest until the stream is ready.
  Value rest_polling(Task* task, Polling* polling);
  static const Awaitable::Kind kPollingKind;
  /// Puts a task that waits into the queue, for now.
  void wake(Task* task);
  /// Has a task woken when the loop comes to it: for what is called from callbacks.
  void wake_later(Task* task) { signalled_.add(task); }
  /// Takes a task out of those that are to be woken later.
  void forget_signal(Task* task) { signalled_.remove(task); }

  int64_t now_ns() const { return vm_.ports.clock.monotonic_ns(); }
  /// The time after a duration, which may be as long as it likes, or negative.
  int64_t after(int64_t duration_ns) const;

  Pause* pause = nullptr;   ///< is used for one pause after the other, while none is made and not awaited
  Value exception_handler;  ///< null: the default one

 private:
  Result<Task*> next_task();
  Result<void> poll_streams(StreamWait& wait);
  Result<void> run_tasks(Task* main);
  Result<void> step(Task* task);
  Result<Value> advance(Value coroutine, Value thrown);
  Result<void> end_by_exception(Task* task);
  Result<void> end(Task* task, Task::State state, Value result);
  Result<void> report(Task* task);
  void leave(Task* task);
  void go_on_now(Task* task);
  bool pass_to(Task* main);
  static void leave_polling(Vm& vm, Awaitable* polling, Task* task);

  Vm& vm_;
  RunQueue queue_;
  Task* current_ = nullptr;
  Awaitable* returns_to_ = nullptr;  ///< what the running task awaited, until it asks for it
  Waiters polling_, signalled_;
  Task* stopper_ = nullptr;  ///< what run_forever waits for
};

inline AsyncLoop& async_loop(Vm& vm) { return vm.state<AsyncLoop>(); }

// ---- Awaitables that the loop knows of ----

/// A part of that gather is done.
void part_done(Vm& vm, Awaitable* gather, Task* part);

/// A new Pause, which is not made.
Result<Pause*> new_pause(Vm& vm);

}  // namespace upy
