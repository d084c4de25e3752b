#pragma once

#include "objects/runtime/type.h"

/// The methods of int that turn numbers into bytes and back.
namespace upy {

Result<Value> int_from_bytes_method(Vm& vm, Args args);  ///< int.from_bytes(bytes, byteorder='big', signed=False)
Result<Value> int_to_bytes_method(Vm& vm, Args args);    ///< n.to_bytes(length=1, byteorder='big', *, signed=False)

}  // namespace upy
