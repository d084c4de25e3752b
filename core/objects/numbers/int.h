#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "objects/runtime/type.h"

/// Integers: small ones are immediate Values, the others BigInt objects. Every result that fits a small int is one, so
/// equal integers have one representation.
namespace upy {

extern const Type int_type;
extern const Shape big_int_shape;

/// An integer outside the small range: sign and magnitude, least significant limb first, no leading zero limbs.
/// It has a shape of its own; its type is int_type like that of small ones.
struct BigInt : Object {
  uint32_t limb_count;
  bool negative;
  uint64_t* limbs() { return reinterpret_cast<uint64_t*>(this + 1); }
  const uint64_t* limbs() const { return reinterpret_cast<const uint64_t*>(this + 1); }
};

/// The hash of a small int is itself; that of another is its magnitude modulo this, with its sign.
constexpr uint64_t kIntHashModulus = (uint64_t{1} << 61) - 1;

/// Any machine integer as an int.
Result<Value> make_int(Vm& vm, int64_t n);
Result<Value> make_uint(Vm& vm, uint64_t n);
/// An int from text without sign or prefix, in base 2 to 36, underscores not allowed; ValueError if it is not one.
Result<Value> parse_int(Vm& vm, std::string_view digits, int base);
/// How the bytes of an integer are ordered, and whether its highest bit is a sign (two's complement).
enum class ByteOrder : uint8_t { Little, Big };
enum class Signedness : uint8_t { Unsigned, Signed };
/// An int of any size from its bytes.
Result<Value> int_from_bytes(Vm& vm, std::string_view bytes, ByteOrder order, Signedness signedness);
/// Writes an int to all of `bytes`; false: it does not fit.
Result<bool> int_to_bytes(Vm& vm, Value n, std::span<char> bytes, ByteOrder order, Signedness signedness);
/// Writes an int of any size in a base from 2 to 36.
Result<void> write_int(Vm& vm, Writer& out, Value n, int base);

/// Whether it is an int (small, big, or a bool, which counts as 0 or 1), also as the native part of a class instance.
bool is_int(Value value);
/// Its value if it is an int that fits.
std::optional<int64_t> int64_of(Value value);
/// An object with __index__ or __int__ as the int that it answers; all else as it is, so it may be no int.
Result<Value> as_index(Vm& vm, Value value);
/// The same by __index__ alone: an object that is no int, such as one that converts to a float, may have __int__ too.
Result<Value> as_exact_index(Vm& vm, Value value);
/// An int, or an object with __index__ or __int__, as a small or big int; TypeError `can't convert X to int` for all
/// else.
Result<Value> to_int(Vm& vm, Value value);
/// The int that a number comes to: what an object's __int__, or else its __index__, answers, a float's integer part, an
/// int itself; TypeError as to_int.
Result<Value> number_to_int(Vm& vm, Value value);
/// That to a machine word: TypeError `can't convert X to int`, OverflowError if it does not fit.
Result<int64_t> to_int64(Vm& vm, Value value);
/// The low 64 bits of an int of any size (two's complement), for struct and arrays.
Result<uint64_t> to_bits64(Vm& vm, Value value);
/// An int's nearest double; OverflowError-free: infinite if too large.
double int_to_double(Value value);
/// A double's integer part; OverflowError for inf and nan.
Result<Value> double_to_int(Vm& vm, double d);

/// int op int for any sizes. TrueDiv gives a float, a negative exponent too. Comparison gives a bool.
Result<Value> int_binary(Vm& vm, BinaryOp op, Value a, Value b);
/// n op d: comparisons are exact, all else is done on doubles.
Result<Value> int_binary(Vm& vm, BinaryOp op, Value n, double d);
Result<Value> int_unary(Vm& vm, UnaryOp op, Value n);
/// pow(base, exponent, modulus) of ints; ValueError for modulus 0 and for a negative exponent.
Result<Value> int_pow_mod(Vm& vm, Value base, Value exponent, Value modulus);
/// round(n, digits): to a multiple of 10**-digits, halves to the even one.
Result<Value> int_round(Vm& vm, Value n, int64_t digits);
/// -1, 0 or 1. An int or bool.
int int_sign(Value n);

}  // namespace upy
