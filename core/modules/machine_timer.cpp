#include <cmath>

#include "modules/machine.h"
#include "objects/arguments.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/operations.h"
#include "objects/str.h"
#include "objects/writer.h"

/// machine.Timer: calls a function after a time, or again and again on a grid without drift.
namespace upy {

namespace {

constexpr int64_t kOneShot = 0, kPeriodic = 1;
constexpr int64_t kMaxPeriodMs = int64_t{1} << 30;
constexpr int64_t kNsPerMs = 1'000'000;

struct Timer : Object {
  Value callback;  ///< null: none
  uint32_t token;  ///< of its source of events, while armed
  bool armed;
  bool hard;
  bool periodic;
  int64_t period_ms;
};

void trace_timer(Object* object, Marker& marker) { marker.mark(static_cast<Timer*>(object)->callback); }
constexpr CellKind kTimerKind{.trace = trace_timer};

Timer* timer_of(Value value) { return static_cast<Timer*>(value.as_object()); }

void disarm(Vm& vm, Timer* timer) {
  if (!timer->armed) return;
  vm.ports.timers->disarm(timer->token);
  interpreter(vm).scheduler.unsubscribe(timer->token);
  timer->armed = false;
}

/// The callback runs once for each expiry, late ones too.
Result<void> on_expiry(Vm& vm, Value target, const Event& event) {
  Timer* timer = timer_of(target);
  if (!timer->periodic) disarm(vm, timer);
  for (uint32_t i = 0; i < event.count && timer->callback; i++) {
    if (TRY(deliver(vm, timer->callback, target, timer->hard ? Delivery::Hard : Delivery::Soft)) != Delivered::Raised)
      continue;
    disarm(vm, timer);
    break;
  }
  return {};
}

Result<void> arm(Vm& vm, Timer* timer) {
  if (!vm.ports.timers) return vm.raise_os_error(ENODEV, "this host has no timers");
  timer->token = interpreter(vm).scheduler.subscribe(timer, on_expiry);
  timer->armed = true;
  int64_t period = timer->period_ms * kNsPerMs;
  int64_t first = vm.ports.clock.monotonic_ns() + period;
  if (PortError error =
          vm.ports.timers->arm(timer->token, first, timer->periodic ? period : 0, interpreter(vm).mailbox_door())) {
    interpreter(vm).scheduler.unsubscribe(timer->token);
    timer->armed = false;
    return vm.raise_os_error(error);
  }
  return {};
}

Result<int64_t> period_of(Vm& vm, Value period, Value freq, Value tick_hz) {
  int64_t ms;
  if (!freq.is_none()) {
    double hz = TRY(to_double(vm, freq));
    if (!(hz > 0)) return vm.raise(Error::bad_timer_period);
    ms = hz < 1e-6 ? kMaxPeriodMs : static_cast<int64_t>(1000 / hz);
  } else {
    int64_t ticks = TRY(to_int64(vm, period)), hz = TRY(to_int64(vm, tick_hz));
    if (ticks < 0 || hz <= 0) return vm.raise(Error::bad_timer_period);
    ms = ticks >= kMaxPeriodMs ? kMaxPeriodMs : ticks * 1000 / hz;
  }
  if (ms >= kMaxPeriodMs) return vm.raise(Error::period_too_large);
  return ms < 1 ? 1 : ms;
}

constexpr Parameter kInitParameters[] = {
    {"mode"_n, Parameter::Kind::KeywordOnly, Value::small_int(kPeriodic)},
    {"callback"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"period"_n, Parameter::Kind::KeywordOnly, Value::small_int(-1)},
    {"tick_hz"_n, Parameter::Kind::KeywordOnly, Value::small_int(1000)},
    {"freq"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"hard"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)},
};

/// Timer.init(*, mode, callback, period, tick_hz, freq, hard).
Result<void> init(Vm& vm, Timer* timer, Args args) {
  Value values[std::size(kInitParameters)];
  TRY(parse_arguments(vm, args, kInitParameters, values));
  auto [mode, callback, period, tick_hz, freq, hard] = values;
  int64_t mode_number = TRY(to_int64(vm, mode));
  if (mode_number != kOneShot && mode_number != kPeriodic) return vm.raise(Error::bad_timer_mode);
  int64_t period_ms = TRY(period_of(vm, period, freq, tick_hz));
  bool is_hard = TRY(truth(vm, hard));
  disarm(vm, timer);
  timer->callback = callback.is_none() ? Value() : callback;
  timer->periodic = mode_number == kPeriodic;
  timer->period_ms = period_ms;
  timer->hard = is_hard;
  return arm(vm, timer);
}

/// Timer(id=-1, /, ...): virtual timers only; further arguments go to init.
Result<Value> make_timer(Vm& vm, const Type*, Args args) {
  uint32_t skipped = 0;
  if (args.size() > 0) {
    if (TRY(to_int64(vm, args[0])) != -1) return vm.raise(Error::no_such_timer);
    skipped = 1;
  }
  Timer* timer = TRY(vm.allocate<Timer>(timer_type));
  *timer = {{&timer_type.root}, Value(), 0, false, false, true, 0};
  if (args.size() > skipped || args.keywords) TRY(init(vm, timer, args.skip(skipped)));
  return timer;
}

Result<Value> timer_init(Vm& vm, Args args) {
  TRY(init(vm, timer_of(args[0]), args.skip(1)));
  return Value::none();
}

Result<Value> timer_deinit(Vm& vm, Args args) {
  disarm(vm, timer_of(args[0]));
  return Value::none();
}

Result<void> print_timer(Vm& vm, Value self, Writer& out, PrintStyle) {
  Timer* timer = timer_of(self);
  TRY(out.write(vm, timer->periodic ? "Timer(mode=PERIODIC, period=" : "Timer(mode=ONE_SHOT, period="));
  TRY(out.write_int(vm, timer->period_ms));
  return out.write(vm, ")");
}

constexpr Member kMembers[] = {
    {"ONE_SHOT"_n, Value::small_int(kOneShot)},
    {"PERIODIC"_n, Value::small_int(kPeriodic)},
    {"deinit"_n, native<timer_deinit, 1>},
    {"init"_n, native<timer_init, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
};

}  // namespace

constinit const Type timer_type{{.name = "Timer"_n,
                                 .kind = &kTimerKind,
                                 .members = kMembers,
                                 .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                 .slots = {.print = print_timer, .construct = make_timer}}};

}  // namespace upy
