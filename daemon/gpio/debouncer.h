#pragma once

#include <cstdint>
#include <optional>

#include "gpio/chip.h"
#include "reactor/alarms.h"

namespace upyd {

/// Debounces a line whose chip does not: an edge counts once the level has been steady for a period.
///
/// A line that bounces has many edges, so they set no alarm each: the first asks for one, and when that rings before
/// the level was steady for long enough, it is to ring again. What counts then is the last edge, with its time, if it
/// leads to another level than the one that counted before.
///
/// Not thread-safe: whoever owns it locks. The period is given each time, as it may change meanwhile. Times are
/// nanoseconds of the monotonic clock.
class Debouncer {
 public:
  /// Debouncing begins, with the level that is.
  void begin(bool level) { level_ = level; }
  /// The level that counts.
  bool level() const { return level_; }

  /// The chip tells of an edge. Returns when an alarm is to call `settle`; Alarms::kNever: there is one already.
  int64_t take(const LineEdge& edge, int64_t period_ns);

  /// What the alarm finds: the edge that counts, if there is one, and when to look again.
  struct Settled {
    std::optional<LineEdge> edge;
    int64_t again_ns;
  };
  Settled settle(int64_t now_ns, int64_t period_ns);

 private:
  bool level_ = false;
  LineEdge last_;  // that the chip told
  bool has_alarm_ = false;
};

}  // namespace upyd
