#include <algorithm>
#include <bit>
#include <cmath>

#include "objects/numbers/big_int.h"

/// Integers and doubles: conversions are correctly rounded, comparisons exact.
namespace upy::big {

namespace {

/// The 64 bits of a magnitude from bit `at` on; bits below 0 are 0.
uint64_t bits_from(Limbs n, int64_t at) {
  if (at < 0) return at > -64 ? n.data[0] << -at : 0;
  size_t limb = static_cast<size_t>(at) / kLimbBits, shift = static_cast<size_t>(at) % kLimbBits;
  uint64_t bits = n.data[limb] >> shift;
  if (shift && limb + 1 < n.size) bits |= n.data[limb + 1] << (kLimbBits - shift);
  return bits;
}

/// Whether any bit below bit `at` is set.
bool any_below(Limbs n, int64_t at) {
  if (at <= 0) return false;
  size_t limb = static_cast<size_t>(at) / kLimbBits, shift = static_cast<size_t>(at) % kLimbBits;
  return n.low(limb).trimmed().size != 0 || (shift && n.data[limb] << (kLimbBits - shift));
}

/// The double nearest to (top + something below its lowest bit if `sticky`) * 2**exponent, for top >= 2**63.
double round_to_double(uint64_t top, bool sticky, int64_t exponent) {
  // A double keeps 53 bits; a subnormal one none below 2**-1074.
  int64_t drop = std::max<int64_t>(11, -1074 - exponent);
  if (drop > 64) return 0;
  uint64_t kept = drop == 64 ? 0 : top >> drop;
  uint64_t half = uint64_t{1} << (drop - 1), rest = top & (half | (half - 1));
  if (rest > half || (rest == half && (sticky || kept & 1))) kept++;
  return std::ldexp(static_cast<double>(kept), static_cast<int>(std::min<int64_t>(exponent + drop, 2000)));
}

}  // namespace

double to_double(Signed n) {
  if (n.is_zero()) return 0;
  auto at = static_cast<int64_t>(n.magnitude.bit_length()) - 64;
  double d = round_to_double(bits_from(n.magnitude, at), any_below(n.magnitude, at), at);
  return n.negative ? -d : d;
}

Result<double> true_divide(Vm& vm, Signed a, Signed b) {
  bool negative = a.negative != b.negative;
  if (a.is_zero()) return negative ? -0.0 : 0.0;
  // Scaled so that the quotient has 65 or 66 bits.
  int64_t scale = static_cast<int64_t>(b.magnitude.bit_length()) - static_cast<int64_t>(a.magnitude.bit_length()) + 65;
  Signed dividend{a.magnitude, false}, divisor{b.magnitude, false};
  Value scaled = TRY(scale >= 0 ? shift_left(vm, dividend, scale) : shift_left(vm, divisor, -scale));
  Operand operand(scaled);
  (scale >= 0 ? dividend : divisor) = operand;
  Value quotient, remainder;
  TRY(floor_divide(vm, dividend, divisor, &quotient, &remainder));
  Operand result(quotient);
  Limbs q = Signed(result).magnitude;
  auto at = static_cast<int64_t>(q.bit_length()) - 64;
  bool sticky = any_below(q, at) || !(remainder == Value::small_int(0));
  double d = round_to_double(bits_from(q, at), sticky, at - scale);
  return negative ? -d : d;
}

int compare(Signed n, double d) {
  int sign = n.is_zero() ? 0 : n.negative ? -1 : 1, sign_of_d = (d > 0) - (d < 0);
  if (sign != sign_of_d) return sign < sign_of_d ? -1 : 1;
  if (sign == 0) return 0;
  if (std::isinf(d)) return -sign;
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);  // |d| = fraction * 2**exponent, fraction in [0.5, 1)
  auto bits = static_cast<int64_t>(n.magnitude.bit_length());
  int order = bits < exponent ? -1 : bits > exponent ? 1 : 0;
  if (order == 0) {
    auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 64));
    uint64_t top = bits_from(n.magnitude, bits - 64);
    order = top < mantissa ? -1 : top > mantissa ? 1 : any_below(n.magnitude, bits - 64) ? 1 : 0;
  }
  return n.negative ? -order : order;
}

}  // namespace upy::big
