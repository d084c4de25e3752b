#include "modules/machine.h"

#include "modules/modules.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/str.h"

/// machine: pins, timers, and the state of interrupts.
namespace upy {

namespace {

constexpr int64_t kIdleNs = 1'000'000;

/// Waits a moment for something to happen; callbacks run meanwhile.
Result<Value> machine_idle(Vm& vm, Args) {
  TRY(vm.sleep_until(vm.ports.clock.monotonic_ns() + kIdleNs));
  return Value::none();
}

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

constexpr Member kMembers[] = {
    {"__name__"_n, Value("machine"_n)},
    {"Pin"_n, Value(&pin_type)},
    {"Timer"_n, Value(&timer_type)},
    {"disable_irq"_n, native<machine_disable_irq, 0>},
    {"enable_irq"_n, native<machine_enable_irq, 0, 1>},
    {"idle"_n, native<machine_idle, 0>},
};

}  // namespace

Result<bool> deliver(Vm& vm, Value handler, Value argument, Delivery delivery) {
  Scheduler& scheduler = interpreter(vm).scheduler;
  if (delivery == Delivery::Hard) return run_hard_handler(vm, scheduler, handler, argument);
  scheduler.schedule_event(handler, argument);
  return true;
}

constinit const NativeModule machine_module{"machine"_n, kMembers};

}  // namespace upy
