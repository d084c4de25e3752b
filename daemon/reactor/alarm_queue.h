#pragma once

#include <map>
#include <mutex>
#include <unordered_map>

#include "reactor/alarms.h"

namespace upyd {

/// The alarms that are set, in the order of their times. It neither waits nor knows a clock: its owner calls `run_due`
/// at the time that it was told last. A cancelled alarm leaves that time as it is, so alarms that are set and cancelled
/// over and over, as by short runs, wake the owner now and then instead of each time. An alarm that repeats itself
/// keeps its place in memory: ticking allocates nothing.
class AlarmQueue {
 public:
  /// Sets an alarm. Returns true in `sooner` if the owner has to call `run_due` earlier than it was told. Any thread.
  Alarms::Id add(int64_t when_ns, Alarms::Call call, bool& sooner);
  /// As Alarms::cancel.
  void cancel(Alarms::Id id);
  /// Calls what is due at `now_ns`, each alarm once at most. Returns when to call it again, or kNever. One thread at
  /// a time.
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
  int64_t next_call_ns_ = Alarms::kNever;  // of run_due, as its owner knows; during one it is past
  std::unordered_map<Alarms::Id, Queue::iterator> places_;
  Alarms::Id last_id_ = 0;
  Alarms::Id running_ = 0;  // the alarm whose call is under way, out of queue_; 0 when it was cancelled meanwhile
};

}  // namespace upyd
