#include <algorithm>
#include <cstring>

#include "objects/numbers/big_int.h"

/// Products: mpn_ for what fits a block, Karatsuba's method above, and rows of squares for operands of unequal length.
namespace upy::big {

namespace {

/// The longest operands of one mpn_mul_n: a fifth of a millisecond on a PC, and 27 KiB of stack.
constexpr size_t kBlock = 1024;
/// Up to this size of the shorter operand mpn_mul multiplies limb by limb, without scratch.
constexpr size_t kLimbwise = 16;
/// Up to this size of the longer one the scratch of mpn_mul is small whatever the shapes are.
constexpr size_t kAnyShape = 256;

void multiply_block(mp_limb_t* product, const mp_limb_t* a, const mp_limb_t* b, size_t n) {
  if (a == b)
    mpn_sqr(product, a, n);
  else
    mpn_mul_n(product, a, b, n);
}

/// difference (low.size limbs) = |low - high|, for low.size >= high.size; whether low < high.
Result<bool> subtract_absolutely(Vm& vm, mp_limb_t* difference, Limbs low, Limbs high) {
  Limbs a = low.trimmed(), b = high.trimmed();
  bool negative = TRY(compare(vm, a, b)) < 0;
  if (negative) std::swap(a, b);
  std::fill(difference + a.size, difference + low.size, 0);
  TRY(subtract(vm, difference, a, b));
  return negative;
}

/// product (2n limbs) = a * b, n limbs each. `scratch` has room for 2n + 128 limbs.
///
/// With a = a1 B + a0 and b likewise: a b = z2 B² + (z0 + z2 - (a0 - a1)(b0 - b1)) B + z0, where z0 = a0 b0, z2 = a1
/// b1.
Result<void> multiply_karatsuba(Vm& vm, mp_limb_t* product, const mp_limb_t* a, const mp_limb_t* b, size_t n,
                                mp_limb_t* scratch) {
  if (n <= kBlock) {
    multiply_block(product, a, b, n);
    return vm.poll();
  }
  size_t low = (n + 1) / 2, high = n - low;
  bool a_negative = TRY(subtract_absolutely(vm, product, {a, low}, {a + low, high}));
  bool b_negative = a_negative;
  mp_limb_t *difference_a = product, *difference_b = product;
  if (a != b) b_negative = TRY(subtract_absolutely(vm, difference_b = product + low, {b, low}, {b + low, high}));
  mp_limb_t *middle = scratch, *rest = scratch + 2 * low;
  TRY(multiply_karatsuba(vm, middle, difference_a, difference_b, low, rest));
  TRY(multiply_karatsuba(vm, product, a, b, low, rest));
  TRY(multiply_karatsuba(vm, product + 2 * low, a + low, b + low, high, rest));
  mp_limb_t carry;
  if (a_negative == b_negative)
    carry = -TRY(subtract(vm, middle, {product, 2 * low}, {middle, 2 * low}));
  else
    carry = TRY(add(vm, middle, {product, 2 * low}, {middle, 2 * low}));
  carry += TRY(add(vm, middle, {middle, 2 * low}, {product + 2 * low, 2 * high}));
  TRY(add(vm, product + low, {product + low, 2 * n - low}, {middle, 2 * low}));
  if (3 * low < 2 * n) mpn_add_1(product + 3 * low, product + 3 * low, 2 * n - 3 * low, carry);
  return {};
}

Result<void> multiply_square(Vm& vm, mp_limb_t* product, const mp_limb_t* a, const mp_limb_t* b, size_t n) {
  if (n <= kBlock) {
    multiply_block(product, a, b, n);
    return vm.poll();
  }
  LimbBuffer scratch(vm);
  return multiply_karatsuba(vm, product, a, b, n, TRY(scratch.reserve(2 * n + 128)));
}

/// For a longer than b: cuts a into pieces of `step` limbs, at least as many as b has.
Result<void> multiply_row(Vm& vm, mp_limb_t* product, Limbs a, Limbs b, size_t step) {
  LimbBuffer buffer(vm);
  mp_limb_t* piece = TRY(buffer.reserve(step + b.size));
  TRY(multiply(vm, product, a.low(step), b));
  for (size_t at = step; at < a.size; at += step) {
    TRY(vm.poll());
    size_t length = std::min(step, a.size - at);
    TRY(multiply(vm, piece, a.from(at).low(length), b));
    mp_limb_t carry = mpn_add_n(product + at, product + at, piece, b.size);
    std::memcpy(product + at + b.size, piece + b.size, length * sizeof(mp_limb_t));
    mpn_add_1(product + at + b.size, product + at + b.size, length, carry);
  }
  return {};
}

}  // namespace

Result<void> multiply(Vm& vm, mp_limb_t* product, Limbs a, Limbs b) {
  if (a.size < b.size) std::swap(a, b);
  if (b.size == 0) {
    std::fill_n(product, a.size, 0);
    return {};
  }
  if (b.size <= kLimbwise && a.size > kBlock) return multiply_row(vm, product, a, b, kBlock);
  if (b.size == 1) {
    product[a.size] = mpn_mul_1(product, a.data, a.size, b.data[0]);
    return {};
  }
  if (b.size <= kLimbwise) {
    mpn_mul(product, a.data, a.size, b.data, b.size);
    return {};
  }
  TRY(check_room(vm));
  if (a.size == b.size) return multiply_square(vm, product, a.data, b.data, a.size);
  if (a.size > kAnyShape) return multiply_row(vm, product, a, b, b.size);
  mpn_mul(product, a.data, a.size, b.data, b.size);
  return {};
}

Result<Value> multiply(Vm& vm, Signed a, Signed b) {
  LimbBuffer product(vm);
  size_t size = a.magnitude.size + b.magnitude.size;
  mp_limb_t* out = TRY(product.reserve(size));
  TRY(multiply(vm, out, a.magnitude, b.magnitude));
  return product.to_int(size, a.negative != b.negative);
}

}  // namespace upy::big
