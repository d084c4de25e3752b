#pragma once

#include "objects/runtime/type.h"

namespace upy {

struct Code;

extern const Type function_type, closure_type, generator_function_type, cell_type;

/// A variable that a function shares with functions inside it.
struct Cell : Object {
  Value content;  ///< null: unset
};

/// A Python function. Its type tells apart those with captured cells, which are closures, and of the others those that
/// make generators.
struct Function : Object {
  Code* code;
  Dict* globals;
  Tuple* defaults;         ///< of the last positional parameters; null if none
  Dict* keyword_defaults;  ///< null if none
  size_t cell_count;

  /// A new one of `code`, without defaults and with its cells null.
  static Result<Function*> make(Vm& vm, Code* code, Dict* globals);
  Value* cells() { return reinterpret_cast<Value*>(this + 1); }
};

/// Whether it is a Python function, of any of the three types.
inline bool is_function(Value value) {
  if (!value.is_object()) return false;
  const Shape* shape = value.as_object()->shape;
  return shape == &function_type.root || shape == &closure_type.root || shape == &generator_function_type.root;
}

}  // namespace upy
