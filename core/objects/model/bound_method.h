#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type bound_method_type, static_method_type, class_method_type;

/// A function or other callable together with its first argument.
struct BoundMethod : Object {
  Value function;
  Value self;
  static Result<BoundMethod*> make(Vm& vm, Value function, Value self);
};

/// staticmethod(f) and classmethod(f), told apart by their type.
struct WrappedMethod : Object {
  Value function;
};

}  // namespace upy
