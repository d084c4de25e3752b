#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "objects/type.h"

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

/// Text as float() takes it, without underscores; nothing if it is no number.
std::optional<double> parse_float(std::string_view text);
/// The number at the beginning of `text`, which may go on; blanks and underscores are not part of it. It is taken off.
std::optional<double> take_float(std::string_view& text);
/// The shortest text that reads back the same, in `buffer` or static: with an exponent from 1e16 on and below 1e-4,
/// without a fraction if there is none.
constexpr size_t kFloatText = 32;
std::string_view shortest_text(double d, std::span<char, kFloatText> buffer);
/// repr(): the shortest text, with ".0" if it would read as an int.
Result<void> write_float(Vm& vm, Writer& out, double d);

}  // namespace upy
