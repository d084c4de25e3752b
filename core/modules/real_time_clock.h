#pragma once

#include <ctime>

#include "objects/runtime/vm.h"

namespace upy {

/// The real-time clock of an instance, which machine.RTC sets and the module time reads: the host's clock, which no
/// script can set, and an offset. It counts UTC; scripts set it by the local time of their zone.
struct RealTimeClock final : ModuleState {
  static constexpr char kKey = 0;
  explicit RealTimeClock(Vm& vm) : retained(vm.config.retained) {}

  Retained retained;
};

/// Its time in nanoseconds since 1970.
int64_t real_time_ns(Vm& vm);
void set_real_time(Vm& vm, int64_t time_ns);

/// Seconds to add to UTC for local time at that moment, by the variable TZ in the instance's own environment.
Result<int64_t> utc_offset(Vm& vm, int64_t seconds);
/// The moment of a local time, in seconds since 1970; its fields may lie beyond their ranges, as with mktime(3).
Result<int64_t> moment_of_local_time(Vm& vm, std::tm local);
/// The calendar's fields of a moment, to which `offset` seconds are added. OverflowError.
Result<std::tm> calendar_fields(Vm& vm, int64_t seconds, int64_t offset);

}  // namespace upy
