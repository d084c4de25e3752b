#include "modules/real_time_clock.h"

#include "modules/files/os.h"

namespace upy {

int64_t real_time_ns(Vm& vm) {
  return vm.ports.clock.realtime_ns() + vm.state<RealTimeClock>().retained.clock_offset_ns;
}

void set_real_time(Vm& vm, int64_t time_ns) {
  vm.state<RealTimeClock>().retained.clock_offset_ns = time_ns - vm.ports.clock.realtime_ns();
}

/// UTC, as for all names that are none, if that of the zone is longer than any.
Result<int64_t> utc_offset(Vm& vm, int64_t seconds) {
  constexpr size_t kLongestZone = 1024;
  const std::string_view zone = TRY(environment_variable(vm, "TZ"));
  return zone.size() > kLongestZone ? 0 : vm.ports.clock.utc_offset_s(seconds, zone);
}

Result<int64_t> moment_of_local_time(Vm& vm, std::tm local) {
  const int64_t seconds = timegm(&local);
  const int64_t near = TRY(utc_offset(vm, seconds));
  return seconds - TRY(utc_offset(vm, seconds - near));
}

Result<std::tm> calendar_fields(Vm& vm, int64_t seconds, int64_t offset) {
  std::tm fields{};
  time_t when;
  if (__builtin_add_overflow(seconds, offset, &when) || !gmtime_r(&when, &fields)) return vm.raise(Error::int_too_big);
  return fields;
}

}  // namespace upy
