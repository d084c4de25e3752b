#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "objects/runtime/vm.h"
#include "upy/mem_info.h"

/// Callbacks that wait to be run between opcodes.
///
/// The queue holds pairs of a callable and its argument, in order. At a safepoint one of them is run, unless the
/// scheduler is locked: it is while a callback or a hard interrupt handler runs, so none ever runs inside another.
/// `micropython.schedule` fills the queue, and so do the soft handlers of events. The handlers themselves are found by
/// the token that the instance gave its host when it subscribed to a source of events.
namespace upy {

/// The event that a callback stands for. `begin` is called with it right before the callback starts; null: nothing is.
struct Cause {
  void (*begin)(Value target, const Event& event) = nullptr;
  Value target;
  Event event{};
};

class Scheduler {
 public:
  /// What happens with an event of a source: runs on the instance's thread. `target` is the object that subscribed.
  using Handler = Result<void> (*)(Vm& vm, Value target, const Event& event);

  /// `depth` must be a power of two.
  Scheduler(Vm& vm, uint32_t depth);

  // ---- the queue ----

  /// Queues callable(argument). False: the queue is full.
  bool schedule(Value callable, Value argument, const Cause& cause = {});
  /// Queues on behalf of an event; a full queue drops and counts it, and the answer is false.
  bool schedule_event(Value callable, Value argument, const Cause& cause = {});
  /// Whether callable(argument) is queued and has not begun.
  bool waits(Value callable, Value argument) const;
  /// Counts events that got no callback of their own because an earlier one's stands for them.
  void count_coalesced(uint64_t events) { info_.coalesced += events; }
  bool empty() const { return head_ == tail_; }
  /// Runs the oldest callback, if there is one and the scheduler is not locked. Its exception is printed and forgotten;
  /// only a kill comes out as a failure.
  Result<void> run_one();
  /// Forgets all waiting callbacks.
  void clear() { head_ = tail_; }

  bool locked() const { return lock_depth_ > 0; }
  /// Whether a callback or a hard handler runs.
  bool is_calling() const { return lock_depth_ > static_cast<uint32_t>(held_by_script_); }
  void lock() { lock_depth_++; }
  void unlock();
  /// machine.disable_irq: one more lock, that the script itself holds or gives up. Meanwhile events, hard handlers'
  /// too, wait in the mailbox.
  void hold_by_script(bool hold) {
    if (hold == held_by_script_) return;
    held_by_script_ = hold;
    if (hold) return lock();
    unlock();
    vm_.reasons.fetch_or(kReasonMail, std::memory_order_relaxed);
  }
  bool held_by_script() const { return held_by_script_; }
  /// Has KeyboardInterrupt raised as soon as the scheduler is unlocked.
  void interrupt_when_unlocked() { waiting_stop_ = kReasonInterrupt; }
  /// The same with SystemExit.
  void stop_when_unlocked() { waiting_stop_ = kReasonStop; }

  // ---- sources of events ----

  /// Registers a source; events with the returned token go to `handler`. The target is kept alive until `unsubscribe`.
  EventToken subscribe(Value target, Handler handler);
  void unsubscribe(EventToken token);
  Result<void> dispatch(const Event& event);
  /// Calls visit(target) for each source, which may unsubscribe it.
  template <typename Visit>
  void each_target(Visit visit) const {
    for (auto each = sources_.begin(); each != sources_.end();) {
      const Value target = each->second.target;
      ++each;
      visit(target);
    }
  }

  ScheduleInfo info() const;
  void mark(Marker& marker);

 private:
  struct Item {
    Value callable, argument;
    int64_t since_ns;  // queued, or the time of the event
    Cause cause;
  };
  struct Source {
    Value target;
    Handler handler;
  };

  Vm& vm_;
  const uint32_t mask_;
  std::unique_ptr<Item[]> items_;
  uint32_t head_ = 0, tail_ = 0;
  uint32_t lock_depth_ = 0;
  uint32_t waiting_stop_ = 0;  ///< a Reason
  bool held_by_script_ = false;
  std::map<EventToken, Source> sources_;
  EventToken last_token_ = 0;
  ScheduleInfo info_;
};

/// Calls a scheduled callback: prints its exception on the console's output and forgets it. A failure only for a kill.
Result<void> run_callback(Vm& vm, Value callable, Value argument);
/// Calls the handler of a hard interrupt, with scheduler and heap locked. Answers whether it ran without an exception,
/// which is printed on the error stream and forgotten. A failure only for a kill.
Result<bool> run_hard_handler(Vm& vm, Scheduler& scheduler, Value callable, Value argument);

}  // namespace upy
