#pragma once

#include <map>
#include <mutex>
#include <unordered_map>

#include "alarms.h"

namespace upyd {

/// The alarms that are set, in the order of their times. It neither waits nor knows a clock: its owner calls `run_due`
/// when the earliest is due. An alarm that repeats itself keeps its place in memory: ticking allocates nothing.
class AlarmQueue {
 public:
  /// Sets an alarm. Returns true in `earliest` if none is due before it, so that the owner can wake up sooner. Any
  /// thread.
  Alarms::Id add(int64_t when_ns, Alarms::Call call, bool& earliest);
  /// As Alarms::cancel.
  void cancel(Alarms::Id id);
  /// Calls what is due at `now_ns`, each alarm once at most. Returns the time of the earliest that is left, or kNever.
  /// One thread at a time.
  int64_t run_due(int64_t now_ns);

 private:
  struct Alarm {
    Alarms::Id id;
    Alarms::Call call;
  };
  using Queue = std::multimap<int64_t, Alarm>;

  void run_first(int64_t now_ns, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  Queue queue_;
  std::unordered_map<Alarms::Id, Queue::iterator> places_;
  Alarms::Id last_id_ = 0;
  Alarms::Id running_ = 0;  // the alarm whose call is under way, out of queue_; 0 when it was cancelled meanwhile
};

}  // namespace upyd
