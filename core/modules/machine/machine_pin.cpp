#include "modules/machine/machine.h"
#include "objects/containers/list.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/codec.h"

/// machine.Pin: a GPIO line, and its interrupt.
///
/// There is one Pin object for each line of an instance: Pin(id) of a line that is in use answers it, after applying
/// the arguments. It holds the line until the instance ends.
namespace upy {

namespace {

enum Mode : int64_t { kIn = 0, kOut = 1, kOpenDrain = 2 };
enum Pull : int64_t { kPullUp = 1, kPullDown = 2 };
constexpr int64_t kDefaultDrive = 0;  ///< the one strength that lines have

/// What Pin.irq answers: the interrupt of a pin.
struct PinIrq : Object {
  Value pin;
  Value handler;         ///< null: switched off
  int64_t trigger;       ///< Pins::kRising | Pins::kFalling
  int64_t flags;         ///< what caused the event that is handled, or was last
  int64_t timestamp_ns;  ///< of that event
  EventToken token;
  bool hard;
};

struct Pin : Object {
  Pins::Handle handle;
  int64_t mode;  ///< of Mode; -1: not yet set
  int64_t pull;  ///< of Pull; 0: none was asked for
  PinIrq* irq;   ///< null: never asked for
};

void trace_irq(Object* object, Marker& marker) {
  auto* irq = static_cast<PinIrq*>(object);
  marker.mark(irq->pin);
  marker.mark(irq->handler);
}
void trace_pin(Object* object, Marker& marker) { marker.mark(static_cast<Pin*>(object)->irq); }
constexpr CellKind kIrqKind{.trace = trace_irq}, kPinKind{.trace = trace_pin};

/// The pins of an instance.
struct PinState final : ModuleState {
  static constexpr char kKey = 0;
  explicit PinState(Vm&) {}
  void mark(Marker& marker) override { marker.mark(pins); }
  List* pins = nullptr;
};

Pin* pin_of(Value value) { return static_cast<Pin*>(value.as_object()); }

Result<void> check(Vm& vm, const PortError& error) {
  if (error) return vm.raise_os_error(error);
  return {};
}

// ---- the line ----

Result<Value> get_level(Vm& vm, Pin* pin) {
  int level = 0;
  TRY(check(vm, vm.ports.pins->read(pin->handle, level)));
  return Value::small_int(level);
}

Result<Value> set_level(Vm& vm, Pin* pin, bool level) {
  TRY(check(vm, vm.ports.pins->write(pin->handle, level)));
  return Value::none();
}

Result<PinConfig::Mode> mode_of(Vm& vm, int64_t mode) {
  switch (mode) {
    case -1:
      return PinConfig::Mode::Unchanged;
    case kIn:
      return PinConfig::Mode::In;
    case kOut:
      return PinConfig::Mode::Out;
    case kOpenDrain:
      return PinConfig::Mode::OpenDrain;
    default:
      return vm.raise(Error::bad_pin_mode);
  }
}

Result<PinConfig::Pull> pull_of(Vm& vm, Value pull) {
  if (pull.is_none()) return PinConfig::Pull::None;
  switch (TRY(to_int64(vm, pull))) {
    case -1:
      return PinConfig::Pull::Unchanged;
    case kPullUp:
      return PinConfig::Pull::Up;
    case kPullDown:
      return PinConfig::Pull::Down;
    default:
      return vm.raise(Error::bad_pin_pull);
  }
}

constexpr Parameter kInitParameters[] = {
    {"mode"_n, Parameter::Kind::Optional, Value::small_int(-1)},
    {"pull"_n, Parameter::Kind::Optional, Value::small_int(-1)},
    {"value"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"drive"_n, Parameter::Kind::KeywordOnly, Value::small_int(kDefaultDrive)},
    {"alt"_n, Parameter::Kind::KeywordOnly, Value::small_int(-1)},
    {"active_low"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"debounce_us"_n, Parameter::Kind::KeywordOnly, Value::none()},
};

struct Settings {
  PinConfig config;
  int64_t mode = -1;  ///< of Mode; -1: unchanged
  int64_t pull = -1;  ///< of Pull or 0; -1: unchanged

