#include <algorithm>
#include <cerrno>

#include "modules/machine/machine.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "port/time_units.h"

/// machine.WDT: the watchdog of the instance, which the host keeps.
namespace upy {

namespace {

constexpr int64_t kLongestMs = INT64_MAX / 2 / kNsPerMs;

constinit const Object kWatchdog{&wdt_type.root};

constexpr Parameter kParameters[] = {
    {"id"_n, Parameter::Kind::Optional, Value::small_int(0)},
    {"timeout"_n, Parameter::Kind::Optional, Value::small_int(5000)},
};

/// WDT(id=0, timeout=5000): starts it; the timeout is in milliseconds.
Result<Value> wdt_construct(Vm& vm, const Type*, Args args) {
  Value values[std::size(kParameters)];
  TRY(parse_arguments(vm, args, kParameters, values));
  auto [id, timeout] = values;
  if (TRY(to_int64(vm, id)) != 0) return vm.raise(Error::no_such_wdt);
  const int64_t timeout_ms = TRY(to_int64(vm, timeout));
  if (timeout_ms < 1) return vm.raise(Error::wdt_timeout);
  if (!vm.ports.watchdog) return vm.raise_os_error(ENODEV, "this host has no watchdog");
  const PortError error = vm.ports.watchdog->start(std::min(timeout_ms, kLongestMs) * kNsPerMs);
  if (error) return vm.raise_os_error(error.number, error.message);
  return &kWatchdog;
}

Result<Value> wdt_feed(Vm& vm, Args) {
  if (vm.ports.watchdog) vm.ports.watchdog->feed();
  return Value::none();
}

constexpr Member kMembers[] = {
    {"feed"_n, native<wdt_feed, 1>},
};

}  // namespace

constinit const Type wdt_type{{.name = "WDT"_n,
                               .kind = &plain_kind,
                               .members = kMembers,
                               .flags = Type::kHashByAddress,
                               .slots = {.construct = wdt_construct}}};

}  // namespace upy
