#include "modules/time.h"

#include <cmath>
#include <ctime>

#include "modules/modules.h"
#include "modules/real_time_clock.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "port/time_units.h"

/// time: the clock of the host, sleeping, and tick counters that wrap around.
namespace upy {

namespace {

/// Ticks count modulo this: half of the small integers, as on MicroPython's 64-bit unix port.
constexpr int64_t kTicksPeriod = int64_t{1} << 62;
constexpr int64_t kTicksMask = kTicksPeriod - 1;

Result<Value> time_time(Vm& vm, Args) { return make_float(vm, static_cast<double>(real_time_ns(vm)) / kNsPerSecond); }
Result<Value> time_time_ns(Vm& vm, Args) { return make_int(vm, real_time_ns(vm)); }
Result<Value> time_clock(Vm& vm, Args) {
  return make_float(vm, static_cast<double>(vm.ports.clock.cpu_ns()) / kNsPerSecond);
}

// ---- sleeping ----

Result<Value> sleep_ns(Vm& vm, int64_t duration) {
  int64_t now = vm.ports.clock.monotonic_ns();
  TRY(vm.sleep_until(duration > Clock::kForever - now ? Clock::kForever : now + duration));
  return Value::none();
}

Result<Value> time_sleep(Vm& vm, Args args) {
  double seconds = TRY(to_double(vm, args[0]));
  if (std::isnan(seconds) || seconds < 0) return vm.raise_os_error(EINVAL);
  return sleep_ns(vm, seconds > 9e9 ? Clock::kForever : static_cast<int64_t>(seconds * kNsPerSecond));
}

Result<Value> sleep_units(Vm& vm, Value count, int64_t unit) {
  int64_t units = TRY(to_int64(vm, count));
  if (units < 0) return Value::none();
  return sleep_ns(vm, units > Clock::kForever / unit ? Clock::kForever : units * unit);
}

Result<Value> time_sleep_ms(Vm& vm, Args args) { return sleep_units(vm, args[0], kNsPerMs); }
Result<Value> time_sleep_us(Vm& vm, Args args) { return sleep_units(vm, args[0], kNsPerUs); }

// ---- ticks ----

Result<Value> ticks(Vm& vm, int64_t unit) { return make_int(vm, vm.ports.clock.monotonic_ns() / unit & kTicksMask); }

Result<Value> time_ticks_us(Vm& vm, Args) { return ticks(vm, kNsPerUs); }
Result<Value> time_ticks_cpu(Vm& vm, Args) { return ticks(vm, 1); }

}  // namespace

Result<Value> time_ticks_ms(Vm& vm, Args) { return ticks(vm, kNsPerMs); }

Result<Value> time_ticks_add(Vm& vm, Args args) {
  int64_t start = TRY(to_int64(vm, args[0])), delta = TRY(to_int64(vm, args[1]));
  if (delta <= -kTicksPeriod / 2 || delta >= kTicksPeriod / 2) return vm.raise(Error::ticks_overflow);
  return make_int(vm, static_cast<int64_t>(static_cast<uint64_t>(start) + static_cast<uint64_t>(delta)) & kTicksMask);
}

Result<Value> time_ticks_diff(Vm& vm, Args args) {
  auto end = static_cast<uint64_t>(TRY(to_int64(vm, args[0]))),
       start = static_cast<uint64_t>(TRY(to_int64(vm, args[1])));
  int64_t ring = static_cast<int64_t>(end - start + kTicksPeriod / 2) & kTicksMask;
  return make_int(vm, ring - kTicksPeriod / 2);
}

namespace {

// ---- the calendar ----

Result<Value> calendar(Vm& vm, int64_t seconds, int64_t offset) {
  const std::tm t = TRY(calendar_fields(vm, seconds, offset));
  Value fields[] = {Value::small_int(t.tm_year + int64_t{1900}),
                    Value::small_int(t.tm_mon + 1),
                    Value::small_int(t.tm_mday),
                    Value::small_int(t.tm_hour),
                    Value::small_int(t.tm_min),
                    Value::small_int(t.tm_sec),
                    Value::small_int((t.tm_wday + 6) % 7),
                    Value::small_int(t.tm_yday + 1),
                    Value::small_int(0)};
  return TRY(Tuple::make(vm, fields));
}

Result<int64_t> seconds_or_now(Vm& vm, Args args) {
  if (args.size() == 0 || args[0].is_none()) return real_time_ns(vm) / kNsPerSecond;
  if (is_float(args[0])) return to_int64(vm, TRY(double_to_int(vm, std::floor(as_double(args[0])))));
  return to_int64(vm, args[0]);
}

Result<Value> time_gmtime(Vm& vm, Args args) { return calendar(vm, TRY(seconds_or_now(vm, args)), 0); }

Result<Value> time_localtime(Vm& vm, Args args) {
  int64_t seconds = TRY(seconds_or_now(vm, args));
  return calendar(vm, seconds, TRY(utc_offset(vm, seconds)));
}

/// mktime(tuple of 8 or 9): local time to seconds since 1970.
Result<Value> time_mktime(Vm& vm, Args args) {
  List* fields = TRY(List::make(vm));
  TRY(fields->extend(vm, args[0]));
  if (fields->size < 8 || fields->size > 9) return vm.raise(Error::mktime_tuple);
  int64_t number[6];
  for (size_t i = 0; i < 6; i++) {
    number[i] = TRY(to_int64(vm, fields->items()[i]));
    if (number[i] < INT32_MIN || number[i] > INT32_MAX) return vm.raise(Error::int_too_big);
  }
  std::tm t{};
  t.tm_year = static_cast<int>(number[0] - 1900);
  t.tm_mon = static_cast<int>(number[1] - 1);
  t.tm_mday = static_cast<int>(number[2]);
  t.tm_hour = static_cast<int>(number[3]);
  t.tm_min = static_cast<int>(number[4]);
  t.tm_sec = static_cast<int>(number[5]);
  return make_int(vm, TRY(moment_of_local_time(vm, t)));
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("time"_n)},
    {"clock"_n, native<time_clock, 0>},
    {"gmtime"_n, native<time_gmtime, 0, 1>},
    {"localtime"_n, native<time_localtime, 0, 1>},
    {"mktime"_n, native<time_mktime, 1>},
    {"sleep"_n, native<time_sleep, 1>},
    {"sleep_ms"_n, native<time_sleep_ms, 1>},
    {"sleep_us"_n, native<time_sleep_us, 1>},
    {"ticks_add"_n, native<time_ticks_add, 2>},
    {"ticks_cpu"_n, native<time_ticks_cpu, 0>},
    {"ticks_diff"_n, native<time_ticks_diff, 2>},
    {"ticks_ms"_n, native<time_ticks_ms, 0>},
    {"ticks_us"_n, native<time_ticks_us, 0>},
    {"time"_n, native<time_time, 0>},
    {"time_ns"_n, native<time_time_ns, 0>},
};

}  // namespace

constinit const NativeModule time_module{"time"_n, kMembers};

}  // namespace upy
