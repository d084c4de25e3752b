#pragma once

#include <cmath>
#include <cstdint>

#include "heap/value.h"

/// The operators on small integers and immediate floats, without a call. Each answers whether it applied; if not, the
/// general operation (objects/model/operations.h) has to decide.
namespace upy {

struct FastAdd {
  static bool ints(Value a, Value b, Value& result) {
    int64_t sum;
    if (__builtin_add_overflow(raw(a), raw(b) - 1, &sum)) return false;
    result = Value::from_bits(static_cast<uint64_t>(sum));
    return true;
  }
  static double floats(double a, double b) { return a + b; }

 protected:
  static int64_t raw(Value v) { return static_cast<int64_t>(v.bits()); }
};

struct FastSub {
  static bool ints(Value a, Value b, Value& result) {
    int64_t difference;
    if (__builtin_sub_overflow(static_cast<int64_t>(a.bits()), static_cast<int64_t>(b.bits()) - 1, &difference))
      return false;
    result = Value::from_bits(static_cast<uint64_t>(difference));
    return true;
  }
  static double floats(double a, double b) { return a - b; }
};

struct FastMul {
  static bool ints(Value a, Value b, Value& result) {
    int64_t product;
    if (__builtin_mul_overflow(a.as_small_int(), static_cast<int64_t>(b.bits()) - 1, &product)) return false;
    result = Value::from_bits(static_cast<uint64_t>(product) | 1);
    return true;
  }
  static double floats(double a, double b) { return a * b; }
};

/// Division by zero is left to the general operation, which raises.
struct FastTrueDiv {
  static bool ints(Value a, Value b, Value& result) {
    constexpr int64_t kExact = int64_t{1} << 53;
    int64_t x = a.as_small_int(), y = b.as_small_int();
    if (y == 0 || x > kExact || x < -kExact || y > kExact || y < -kExact) return false;
    return Value::immediate_float(static_cast<double>(x) / static_cast<double>(y), result);
  }
  static bool floats(double a, double b, Value& result) { return b != 0 && Value::immediate_float(a / b, result); }
};

struct FastFloorDiv {
  static bool ints(Value a, Value b, Value& result) {
    int64_t x = a.as_small_int(), y = b.as_small_int();
    if (y == 0 || y == -1) return false;
    int64_t quotient = x / y;
    if ((x % y != 0) && ((x < 0) != (y < 0))) quotient--;
    result = Value::small_int(quotient);
    return true;
  }
};

struct FastMod {
  static bool ints(Value a, Value b, Value& result) {
    int64_t x = a.as_small_int(), y = b.as_small_int();
    if (y == 0 || y == -1) return false;
    int64_t remainder = x % y;
    if (remainder != 0 && ((remainder < 0) != (y < 0))) remainder += y;
    result = Value::small_int(remainder);
    return true;
  }
};

struct FastAnd {
  static bool ints(Value a, Value b, Value& result) {
    result = Value::from_bits(a.bits() & b.bits());
    return true;
  }
};

struct FastOr {
  static bool ints(Value a, Value b, Value& result) {
    result = Value::from_bits(a.bits() | b.bits());
    return true;
  }
};

struct FastXor {
  static bool ints(Value a, Value b, Value& result) {
    result = Value::from_bits((a.bits() ^ b.bits()) | 1);
    return true;
  }
};

struct FastLShift {
  static bool ints(Value a, Value b, Value& result) {
    int64_t x = a.as_small_int(), n = b.as_small_int();
    if (n < 0 || n > 61) return false;
    auto shifted = static_cast<int64_t>(static_cast<uint64_t>(x) << n);
    if (shifted >> n != x || !Value::fits_small_int(shifted)) return false;
    result = Value::small_int(shifted);
    return true;
  }
};

struct FastRShift {
  static bool ints(Value a, Value b, Value& result) {
    int64_t n = b.as_small_int();
    if (n < 0) return false;
    result = Value::small_int(a.as_small_int() >> (n > 63 ? 63 : n));
    return true;
  }
};

/// A small integer or immediate float as a double.
inline bool fast_double(Value v, double& d) {
  if (v.is_immediate_float()) {
    d = v.as_immediate_float();
    return true;
  }
  d = static_cast<double>(v.as_small_int());
  return v.is_small_int();
}

/// Both are small integers.
inline bool both_ints(Value a, Value b) { return a.bits() & b.bits() & 1; }

/// Fast::floats for two numbers that are not both small integers, if their result is immediate.
template <typename Fast>
inline bool fast_floats(Value a, Value b, Value& result) {
  double x, y;
  if (!fast_double(a, x) || !fast_double(b, y)) return false;
  if constexpr (requires { Fast::floats(x, y, result); }) {
    return Fast::floats(x, y, result);
  } else {
    return Value::immediate_float(Fast::floats(x, y), result);
  }
}

}  // namespace upy
