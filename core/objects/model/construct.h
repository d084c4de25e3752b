#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// Calls a class: __new__, __init__, and the making of the native part if __init__ did not do it.
Result<Value> construct_instance(Vm& vm, const Type* type, Args args);
/// native_type.__init__(self, ...): makes the native part of `self` from the arguments that follow it.
Result<Value> init_native_part(Vm& vm, Args args);

}  // namespace upy
