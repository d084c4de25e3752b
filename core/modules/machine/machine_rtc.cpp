#include "modules/machine/machine.h"
#include "modules/real_time_clock.h"
#include "objects/containers/tuple.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/strings/bytes.h"
#include "port/time_units.h"

/// machine.RTC: the real-time clock of the instance, in local time.
namespace upy {

namespace {

constexpr int64_t kLastSecond = 9'223'372'035;  ///< in 2262: what nanoseconds in 64 bits reach
constexpr size_t kMostMemory = 2048;

constinit const Object kClock{&rtc_type.root};

/// RTC([id]): there is one.
Result<Value> rtc_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 1 && TRY(to_int64(vm, args[0])) != 0) return vm.raise(Error::no_such_rtc);
  return &kClock;
}

/// Where the fields of a time stand in a tuple.
struct Layout {
  size_t hour, subseconds;
};
constexpr Layout kWithWeekday{4, 7};   ///< (year, month, day, weekday, hours, minutes, seconds, microseconds)
constexpr Layout kWithTimeZone{3, 6};  ///< (year, month, day, hour, minute, second, microsecond, tzinfo)
constexpr size_t kFields = 8;

Result<Value> set_time(Vm& vm, Value time, const Layout& layout) {
  const Tuple* fields = as<Tuple>(time, tuple_type);
  if (!fields || fields->size != kFields) return vm.raise(Error::rtc_tuple);
  int numbers[kFields] = {};
  for (const size_t i :
       {size_t{0}, size_t{1}, size_t{2}, layout.hour, layout.hour + 1, layout.hour + 2, layout.subseconds}) {
    const int64_t number = TRY(to_int64(vm, fields->view()[i]));
    if (number < 0 || number > INT32_MAX) return vm.raise(Error::rtc_range);
    numbers[i] = static_cast<int>(number);
  }
  std::tm local{};
  local.tm_year = numbers[0] - 1900;
  local.tm_mon = numbers[1] - 1;
  local.tm_mday = numbers[2];
  local.tm_hour = numbers[layout.hour];
  local.tm_min = numbers[layout.hour + 1];
  local.tm_sec = numbers[layout.hour + 2];
  const int64_t seconds = TRY(moment_of_local_time(vm, local));
  if (seconds < 0 || seconds > kLastSecond) return vm.raise(Error::rtc_range);
  set_real_time(vm, seconds * kNsPerSecond + numbers[layout.subseconds] % 1'000'000 * kNsPerUs);
  return Value::none();
}

Result<Value> rtc_datetime(Vm& vm, Args args) {
  if (args.size() == 2) return set_time(vm, args[1], kWithWeekday);
  const int64_t now_ns = real_time_ns(vm);
  const int64_t seconds = now_ns / kNsPerSecond;
  const std::tm local = TRY(calendar_fields(vm, seconds, TRY(utc_offset(vm, seconds))));
  const Value fields[] = {Value::small_int(local.tm_year + int64_t{1900}),
                          Value::small_int(local.tm_mon + 1),
                          Value::small_int(local.tm_mday),
                          Value::small_int((local.tm_wday + 6) % 7),
                          Value::small_int(local.tm_hour),
                          Value::small_int(local.tm_min),
                          Value::small_int(local.tm_sec),
                          Value::small_int(now_ns % kNsPerSecond / kNsPerUs)};
  return TRY(Tuple::make(vm, fields));
}

Result<Value> rtc_init(Vm& vm, Args args) { return set_time(vm, args[1], kWithTimeZone); }

/// memory([data]): bytes that outlive a reset.
Result<Value> rtc_memory(Vm& vm, Args args) {
  std::string& memory = vm.state<RealTimeClock>().retained.memory;
  if (args.size() == 1) return TRY(Bytes::make(vm, memory));
  const std::string_view data = TRY(get_buffer(vm, args[1])).view();
  if (data.size() > kMostMemory) return vm.raise(Error::rtc_memory_full, {kMostMemory});
  memory = data;
  return Value::none();
}

constexpr Member kMembers[] = {
    {"datetime"_n, native<rtc_datetime, 1, 2>},
    {"init"_n, native<rtc_init, 2>},
    {"memory"_n, native<rtc_memory, 1, 2>},
};

}  // namespace

constinit const Type rtc_type{{.name = "RTC"_n,
                               .kind = &plain_kind,
                               .members = kMembers,
                               .flags = Type::kHashByAddress,
                               .slots = {.construct = rtc_construct}}};

}  // namespace upy
