#include <algorithm>

#include "objects/numbers/big_int.h"
#include "objects/runtime/bulk.h"

/// Shifts and bitwise operators. Negative numbers act as infinite two's complements, which are made and unmade limb by
/// limb on the way.
namespace upy::big {

namespace {

/// The limbs of a number's two's complement, from the lowest on.
class Complement {
 public:
  explicit Complement(Signed n) : n_(n), carry_(n.negative) {}
  mp_limb_t next() {
    mp_limb_t limb = at_ < n_.magnitude.size ? n_.magnitude.data[at_] : 0;
    at_++;
    return n_.negative ? negate(limb, carry_) : limb;
  }
  /// One limb of the negated number; `carry` goes from limb to limb and begins as 1.
  static mp_limb_t negate(mp_limb_t limb, mp_limb_t& carry) {
    limb = ~limb + carry;
    carry &= limb == 0;
    return limb;
  }

 private:
  Signed n_;
  mp_limb_t carry_;
  size_t at_ = 0;
};

mp_limb_t combine(BinaryOp op, mp_limb_t a, mp_limb_t b) {
  switch (op) {
    case BinaryOp::And:
      return a & b;
    case BinaryOp::Or:
      return a | b;
    default:
      return a ^ b;
  }
}

}  // namespace

Result<Value> bitwise(Vm& vm, BinaryOp op, Signed a, Signed b) {
  bool negative = combine(op, a.negative, b.negative);
  size_t size = std::max(a.magnitude.size, b.magnitude.size) + 1;
  LimbBuffer buffer(vm);
  mp_limb_t* out = TRY(buffer.reserve(size));
  Complement left(a), right(b);
  mp_limb_t carry = 1;
  for (size_t i = 0; i < size; i++) {
    mp_limb_t limb = combine(op, left.next(), right.next());
    out[i] = negative ? Complement::negate(limb, carry) : limb;
    TRY(vm.poll());
  }
  return buffer.to_int(size, negative);
}

Result<Value> shift_left(Vm& vm, Signed a, uint64_t count) {
  if (a.is_zero()) return Value::small_int(0);
  if (count / 8 > vm.heap.limit()) return vm.too_large(count / 8);
  size_t whole = count / kLimbBits, size = a.magnitude.size;
  auto part = static_cast<unsigned>(count % kLimbBits);
  LimbBuffer buffer(vm);
  mp_limb_t* out = TRY(buffer.reserve(whole + size + 1));
  TRY(fill_bytes(vm, reinterpret_cast<char*>(out), 0, whole * sizeof(mp_limb_t)));
  out[whole + size] = TRY(shift_left(vm, out + whole, a.magnitude, part));
  return buffer.to_int(whole + size + 1, a.negative);
}

Result<Value> shift_right(Vm& vm, Signed a, uint64_t count) {
  size_t whole = count / kLimbBits;
  auto part = static_cast<unsigned>(count % kLimbBits);
  if (whole >= a.magnitude.size) return Value::small_int(a.negative ? -1 : 0);
  size_t size = a.magnitude.size - whole;
  LimbBuffer buffer(vm);
  mp_limb_t* out = TRY(buffer.reserve(size + 1));
  const mp_limb_t lost = TRY(shift_right(vm, out, a.magnitude.from(whole), part));
  out[size] = 0;
  bool exact = lost == 0 && a.magnitude.low(whole).trimmed().size == 0;
  if (a.negative && !exact) mpn_add_1(out, out, size + 1, 1);
  return buffer.to_int(size + 1, a.negative);
}

}  // namespace upy::big
