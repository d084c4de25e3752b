#include "modules/machine/machine.h"

#include <algorithm>

#include "modules/modules.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/strings/bytes.h"
#include "port/time_units.h"

/// machine: pins, timers, and the state of interrupts.
namespace upy {

namespace {

/// Waits until something happens, which is then handled, at most that long.
Result<Value> wait_for_event(Vm& vm, int64_t longest_ns) {
  Clock& clock = vm.ports.clock;
  const int64_t now_ns = clock.monotonic_ns();
  const int64_t until_ns = longest_ns > Clock::kForever - now_ns ? Clock::kForever : now_ns + longest_ns;
  while (!vm.reasons.load(std::memory_order_acquire) && clock.monotonic_ns() < until_ns) vm.wait_until(until_ns);
  TRY(vm.poll());
  return Value::none();
}

int64_t ns_of_ms(int64_t ms) { return ms > Clock::kForever / kNsPerMs ? Clock::kForever : ms * kNsPerMs; }

Result<Value> machine_idle(Vm& vm, Args) { return wait_for_event(vm, kNsPerMs); }

/// lightsleep([time_ms]).
Result<Value> machine_lightsleep(Vm& vm, Args args) {
  if (args.size() == 0) return wait_for_event(vm, Clock::kForever);
  const int64_t ms = std::max<int64_t>(TRY(to_int64(vm, args[0])), 0);
  return wait_for_event(vm, ns_of_ms(ms));
}

Result<Value> machine_unique_id(Vm& vm, Args) { return TRY(Bytes::make(vm, vm.config.unique_id)); }

/// Holds callbacks back until enable_irq is given what this answers.
Result<Value> machine_disable_irq(Vm& vm, Args) {
  Scheduler& scheduler = interpreter(vm).scheduler;
  bool was_locked = scheduler.held_by_script();
  scheduler.hold_by_script(true);
  return Value::boolean(!was_locked);
}

Result<Value> machine_enable_irq(Vm& vm, Args args) {
  bool enable = args.size() == 0 || TRY(to_int64(vm, args[0])) != 0;
  interpreter(vm).scheduler.hold_by_script(!enable);
  return Value::none();
}

/// Stops timers and interrupts, forgets the callbacks that wait, and ends the script as sys.exit() does. Its host then
/// makes the instance anew.
Result<Value> end_by_reset(Vm& vm, const Reset& wanted) {
  Scheduler& scheduler = interpreter(vm).scheduler;
  scheduler.each_target([&](Value target) {
    if (is_exactly(target, timer_type)) stop_timer(vm, target);
    if (is_exactly(target, pin_irq_type)) stop_irq(vm, target);
  });
  scheduler.clear();
  interpreter(vm).reset(wanted);
  return vm.raise_with(SystemExit_type, Value());
}

/// An instance has no hardware of its own: only the cause tells reset and soft_reset apart.
template <ResetCause cause>
Result<Value> machine_reset(Vm& vm, Args) {
  return end_by_reset(vm, {cause});
}

/// deepsleep([time_ms]): its memory is given back while it sleeps.
Result<Value> machine_deepsleep(Vm& vm, Args args) {
  if (args.size() == 0) return end_by_reset(vm, {ResetCause::DeepSleep, Clock::kForever});
  const int64_t ms = std::max<int64_t>(TRY(to_int64(vm, args[0])), 0);
  return end_by_reset(vm, {ResetCause::DeepSleep, ns_of_ms(ms)});
}

Result<Value> machine_reset_cause(Vm& vm, Args) {
  return Value::small_int(static_cast<int64_t>(vm.config.reset_cause));
}

constexpr Value cause_value(ResetCause cause) { return Value::small_int(static_cast<int64_t>(cause)); }

// ---- pulses ----

/// Waits while the pin has that level. False: that took until the monotonic time.
Result<bool> wait_while(Vm& vm, Value pin, bool level, int64_t until_ns) {
  while ((TRY(read_pin(vm, pin)) != 0) == level) {
    if (vm.ports.clock.monotonic_ns() >= until_ns) return false;
    TRY(vm.poll());
  }
  return true;
}

/// time_pulse_us(pin, level, timeout_us=1000000): how long the pin keeps the level once it has it. -2: it did not take
/// it in time, -1: it kept it for longer.
Result<Value> machine_time_pulse_us(Vm& vm, Args args) {
  constexpr int64_t kDefaultTimeoutUs = 1'000'000, kMaxTimeoutUs = int64_t{1} << 50;
  const bool level = TRY(to_int64(vm, args[1])) != 0;
  const int64_t timeout_us = args.size() > 2 ? TRY(to_int64(vm, args[2])) : kDefaultTimeoutUs;
  const int64_t timeout_ns = std::clamp<int64_t>(timeout_us, 0, kMaxTimeoutUs) * kNsPerUs;
  Clock& clock = vm.ports.clock;
  if (!TRY(wait_while(vm, args[0], !level, clock.monotonic_ns() + timeout_ns))) return Value::small_int(-2);
  const int64_t start_ns = clock.monotonic_ns();
  if (!TRY(wait_while(vm, args[0], level, start_ns + timeout_ns))) return Value::small_int(-1);
  return Value::small_int((clock.monotonic_ns() - start_ns) / kNsPerUs);
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("machine"_n)},
    {"DEEPSLEEP_RESET"_n, cause_value(ResetCause::DeepSleep)},
    {"HARD_RESET"_n, cause_value(ResetCause::Hard)},
    {"PWRON_RESET"_n, cause_value(ResetCause::PowerOn)},
    {"Pin"_n, Value(&pin_type)},
    {"PinBase"_n, Value(&pin_base_type)},
    {"RTC"_n, Value(&rtc_type)},
    {"SOFT_RESET"_n, cause_value(ResetCause::Soft)},
    {"Signal"_n, Value(&signal_type)},
    {"Timer"_n, Value(&timer_type)},
    {"WDT_RESET"_n, cause_value(ResetCause::Watchdog)},
    {"WDT"_n, Value(&wdt_type)},
    {"deepsleep"_n, native<machine_deepsleep, 0, 1>},
    {"disable_irq"_n, native<machine_disable_irq, 0>},
    {"enable_irq"_n, native<machine_enable_irq, 0, 1>},
    {"idle"_n, native<machine_idle, 0>},
    {"lightsleep"_n, native<machine_lightsleep, 0, 1>},
    {"mem16"_n, Value(&mem16)},
    {"mem32"_n, Value(&mem32)},
    {"mem8"_n, Value(&mem8)},
    {"reset"_n, native<machine_reset<ResetCause::Hard>, 0>},
    {"reset_cause"_n, native<machine_reset_cause, 0>},
    {"soft_reset"_n, native<machine_reset<ResetCause::Soft>, 0>},
    {"time_pulse_us"_n, native<machine_time_pulse_us, 2, 3>},
    {"unique_id"_n, native<machine_unique_id, 0>},
};

}  // namespace

Result<Delivered> deliver(Vm& vm, Value handler, Value argument, Delivery delivery, const Cause& cause) {
  Scheduler& scheduler = interpreter(vm).scheduler;
  if (delivery == Delivery::Soft) {
    return scheduler.schedule_event(handler, argument, cause) ? Delivered::Yes : Delivered::NoRoom;
  }
  if (cause.begin) cause.begin(cause.target, cause.event);
  return TRY(run_hard_handler(vm, scheduler, handler, argument)) ? Delivered::Yes : Delivered::Raised;
}

int count_armed(Vm& vm) {
  int count = 0;
  interpreter(vm).scheduler.each_target([&](Value target) {
    count += is_exactly(target, timer_type) || (is_exactly(target, pin_irq_type) && is_armed(target));
  });
  return count;
}

constinit const NativeModule machine_module{"machine"_n, kMembers};

}  // namespace upy
