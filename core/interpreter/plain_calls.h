#pragma once

#include <algorithm>

#include "objects/model/bound_method.h"
#include "objects/model/function.h"
#include "objects/model/native_function.h"

/// Calls that need no more than a look at their callee.
namespace upy {

/// Whether the arguments of a call are the first registers of the function as they lie.
inline bool takes_plainly(const Code* code, uint32_t positional, uint32_t keywords) {
  return code->simple && positional == code->positional_count && !keywords;
}

/// Empties the registers behind the parameters.
inline void clear_registers(const Code* code, Value* registers, size_t parameters) {
  std::fill(registers + parameters, registers + code->register_count, Value());
}

/// Whether a native can be given the arguments of a call without any more checks.
inline bool takes_plainly(const NativeFunction* function, uint32_t positional, uint32_t keywords) {
  return positional >= function->min && positional <= function->max && !keywords;
}

/// If `callee` is a bound method of a function, makes the call one of that function: the object goes into the word
/// before the arguments.
inline bool unbind(Value& callee, Value*& args, uint32_t& positional) {
  if (!is_exactly(callee, bound_method_type)) return false;
  auto* method = static_cast<BoundMethod*>(callee.as_object());
  if (!is_function(method->function) && !is_exactly(method->function, native_function_type)) [[unlikely]]
    return false;
  *--args = method->self;
  positional++;
  callee = method->function;
  return true;
}

}  // namespace upy