  void note(Pin* pin) const {
    if (mode >= 0) pin->mode = mode;
    if (pull >= 0) pin->pull = pull;
  }
};

/// A pull as a Pin notes it.
int64_t number_of(PinConfig::Pull pull) {
  switch (pull) {
    case PinConfig::Pull::Unchanged:
      return -1;
    case PinConfig::Pull::None:
      return 0;
    case PinConfig::Pull::Up:
      return kPullUp;
    default:
      return kPullDown;
  }
}

Result<void> check_drive(Vm& vm, Value drive) {
  if (TRY(to_int64(vm, drive)) != kDefaultDrive) return vm.raise(Error::bad_pin_drive);
  return {};
}

Result<Settings> parse_settings(Vm& vm, Args args) {
  Value values[std::size(kInitParameters)];
  TRY(parse_arguments(vm, args, kInitParameters, values));
  auto [mode, pull, value, drive, alt, active_low, debounce_us] = values;
  TRY(check_drive(vm, drive));
  if (TRY(to_int64(vm, alt)) != -1) return vm.raise(Error::bad_pin_alt);
  Settings settings;
  settings.mode = TRY(to_int64(vm, mode));
  settings.config.mode = TRY(mode_of(vm, settings.mode));
  settings.config.pull = TRY(pull_of(vm, pull));
  settings.pull = number_of(settings.config.pull);
  if (!value.is_none()) settings.config.initial = TRY(truth(vm, value));
  if (!active_low.is_none()) settings.config.active_low = TRY(truth(vm, active_low));
  if (!debounce_us.is_none()) {
    int64_t debounce = TRY(to_int64(vm, debounce_us));
    if (debounce < 0 || debounce > UINT32_MAX) return vm.raise(Error::int_too_big);
    settings.config.debounce_us = static_cast<uint32_t>(debounce);
  }
  return settings;
}

Result<Pins::Id> id_of(Vm& vm, Value id) {
  if (auto* name = as<Str>(id, str_type)) {
    if (name->size > Interner::kMaxNameSize) return vm.raise(Error::name_too_long);
    return Pins::Id(std::string(name->view()));
  }
  if (!is_int(id)) return vm.raise(Error::bad_pin_id, {type_of(id)});
  return Pins::Id(TRY(to_int64(vm, id)));
}

Pin* find_pin(const PinState& state, Pins::Handle handle) {
  for (Value value : state.pins->view())
    if (pin_of(value)->handle == handle) return pin_of(value);
  return nullptr;
}

/// Pin(id, mode=-1, pull=-1, *, value=None, drive=0, alt=-1, active_low=None, debounce_us=None).
Result<Value> make_pin(Vm& vm, const Type*, Args args) {
  if (args.size() == 0) return vm.raise(Error::native_missing_arguments, {1});
  if (!vm.ports.pins) return vm.raise_os_error(ENODEV, "this host has no GPIO lines");
  auto& state = vm.state<PinState>();
  if (!state.pins) state.pins = TRY(List::make(vm));
  Pin* pin = as<Pin>(args[0], pin_type);
  Settings settings = TRY(parse_settings(vm, args.skip(1)));
  Pins::Handle handle;
  if (pin) {
    TRY(check(vm, vm.ports.pins->configure(pin->handle, settings.config)));
  } else {
    const Pins::Id id = TRY(id_of(vm, args[0]));
    pin = TRY(vm.allocate<Pin>(pin_type));
    *pin = {{&pin_type.root}, 0, -1, 0, nullptr};
    TRY(check(vm, vm.ports.pins->request(id, settings.config, handle)));
    pin->handle = handle;
    if (Pin* known = find_pin(state, handle))
      pin = known;
    else if (!state.pins->append(vm, pin)) {
      vm.ports.pins->release(handle);
      return Failure{};
    }
  }
  settings.note(pin);
  return pin;
}

Result<void> apply(Vm& vm, Pin* pin, const Settings& settings) {
  TRY(check(vm, vm.ports.pins->configure(pin->handle, settings.config)));
  settings.note(pin);
  return {};
}

Result<Value> pin_init(Vm& vm, Args args) {
  const Settings settings = TRY(parse_settings(vm, args.skip(1)));
  TRY(apply(vm, pin_of(args[0]), settings));
  return Value::none();
}

/// mode([mode]): without one, answers that it has; -1 before one was set.
Result<Value> pin_mode(Vm& vm, Args args) {
  Pin* pin = pin_of(args[0]);
  if (args.size() == 1) return Value::small_int(pin->mode);
  Settings settings;
  settings.mode = TRY(to_int64(vm, args[1]));
  settings.config.mode = TRY(mode_of(vm, settings.mode));
  TRY(apply(vm, pin, settings));
  return Value::none();
}

/// pull([pull]): without one, answers that it has; None for none.
Result<Value> pin_pull(Vm& vm, Args args) {
  Pin* pin = pin_of(args[0]);
  if (args.size() == 1) return pin->pull == 0 ? Value::none() : Value::small_int(pin->pull);
  Settings settings;
  settings.config.pull = TRY(pull_of(vm, args[1]));
  settings.pull = number_of(settings.config.pull);
  TRY(apply(vm, pin, settings));
  return Value::none();
}

/// drive([drive]): all lines have one strength.
Result<Value> pin_drive(Vm& vm, Args args) {
  if (args.size() == 1) return Value::small_int(kDefaultDrive);
  TRY(check_drive(vm, args[1]));
  return Value::none();
}

Result<Value> pin_value(Vm& vm, Args args) {
  if (args.size() == 1) return get_level(vm, pin_of(args[0]));
  return set_level(vm, pin_of(args[0]), TRY(truth(vm, args[1])));
}

Result<Value> call_pin(Vm& vm, Value self, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 0) return get_level(vm, pin_of(self));
  return set_level(vm, pin_of(self), TRY(truth(vm, args[0])));
}

Result<Value> pin_on(Vm& vm, Args args) { return set_level(vm, pin_of(args[0]), true); }
Result<Value> pin_off(Vm& vm, Args args) { return set_level(vm, pin_of(args[0]), false); }

Result<Value> pin_toggle(Vm& vm, Args args) {
  Value level = TRY(get_level(vm, pin_of(args[0])));
  return set_level(vm, pin_of(args[0]), level.as_small_int() == 0);
}

Result<void> print_pin(Vm& vm, Value self, Writer& out, PrintStyle) {
  constexpr std::string_view kModes[] = {"IN", "OUT", "OPEN_DRAIN"};
  Pin* pin = pin_of(self);
  TRY(out.write(vm, "Pin('"));
  TRY(write_readable(vm, out, vm.ports.pins->name(pin->handle)));
  TRY(out.write(vm, "'"));
  if (pin->mode >= 0) {
    TRY(out.write(vm, ", mode=Pin."));
    TRY(out.write(vm, kModes[pin->mode]));
  }
  return out.write(vm, ")");
}

// ---- the interrupt ----

/// Tells the host which edges are wanted now.
Result<void> watch(Vm& vm, PinIrq* irq) {
  int edges = irq->handler ? static_cast<int>(irq->trigger) : 0;
  return check(vm, vm.ports.pins->watch(pin_of(irq->pin)->handle, edges, irq->token, interpreter(vm).mailbox_sink()));
}

void begin_edge(Value target, const Event& event) {
  auto* irq = static_cast<PinIrq*>(target.as_object());
  irq->flags = event.rising ? Pins::kRising : Pins::kFalling;
  irq->timestamp_ns = event.timestamp_ns;
}

Result<void> on_edge(Vm& vm, Value target, const Event& event) {
  auto* irq = static_cast<PinIrq*>(target.as_object());
  if (!irq->handler) return {};
  const Delivery delivery = irq->hard ? Delivery::Hard : Delivery::Soft;
  switch (TRY(deliver(vm, irq->handler, irq->pin, delivery, {begin_edge, target, event}))) {
    case Delivered::Yes:
      break;
    case Delivered::NoRoom:
      vm.ports.pins->count_dropped(pin_of(irq->pin)->handle, 1);
      break;
    case Delivered::Raised:
      stop_irq(vm, irq);
      irq->trigger = 0;
  }
  return {};
}

Result<PinIrq*> irq_of(Vm& vm, Pin* pin) {
  if (pin->irq) return pin->irq;
  PinIrq* irq = TRY(vm.allocate<PinIrq>(pin_irq_type));
  *irq = {{&pin_irq_type.root}, pin, Value(), Pins::kRising | Pins::kFalling, 0, 0, 0, false};
  irq->token = interpreter(vm).scheduler.subscribe(irq, on_edge);
  return pin->irq = irq;
}

/// No edges at all disarm.
Result<int64_t> trigger_of(Vm& vm, Value value) {
  int64_t trigger = TRY(to_int64(vm, value));
  if (trigger < 0 || trigger > (Pins::kRising | Pins::kFalling)) return vm.raise(Error::bad_trigger);
  return trigger;
}

constexpr Parameter kIrqParameters[] = {
    {"handler"_n, Parameter::Kind::Optional, Value::none()},
    {"trigger"_n, Parameter::Kind::Optional, Value::small_int(Pins::kRising | Pins::kFalling)},
    {"priority"_n, Parameter::Kind::KeywordOnly, Value::small_int(1)},
    {"wake"_n, Parameter::Kind::KeywordOnly, Value::none()},
    {"hard"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)},
};

