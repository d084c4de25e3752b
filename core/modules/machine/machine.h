#pragma once

#include "interpreter/interpreter.h"
#include "objects/runtime/type.h"

namespace upy {

/// The type of machine.mem8 and its like, and those.
extern const Type mem_type;
extern const Object mem8, mem16, mem32;

extern const Type pin_type, pin_base_type, pin_irq_type, rtc_type, signal_type, timer_type, wdt_type;

/// Timer.deinit().
void stop_timer(Vm& vm, Value timer);
/// Pin.irq(None) of the pin whose interrupt this is.
void stop_irq(Vm& vm, Value irq);
/// Whether an edge would call something, of the interrupt of a pin.
bool is_armed(Value irq);
/// How many timers and interrupts of pins are armed.
int count_armed(Vm& vm);
/// The level of anything that has value() like a pin: what that answers, usually 0 or 1.
Result<int64_t> read_pin(Vm& vm, Value pin);

inline Interpreter& interpreter(Vm& vm) { return static_cast<Interpreter&>(vm); }

/// When a handler runs: through the queue, or at once with heap and scheduler locked.
enum class Delivery : uint8_t { Soft, Hard };
/// What came of an event: its handler is queued or has run; the queue had no room; a hard handler raised, and the
/// source of the event is to be switched off.
enum class Delivered : uint8_t { Yes, NoRoom, Raised };
/// Gives an event to its handler.
Result<Delivered> deliver(Vm& vm, Value handler, Value argument, Delivery delivery, const Cause& cause = {});

}  // namespace upy
