#pragma once

#include <map>
#include <set>

#include "posix/expiries.h"

namespace upy {

/// The armed timers of an instance, by token. Knows neither clock nor threads; its owner guards it and calls `pass`.
class ExpiryQueue {
 public:
  /// As Timers::arm.
  PortError arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink);
  uint64_t take(EventToken token);  ///< as Timers::take
  void disarm(EventToken token);
  void clear();

  /// When to call `pass` next; Clock::kForever: not until a timer is armed.
  int64_t due_ns() const { return order_.empty() ? Clock::kForever : order_.begin()->first; }
  /// Has the timers that are due tell it; kMostAtOnce of them at most, as others may wait for the caller.
  void pass(int64_t now_ns);
  static constexpr int kMostAtOnce = 256;

 private:
  std::map<EventToken, Expiries> timers_;
  std::set<std::pair<int64_t, EventToken>>
      order_;  // those that are still to expire, by the time of it, and their tokens
};

}  // namespace upy