/// Pin.irq(handler=None, trigger=IRQ_FALLING | IRQ_RISING, *, priority=1, wake=None, hard=False). Without any argument
/// it changes nothing.
Result<Value> pin_irq(Vm& vm, Args args) {
  PinIrq* irq = TRY(irq_of(vm, pin_of(args[0])));
  if (args.size() == 1 && !args.keywords) return irq;
  Value values[std::size(kIrqParameters)];
  TRY(parse_arguments(vm, args.skip(1), kIrqParameters, values));
  auto [handler, trigger, priority, wake, hard] = values;
  int64_t edges = TRY(trigger_of(vm, trigger));
  irq->hard = TRY(truth(vm, hard));
  irq->trigger = edges;
  irq->handler = handler.is_none() ? Value() : handler;
  TRY(watch(vm, irq));
  return irq;
}

Result<Value> irq_flags(Vm&, Args args) { return Value::small_int(static_cast<PinIrq*>(args[0].as_object())->flags); }

/// timestamp_ns(): CLOCK_MONOTONIC at the edge, as the kernel took it.
Result<Value> irq_timestamp_ns(Vm& vm, Args args) {
  return make_int(vm, static_cast<PinIrq*>(args[0].as_object())->timestamp_ns);
}

/// dropped(): the edges that never reached the handler for lack of room, in the kernel or here.
Result<Value> irq_dropped(Vm& vm, Args args) {
  auto* irq = static_cast<PinIrq*>(args[0].as_object());
  return make_uint(vm, vm.ports.pins->dropped(pin_of(irq->pin)->handle));
}

