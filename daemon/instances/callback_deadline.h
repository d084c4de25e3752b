#pragma once

#include <cstdint>

#include "instances/job.h"
#include "reactor/alarms.h"

namespace upyd {

/// How long the callback at work may take yet.
///
/// Callbacks are many and short, so they set no alarm each. One alarm looks after an instance: the first callback asks
/// for it; it comes again when the one that it found at work would exceed its time, and no more when it found none.
///
/// Not for several threads at a time: the worker's mutex guards it. Times are nanoseconds of the monotonic clock.
class CallbackDeadline {
 public:
  /// 0: there is no limit.
  explicit CallbackDeadline(int64_t limit_ns) : limit_ns_(limit_ns) {}

  /// A callback begins. Returns when to look, if an alarm is to be set for that; else Alarms::kNever.
  int64_t begin(int64_t now_ns) {
    since_ns_ = now_ns;
    if (limit_ns_ == 0 || has_alarm_) return Alarms::kNever;
    has_alarm_ = true;
    return now_ns + limit_ns_;
  }
  /// The alarm could not be set: the next callback asks for it again.
  void forget_alarm() { has_alarm_ = false; }

  /// What the alarm finds: the callback to be killed, 0 for none, and when to look again.
  struct Look {
    Work exceeded;
    int64_t again_ns;
  };
  Look look(Work at_work, int64_t now_ns) {
    has_alarm_ = at_work != 0;
    if (!has_alarm_) return {0, Alarms::kNever};
    const int64_t due_ns = since_ns_ + limit_ns_;
    return due_ns <= now_ns ? Look{at_work, now_ns + limit_ns_} : Look{0, due_ns};
  }

 private:
  const int64_t limit_ns_;
  int64_t since_ns_ = 0;  // of the callback that began last
  bool has_alarm_ = false;
};

}  // namespace upyd
