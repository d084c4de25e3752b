#pragma once

#include <map>
#include <set>

#include "posix/expiries.h"

namespace upy {

/// The armed timers of an instance, by token. Knows neither clock nor threads; its owner guards it and calls `pass`.
class ExpiryQueue {
 public:
  /// As Timers::arm.
  PortError arm(uint32_t token, int64_t first_ns, int64_t period_ns, EventSink& sink);
  uint64_t take(uint32_t token);  ///< as Timers::take
  void disarm(uint32_t token);
  void clear();

  /// When to call `pass` next; Clock::kForever: not until a timer is armed.
  int64_t due_ns() const { return order_.empty() ? Clock::kForever : order_.begin()->first; }
  /// Has the timers that are due tell it.
  void pass(int64_t now_ns);

 private:
  std::map<uint32_t, Expiries> timers_;
  std::set<std::pair<int64_t, uint32_t>> order_;  // those that are still to expire, by the time of it, and their tokens
};

}  // namespace upy
