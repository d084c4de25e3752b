#pragma once

#include "objects/type.h"
#include "vm/interpreter.h"

namespace upy {

extern const Type pin_type, timer_type;

inline Interpreter& interpreter(Vm& vm) { return static_cast<Interpreter&>(vm); }

/// Gives an event to its handler: at once with heap and scheduler locked if `hard`, else through the queue. False: a hard
/// handler raised, and its source is to be switched off.
enum class Delivery : uint8_t { Soft, Hard };
Result<bool> deliver(Vm& vm, Value handler, Value argument, Delivery delivery);

}  // namespace upy
