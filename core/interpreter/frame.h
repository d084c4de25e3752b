#pragma once

#include <cstdint>

#include "objects/model/code.h"
#include "objects/model/function.h"
#include "objects/model/generator.h"
#include "objects/runtime/result.h"

namespace upy {

/// A running Python function.
struct Frame {
  /// Whom the frame returns to, and what it does with the result.
  enum class Kind : uint8_t {
    Call,       ///< to the CALL of the frame below, which tells the register
    Construct,  ///< the same, but the result is the object `held`; the function is an __init__
    Entry,      ///< to native code
    Iterate,    ///< a generator's, resumed by the FOR_NEXT of the frame below
    Delegate,   ///< a generator's, resumed by the YIELD_FROM of the frame below
  };
  Code* code;
  Function* function;
  const Instr* pc;       ///< the next instruction, while the frame does not run or natives look at it
  Value* base;           ///< R[0]
  Generator* generator;  ///< null if the frame is none's
  Value held;            ///< Construct: the new object; of a generator: an exception for the YIELD_FROM it waits at
  Value handled;         ///< the exception that the function handles; null if none
  Kind kind;

  Value* top() const { return base + code->register_count; }
  Dict* globals() const { return function->globals; }
  uint32_t line() const { return code->line_of(static_cast<size_t>(pc - code->instructions) - 1); }
};

/// What becomes of an instruction that calls, returns or yields: how whoever runs it goes on.
struct Step {
  enum class Next : uint8_t {
    Store,  ///< `value` is the result; it goes into the instruction's register
    Enter,  ///< another frame runs now: go on at its pc
    Leave,  ///< the entry frame has ended, or rests: `value` is for the native code that entered it
    Raise,  ///< an exception is pending
  };
  Next next;
  Value value;  ///< null unless Store or Leave

  Step() = default;
  constexpr Step(Result<Value> result) : next(result ? Next::Store : Next::Raise), value(*result) {}
  constexpr Step(Failure) : next(Next::Raise) {}
  static constexpr Step enter() { return {Next::Enter, Value()}; }
  static constexpr Step leave(Value value) { return {Next::Leave, value}; }

 private:
  constexpr Step(Next next, Value value) : next(next), value(value) {}
};

}  // namespace upy
