#include "instances/back_off.h"

#include <algorithm>

#include "port/time_units.h"

namespace upyd {

int64_t back_off_ns(uint64_t failures, const v1::InstanceConfig& settings) {
  const uint64_t most = settings.restart_delay_max_ms();
  uint64_t delay = settings.restart_delay_ms();
  for (uint64_t i = 1; i < failures && delay > 0 && delay < most; ++i) delay *= 2;
  return static_cast<int64_t>(std::min(delay, most)) * upy::kNsPerMs;
}

int64_t StartPace::delay_ns(int64_t now_ns, const v1::InstanceConfig& settings) {
  soon_ = now_ns - started_ns_ < kSoonNs ? soon_ + 1 : 0;
  return soon_ > kFree ? std::max(kLeastNs, back_off_ns(soon_ - kFree, settings)) : 0;
}

}  // namespace upyd
