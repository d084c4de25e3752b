#pragma once

#include "bytecode/opcode.h"
#include "objects/model/function.h"
#include "objects/runtime/type.h"

namespace upy {

extern const Type generator_type;

/// A generator or coroutine: a function call whose registers rest here while it does not run.
struct Generator : Object {
  enum class State : uint8_t { Fresh, Suspended, Delegating, Running, Done };
  Function* function;
  const Instr*
      resume_at;  ///< Suspended: the instruction after the YIELD; Delegating: the YIELD_FROM itself; Fresh: null
  State state;
  uint32_t register_count;
  Value handled;        ///< the exception that it handles while it does not run; null if none
  Value pending_throw;  ///< set by pend_throw: thrown at the next resumption; null if none
  /// Whether it goes on, or begins, when its frame is put on the stack: it waits for that, and for nothing to be
  /// thrown.
  bool is_resumable() const { return state <= State::Delegating && !pending_throw; }
  Value* registers() { return reinterpret_cast<Value*>(this + 1); }
};

/// What a method answers for what `resume` did: the item, or for Value::stop() a StopIteration with its value.
Result<Value> item_or_stop(Vm& vm, Value item);
/// generator.close(): has GeneratorExit raised where it waits; RuntimeError if it yields instead of ending.
Result<Value> close_generator(Vm& vm, Generator* generator);
/// A new fresh generator; the caller fills its registers, which are null.
Result<Generator*> make_generator(Vm& vm, Function* function);

}  // namespace upy
