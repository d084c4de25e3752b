#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type float_type;

/// A float that has no immediate encoding (very large or small ones, infinities, nan, -0.0).
struct BoxedFloat : Object {
  double value;
};

Result<Value> make_boxed_float(Vm& vm, double d);

inline Result<Value> make_float(Vm& vm, double d) {
  Value value;
  if (Value::immediate_float(d, value)) [[likely]]
    return value;
  return make_boxed_float(vm, d);
}
inline bool is_float(Value value) { return value.is_immediate_float() || is_exactly(value, float_type); }
/// The double of a float; `value` must be one.
inline double as_double(Value value) {
  return value.is_immediate_float() ? value.as_immediate_float() : static_cast<BoxedFloat*>(value.as_object())->value;
}
/// The double of a float, int or bool, or an object with __float__; TypeError `can't convert X to float`.
Result<double> to_double(Vm& vm, Value value);
/// float op float, for all operators that floats have; not_implemented for others.
Result<Value> float_binary(Vm& vm, BinaryOp op, double a, double b);
/// round(d): the nearest int, halves to the even one; OverflowError for inf, ValueError for nan.
Result<Value> float_round(Vm& vm, double d);
/// round(d, digits): the nearest float with that many decimals.
double float_round(double d, int64_t digits);
/// The hash of a double; equal to that of an equal int.
uint64_t hash_double(double d);

}  // namespace upy