/// trigger([edges]): answers the edges it had.
Result<Value> irq_trigger(Vm& vm, Args args) {
  auto* irq = static_cast<PinIrq*>(args[0].as_object());
  int64_t before = irq->trigger;
  if (args.size() > 1) {
    irq->trigger = TRY(trigger_of(vm, args[1]));
    TRY(watch(vm, irq));
  }
  return Value::small_int(before);
}

/// Calls the handler by hand, the way an event would.
Result<Value> call_irq(Vm& vm, Value self, Args args) {
  TRY(check_arguments(vm, args, 0, 0));
  auto* irq = static_cast<PinIrq*>(self.as_object());
  if (irq->handler) TRY(deliver(vm, irq->handler, irq->pin, irq->hard ? Delivery::Hard : Delivery::Soft));
  return Value::none();
}

constexpr Member kIrqMembers[] = {
    {"dropped"_n, native<irq_dropped, 1>},
    {"flags"_n, native<irq_flags, 1>},
    {"timestamp_ns"_n, native<irq_timestamp_ns, 1>},
    {"trigger"_n, native<irq_trigger, 1, 2>},
};

constexpr Member kMembers[] = {
    {"DRIVE_0"_n, Value::small_int(kDefaultDrive)},
    {"IN"_n, Value::small_int(kIn)},
    {"IRQ_FALLING"_n, Value::small_int(Pins::kFalling)},
    {"IRQ_RISING"_n, Value::small_int(Pins::kRising)},
    {"OPEN_DRAIN"_n, Value::small_int(kOpenDrain)},
    {"OUT"_n, Value::small_int(kOut)},
    {"PULL_DOWN"_n, Value::small_int(kPullDown)},
    {"PULL_UP"_n, Value::small_int(kPullUp)},
    {"drive"_n, native<pin_drive, 1, 2>},
    {"high"_n, native<pin_on, 1>},
    {"init"_n, native<pin_init, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"irq"_n, native<pin_irq, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"low"_n, native<pin_off, 1>},
    {"mode"_n, native<pin_mode, 1, 2>},
    {"off"_n, native<pin_off, 1>},
    {"on"_n, native<pin_on, 1>},
    {"pull"_n, native<pin_pull, 1, 2>},
    {"toggle"_n, native<pin_toggle, 1>},
    {"value"_n, native<pin_value, 1, 2>},
};

}  // namespace

void stop_irq(Vm& vm, Value target) {
  auto* irq = static_cast<PinIrq*>(target.as_object());
  irq->handler = Value();
  if (!watch(vm, irq)) vm.take_pending();
}

bool is_armed(Value irq) {
  auto* self = static_cast<PinIrq*>(irq.as_object());
  return self->handler && self->trigger != 0;
}

constinit const Type pin_irq_type{{.name = "irq"_n,
                                   .kind = &kIrqKind,
                                   .members = kIrqMembers,
                                   .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                   .slots = {.call = call_irq}}};

constinit const Type pin_type{{.name = "Pin"_n,
                               .kind = &kPinKind,
                               .members = kMembers,
                               .flags = Type::kHashByAddress | Type::kNotSubclassable,
                               .slots = {.print = print_pin, .call = call_pin, .construct = make_pin}}};

}  // namespace upy
