#pragma once

#include "objects/type.h"
#include "vm/interpreter.h"

namespace upy {

extern const Type pin_type, pin_base_type, signal_type, timer_type;

/// The level of anything that has value() like a pin: what that answers, usually 0 or 1.
Result<int64_t> read_pin(Vm& vm, Value pin);

inline Interpreter& interpreter(Vm& vm) { return static_cast<Interpreter&>(vm); }

/// Gives an event to its handler: at once with heap and scheduler locked if `hard`, else through the queue. False: a
/// hard handler raised, and its source is to be switched off.
enum class Delivery : uint8_t { Soft, Hard };
Result<bool> deliver(Vm& vm, Value handler, Value argument, Delivery delivery);

}  // namespace upy
