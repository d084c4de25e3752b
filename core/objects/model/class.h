#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// A new class: type(name, bases, dict), with __init_subclass__-free semantics as MicroPython has them. The class
/// gets a copy of `dict`: changes of the original would pass its caches by.
Result<Type*> make_class(Vm& vm, const Str* name, Tuple* bases, Dict* dict);
/// Sets or (null value) deletes a class attribute, keeping inline caches right.
Result<void> set_class_attr(Vm& vm, Type* type, const Str* name, Value value);

}  // namespace upy
