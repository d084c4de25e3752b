#include "gpio/debouncer.h"

#include <utility>

namespace upyd {

int64_t Debouncer::take(const LineEdge& edge, int64_t period_ns) {
  last_ = edge;
  last_.lost = 0;  // the level alone counts
  return std::exchange(has_alarm_, true) ? Alarms::kNever : edge.timestamp_ns + period_ns;
}

Debouncer::Settled Debouncer::settle(int64_t now_ns, int64_t period_ns) {
  const int64_t steady_ns = last_.timestamp_ns + period_ns;
  if (now_ns < steady_ns) return {std::nullopt, steady_ns};
  has_alarm_ = false;
  if (last_.rising == level_) return {std::nullopt, Alarms::kNever};
  level_ = last_.rising;
  return {last_, Alarms::kNever};
}

}  // namespace upyd
