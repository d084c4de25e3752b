#pragma once

#include <gmp.h>

#include <bit>

#include "objects/numbers/int.h"
#include "objects/runtime/vm.h"

/// Arithmetic on integers of any size, for the int type alone.
///
/// The work is done by GMP's mpn_ functions, which know nothing of heaps or interrupts: they run to their end, and take
/// scratch memory for large operands from malloc and the native stack. So they are never given more than a block of
/// limbs at a time where their time or scratch grows faster than the operands: products, quotients and conversions of
/// larger numbers are composed of blocks here, with scratch from the instance's heap and a poll between blocks.
namespace upy::big {

static_assert(sizeof(mp_limb_t) == sizeof(uint64_t));

constexpr size_t kLimbBits = 64;

/// A magnitude: limbs, the least significant first. They lie in a BigInt or a LimbBuffer that the user keeps alive.
struct Limbs {
  const mp_limb_t* data;
  size_t size;
  /// The same without leading zero limbs.
  Limbs trimmed() const {
    size_t n = size;
    while (n > 0 && data[n - 1] == 0) n--;
    return {data, n};
  }
  size_t bit_length() const { return size ? size * kLimbBits - std::countl_zero(data[size - 1]) : 0; }
  Limbs low(size_t n) const { return {data, n}; }
  Limbs from(size_t n) const { return {data + n, size - n}; }
};

/// A magnitude without leading zero limbs, and a sign; 0 is not negative.
struct Signed {
  Limbs magnitude;
  bool negative;
  Signed operator-() const { return {magnitude, magnitude.size != 0 && !negative}; }
  bool is_zero() const { return magnitude.size == 0; }
};

/// An int or bool as a Signed. The limb of a small one lies in the operand itself.
class Operand {
 public:
  explicit Operand(Value n);
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;
  operator Signed() const { return signed_; }

 private:
  mp_limb_t own_;
  Signed signed_;
};

/// Room for limbs. A few lie in the buffer itself, so that results that turn out small need no memory; more lie in a
/// cell of the heap, which becomes the result, or is given back with the buffer. Lives on the native stack only.
class LimbBuffer {
 public:
  explicit LimbBuffer(Vm& vm) : vm_(vm) {}
  LimbBuffer(const LimbBuffer&) = delete;
  LimbBuffer& operator=(const LimbBuffer&) = delete;
  ~LimbBuffer() {
    if (cell_) vm_.heap.free(cell_);
  }
  /// Room for `count` limbs, content undefined. To be called once. MemoryError.
  Result<mp_limb_t*> reserve(size_t count);
  mp_limb_t* data() { return cell_ ? cell_->limbs() : inline_; }
  /// The int whose magnitude is the first `count` limbs. The buffer is used up.
  Result<Value> to_int(size_t count, bool negative);

 private:
  static constexpr size_t kInline = 16;
  Vm& vm_;
  BigInt* cell_ = nullptr;
  size_t reserved_ = 0;
  mp_limb_t inline_[kInline];
};

/// The int of that sign and magnitude, which is copied and may have leading zeros.
Result<Value> make(Vm& vm, Limbs magnitude, bool negative);
/// RuntimeError if the native stack has no room for what mpn_ functions take of it.
Result<void> check_room(Vm& vm);

/// -1, 0 or 1 as a is less than, equal to or greater than b.
Result<int> compare(Vm& vm, Limbs a, Limbs b);
Result<int> compare(Vm& vm, Signed a, Signed b);

// Linear passes over limbs of any number, with a look for a kill now and then. `out` may be an operand itself.
/// out (a.size limbs) = a + b, or a - b, for a.size >= b.size; the carry, or the borrow.
Result<mp_limb_t> add(Vm& vm, mp_limb_t* out, Limbs a, Limbs b);
Result<mp_limb_t> subtract(Vm& vm, mp_limb_t* out, Limbs a, Limbs b);
/// out (n.size limbs) = n * 2**bits, or n // 2**bits, for bits below kLimbBits; the bits shifted out, at the end of the
/// limb where they come in. `out` does not overlap.
Result<mp_limb_t> shift_left(Vm& vm, mp_limb_t* out, Limbs n, unsigned bits);
Result<mp_limb_t> shift_right(Vm& vm, mp_limb_t* out, Limbs n, unsigned bits);
Result<void> copy(Vm& vm, mp_limb_t* out, Limbs n);  ///< `out` does not overlap

Result<Value> add(Vm& vm, Signed a, Signed b);
Result<Value> multiply(Vm& vm, Signed a, Signed b);
/// Quotient rounded down, and remainder of the divisor's sign; either may be null if it is not wanted. b is not 0.
Result<void> floor_divide(Vm& vm, Signed a, Signed b, Value* quotient, Value* remainder);
/// a * 2**count.
Result<Value> shift_left(Vm& vm, Signed a, uint64_t count);
/// a // 2**count.
Result<Value> shift_right(Vm& vm, Signed a, uint64_t count);
/// And, Or or Xor of the infinite two's complements.
Result<Value> bitwise(Vm& vm, BinaryOp op, Signed a, Signed b);
Result<Value> power(Vm& vm, Signed base, Signed exponent);                      ///< exponent >= 0
Result<Value> power_mod(Vm& vm, Signed base, Signed exponent, Signed modulus);  ///< exponent >= 0, modulus not 0

/// product (a.size + b.size limbs, all of them set) = a * b; it overlaps neither. Both may have leading zeros.
Result<void> multiply(Vm& vm, mp_limb_t* product, Limbs a, Limbs b);
/// quotient (a.size - b.size + 1 limbs) = a / b, remainder (b.size limbs) = a % b, for b without leading zeros, not 0,
/// and a.size >= b.size. `remainder` may be null. Nothing overlaps.
Result<void> divide(Vm& vm, mp_limb_t* quotient, mp_limb_t* remainder, Limbs a, Limbs b);

/// The nearest double (to even); infinite if too large.
double to_double(Signed n);
/// The nearest double to a / b; b is not 0.
Result<double> true_divide(Vm& vm, Signed a, Signed b);
/// The sign of n - d; d is not nan.
int compare(Signed n, double d);
/// The remainder of a division by kIntHashModulus.
Result<uint64_t> hash(Vm& vm, Limbs n);

/// The text of a magnitude that is not 0, in a base from 2 to 36, lower case, no leading zeros.
Result<void> write(Vm& vm, Writer& out, Limbs n, int base);
/// The magnitude of digits that were checked, without underscores; `negative` only sets the sign.
Result<Value> parse(Vm& vm, std::string_view digits, int base, bool negative);
/// The value of a digit up to base 36 in either case; 36 or more for other characters.
unsigned digit_value(char c);

}  // namespace upy::big
