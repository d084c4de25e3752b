#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type super_type;

/// super(type, object): shows what the bases of `type` have, for `object`, which is an instance of it or a class
/// derived from it.
struct Super : Object {
  Value type, object;
};

/// A method of super(type, self), for a call that makes no super object: `function` and, if it takes one, `receiver`
/// (else null). AttributeError if there is none.
Result<void> get_super_method(Vm& vm, Value type, Value self, const Str* name, Value& function, Value& receiver);
/// The same; false if there is none.
Result<bool> find_super_method(Vm& vm, Value type, Value self, const Str* name, Value& function, Value& receiver);

}  // namespace upy
