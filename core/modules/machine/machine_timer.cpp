#include <cmath>

#include "modules/machine/machine.h"
#include "objects/containers/dict.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "port/time_units.h"

/// machine.Timer: calls a function after a time, or again and again on a grid without drift.
///
/// Timer(-1) is a new timer each time; a number from 0 names one, which the instance has once. A timer that is armed
/// stays alive. A soft callback waits in the scheduler's queue once at most: expiries that come before it begins are
/// coalesced into it and counted, as are those that pass while the script gives no chance to run callbacks or is about
/// to stop the timer. So for each timer expiries = callbacks + coalesced, but for callbacks that a full queue drops.
namespace upy {

namespace {

constexpr int64_t kOneShot = 0, kPeriodic = 1;
constexpr int64_t kVirtualId = -1;
constexpr int64_t kDefaultPeriodNs = 1000 * kNsPerMs;
constexpr int64_t kMinPeriodNs = 100'000, kMaxPeriodNs = (int64_t{1} << 30) * kNsPerMs;

/// What an armed timer takes outside the heap, for its source of events and at the host. The cell of a timer is so much
/// larger: so it counts, and arming can't fail for lack of memory.
constexpr size_t kHostBytes = 256;

struct Timer : Object {
  Value callback;
  EventToken token;  ///< of its source of events, while armed
  bool armed;
  bool hard;
  bool periodic;
  int64_t period_ns;
  uint64_t coalesced;  ///< expiries since `init` that got no call of their own
};

void trace_timer(Object* object, Marker& marker) { marker.mark(static_cast<Timer*>(object)->callback); }
constexpr CellKind kTimerKind{.trace = trace_timer};

Timer* timer_of(Value value) { return static_cast<Timer*>(value.as_object()); }

/// The timers that have a number, by it.
struct NumberedTimers final : ModuleState {
  static constexpr char kKey = 0;
  explicit NumberedTimers(Vm&) {}
  void mark(Marker& marker) override { marker.mark(timers); }
  Dict* timers = nullptr;
};

void count_coalesced(Vm& vm, Timer* timer, uint64_t expiries) {
  timer->coalesced += expiries;
  interpreter(vm).scheduler.count_coalesced(expiries);
}

void disarm(Vm& vm, Timer* timer) {
  if (!timer->armed) return;
  count_coalesced(vm, timer, vm.ports.timers->take(timer->token));
  vm.ports.timers->disarm(timer->token);
  interpreter(vm).scheduler.unsubscribe(timer->token);
  timer->armed = false;
}

Result<void> on_expiry(Vm& vm, Value target, const Event& event) {
  Timer* timer = timer_of(target);
  const uint64_t expiries = vm.ports.timers->take(event.token);
  if (expiries == 0) return {};
  if (!timer->periodic) disarm(vm, timer);
  if (!timer->hard && interpreter(vm).scheduler.waits(timer->callback, target)) {
    count_coalesced(vm, timer, expiries);
    return {};
  }
  count_coalesced(vm, timer, expiries - 1);
  const Delivery delivery = timer->hard ? Delivery::Hard : Delivery::Soft;
  if (TRY(deliver(vm, timer->callback, target, delivery)) == Delivered::Raised) disarm(vm, timer);
  return {};
}

Result<void> arm(Vm& vm, Timer* timer) {
  if (!vm.ports.timers) return vm.raise_os_error(ENODEV, "this host has no timers");
  timer->token = interpreter(vm).scheduler.subscribe(timer, on_expiry);
  timer->armed = true;
  timer->coalesced = 0;
  int64_t first_ns = vm.ports.clock.monotonic_ns() + timer->period_ns;
  PortError error = vm.ports.timers->arm(timer->token, first_ns, timer->periodic ? timer->period_ns : 0,
                                         interpreter(vm).mailbox_sink());
  if (!error) return {};
  interpreter(vm).scheduler.unsubscribe(timer->token);
  timer->armed = false;
  return vm.raise_os_error(error);
}

Result<int64_t> period_of_frequency(Vm& vm, Value freq) {
  double hz = TRY(to_double(vm, freq));
  if (!(hz > 0)) return vm.raise(Error::bad_timer_period);
  double ns = std::round(kNsPerSecond / hz);
  return ns < kMaxPeriodNs ? static_cast<int64_t>(ns) : kMaxPeriodNs;
}

/// No ticks are a millisecond, the shortest period of MicroPython's virtual timers.
Result<int64_t> period_of_ticks(Vm& vm, int64_t ticks, Value tick_hz) {
  int64_t hz = TRY(to_int64(vm, tick_hz));
  if (ticks < 0 || hz <= 0) return vm.raise(Error::bad_timer_period);
  if (ticks == 0) return kNsPerMs;
  auto ns = static_cast<unsigned __int128>(ticks) * kNsPerSecond / static_cast<uint64_t>(hz);
  return ns < kMaxPeriodNs ? static_cast<int64_t>(ns) : kMaxPeriodNs;
}

/// The period that the arguments of init say, or `present`, in nanoseconds.
Result<int64_t> period_of(Vm& vm, Value period, Value freq, Value tick_hz, int64_t present) {
  int64_t ns = present;
  if (!freq.is_none())
    ns = TRY(period_of_frequency(vm, freq));
  else if (int64_t ticks = TRY(to_int64(vm, period)); ticks != -1)
    ns = TRY(period_of_ticks(vm, ticks, tick_hz));
  if (ns < kMinPeriodNs) return vm.raise(Error::period_too_small);
  if (ns >= kMaxPeriodNs) return vm.raise(Error::period_too_large);
  return ns;
}

constexpr Parameter kInitParameters[] = {
    {"mode"_n, Parameter::Kind::KeywordOnly, Value::small_int(kPeriodic)},
    {"callback"_n, Parameter::Kind::KeywordOnly},
    {"period"_n, Parameter::Kind::KeywordOnly, Value::small_int(-1)},
    {"tick_hz"_n, Parameter::Kind::KeywordOnly, Value::small_int(1000)},
    {"freq"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"hard"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)},
};

/// Timer.init(*, mode, callback, period, tick_hz, freq, hard). Without a period or a callback the earlier ones hold.
/// Without any callback, each expiry is a TypeError, as None can't be called.
Result<void> init(Vm& vm, Timer* timer, Args args) {
  Value values[std::size(kInitParameters)];
  TRY(parse_arguments(vm, args, kInitParameters, values));
  auto [mode, callback, period, tick_hz, freq, hard] = values;
  int64_t mode_number = TRY(to_int64(vm, mode));
  if (mode_number != kOneShot && mode_number != kPeriodic) return vm.raise(Error::bad_timer_mode);
  int64_t period_ns = TRY(period_of(vm, period, freq, tick_hz, timer->period_ns));
  bool is_hard = TRY(truth(vm, hard));
  disarm(vm, timer);
  if (callback) timer->callback = callback;
  timer->periodic = mode_number == kPeriodic;
  timer->period_ns = period_ns;
  timer->hard = is_hard;
  return arm(vm, timer);
}

Result<Timer*> make_timer(Vm& vm) {
  Timer* timer = TRY(vm.allocate<Timer>(timer_type, sizeof(Timer) + kHostBytes));
  *timer = {{&timer_type.root}, Value::none(), 0, false, false, true, kDefaultPeriodNs, 0};
  return timer;
}

/// The timer of that number, a new one if there is none yet.
Result<Timer*> numbered_timer(Vm& vm, int64_t id) {
  if (id < 0) return vm.raise(Error::no_such_timer);
  auto& numbered = vm.state<NumberedTimers>();
  if (!numbered.timers) numbered.timers = TRY(Dict::make(vm));
  Value number = TRY(make_int(vm, id));
  Value known = TRY(numbered.timers->get(vm, number));
  if (!known.is_absent()) return timer_of(known);
  Timer* timer = TRY(make_timer(vm));
  TRY(numbered.timers->set(vm, number, timer));
  return timer;
}

/// Timer(id=-1, /, ...): further arguments go to init.
Result<Value> construct_timer(Vm& vm, const Type*, Args args) {
  int64_t id = args.size() > 0 ? TRY(to_int64(vm, args[0])) : kVirtualId;
  uint32_t skipped = args.size() > 0;
  Timer* timer = id == kVirtualId ? TRY(make_timer(vm)) : TRY(numbered_timer(vm, id));
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

/// How many expiries since init were told by the call of an earlier or a later one.
Result<Value> timer_coalesced(Vm& vm, Args args) {
  return make_int(vm, static_cast<int64_t>(timer_of(args[0])->coalesced));
}

Result<void> print_timer(Vm& vm, Value self, Writer& out, PrintStyle) {
  Timer* timer = timer_of(self);
  TRY(out.write(vm, timer->periodic ? "Timer(mode=PERIODIC, period=" : "Timer(mode=ONE_SHOT, period="));
  if (timer->period_ns % kNsPerMs == 0)
    TRY(out.write_int(vm, timer->period_ns / kNsPerMs));
  else
    TRY(print(vm, TRY(make_float(vm, static_cast<double>(timer->period_ns) / kNsPerMs)), out, PrintStyle::Repr));
  return out.write(vm, ")");
}

constexpr Member kMembers[] = {
    {"ONE_SHOT"_n, Value::small_int(kOneShot)},
    {"PERIODIC"_n, Value::small_int(kPeriodic)},
    {"coalesced"_n, native<timer_coalesced, 1>},
    {"deinit"_n, native<timer_deinit, 1>},
    {"init"_n, native<timer_init, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
};

}  // namespace

void stop_timer(Vm& vm, Value timer) { disarm(vm, timer_of(timer)); }

constinit const Type timer_type{{.name = "Timer"_n,
                                 .kind = &kTimerKind,
                                 .members = kMembers,
                                 .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                 .slots = {.print = print_timer, .construct = construct_timer}}};

}  // namespace upy
