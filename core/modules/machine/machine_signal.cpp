#include <algorithm>

#include "modules/machine/machine.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// What works with any pin: a machine.Pin, or an object whose value([x]) does what Pin.value does.
namespace upy {

Result<int64_t> read_pin(Vm& vm, Value pin) { return to_int64(vm, TRY(vm.call_method(pin, "value"_n))); }

namespace {

/// A class derived from PinBase carries this as its native part; its state is its own.
constinit const Object kPinBase{&pin_base_type.root};

Result<Value> pin_base_construct(Vm&, const Type*, Args) { return &kPinBase; }

// ---- Signal ----

/// A pin that is on at one of its levels.
struct Signal : Object {
  Value pin;
  bool inverted;  ///< on at level 0
};

constexpr CellKind kSignalKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Signal*>(object)->pin); }};

Signal* signal_of(Value self) { return static_cast<Signal*>(native_of(self).as_object()); }

Result<Value> get(Vm& vm, Signal* self) {
  const int64_t level = TRY(read_pin(vm, self->pin));
  return make_int(vm, level ^ int64_t{self->inverted});
}

Result<Value> set(Vm& vm, Signal* self, bool on) {
  TRY(vm.call_method(self->pin, "value"_n, {Value::boolean(on != self->inverted)}));
  return Value::none();
}

/// What Signal was called with: how to come by its pin, and `invert`.
struct SignalArguments {
  Args pin;
  bool inverted = false;
};

/// Takes the keyword `invert` out; `storage` must have room for all of the arguments.
Result<SignalArguments> take_invert(Vm& vm, Args args, Value* storage) {
  SignalArguments taken{Args(storage, args.positional)};
  Value* to = std::copy_n(args.values, args.positional, storage);
  for (uint32_t i = 0; i < args.keywords; i++) {
    if (args.keyword_name(i) == Value("invert"_n)) {
      taken.inverted = TRY(truth(vm, args.keyword_value(i)));
      continue;
    }
    *to++ = args.keyword_name(i);
    *to++ = args.keyword_value(i);
    taken.pin.keywords++;
  }
  return taken;
}

/// Signal(pin, *, invert=False), or Signal(…, invert=False) with what Pin takes.
Result<Value> signal_construct(Vm& vm, const Type* type, Args args) {
  if (args.size() == 0) return vm.raise(Error::native_missing_arguments, {1});
  ValueStorage* storage = TRY(vm.allocate_values(args.positional + 2 * args.keywords));
  const SignalArguments taken = TRY(take_invert(vm, args, storage->items()));
  Value pin = args[0];
  if (TRY(find_attr(vm, pin, "value"_n)).is_absent())
    pin = TRY(vm.call(&pin_type, taken.pin));
  else
    TRY(check_arguments(vm, taken.pin, 1, 1));
  Signal* self = TRY(vm.allocate<Signal>(*type));
  self->pin = pin;
  self->inverted = taken.inverted;
  return self;
}

Result<Value> signal_value(Vm& vm, Args args) {
  if (args.size() == 1) return get(vm, signal_of(args[0]));
  return set(vm, signal_of(args[0]), TRY(truth(vm, args[1])));
}

Result<Value> call_signal(Vm& vm, Value self, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 0) return get(vm, signal_of(self));
  return set(vm, signal_of(self), TRY(truth(vm, args[0])));
}

Result<Value> signal_on(Vm& vm, Args args) { return set(vm, signal_of(args[0]), true); }
Result<Value> signal_off(Vm& vm, Args args) { return set(vm, signal_of(args[0]), false); }

constexpr Member kSignalMembers[] = {
    {"off"_n, native<signal_off, 1>},
    {"on"_n, native<signal_on, 1>},
    {"value"_n, native<signal_value, 1, 2>},
};

}  // namespace

constinit const Type pin_base_type{{.name = "PinBase"_n,
                                    .kind = &plain_kind,
                                    .flags = Type::kHashByAddress,
                                    .slots = {.construct = pin_base_construct}}};

constinit const Type signal_type{{.name = "Signal"_n,
                                  .kind = &kSignalKind,
                                  .members = kSignalMembers,
                                  .flags = Type::kHashByAddress,
                                  .slots = {.call = call_signal, .construct = signal_construct}}};

}  // namespace upy
