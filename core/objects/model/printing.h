#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// Values as text. Each may call Python code, which may change anything.
namespace upy {

Result<void> print(Vm& vm, Value value, Writer& out, PrintStyle style);
Result<Str*> to_str(Vm& vm, Value value);    ///< str(value)
Result<Str*> to_repr(Vm& vm, Value value);   ///< repr(value)
Result<Str*> to_ascii(Vm& vm, Value value);  ///< repr(value) in ASCII: \xe9 for é
/// The interned string of a str value; TypeError otherwise.
Result<const Str*> to_name(Vm& vm, Value value);

}  // namespace upy
