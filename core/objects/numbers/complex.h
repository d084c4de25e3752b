#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type complex_type;

/// A complex number.
struct Complex : Object {
  double real, imag;
};

/// The two parts of a complex number.
struct ComplexParts {
  double real = 0, imag = 0;
};

Result<Value> make_complex(Vm& vm, ComplexParts z);
/// The parts of a complex number or of anything that to_double takes, or an object with __complex__; TypeError
/// `can't convert X to complex`.
Result<ComplexParts> to_complex(Vm& vm, Value value);
/// complex op complex for the arithmetic operators and ==; not_implemented for others.
Result<Value> complex_binary(Vm& vm, BinaryOp op, ComplexParts a, ComplexParts b);

}  // namespace upy
