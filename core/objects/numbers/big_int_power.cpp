#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "objects/numbers/big_int.h"

/// Powers, by squaring from the exponent's top bit down.
namespace upy::big {

namespace {

bool is_power_of_two(Limbs n) {
  return std::has_single_bit(n.data[n.size - 1]) && n.low(n.size - 1).trimmed().size == 0;
}

/// The logarithm of a number that is not 0, as exact as a double can be.
double log2(Limbs n) {
  Limbs top = n.from(n.size - std::min<size_t>(n.size, 3));
  return std::log2(to_double({top, false})) + static_cast<double>((n.size - top.size) * kLimbBits);
}

bool is_odd(Signed n) { return !n.is_zero() && (n.magnitude.data[0] & 1); }

bool bit(Limbs n, size_t index) { return n.data[index / kLimbBits] >> (index % kLimbBits) & 1; }

/// A number that grows by multiplications, moving between two buffers of fixed size.
class Accumulator {
 public:
  explicit Accumulator(Vm& vm) : vm_(vm), first_(vm), second_(vm) {}
  Result<void> reserve(size_t limbs) {
    TRY(first_.reserve(limbs));
    TRY(second_.reserve(limbs));
    return {};
  }
  Result<void> set(Limbs n) {
    size_ = n.size;
    return copy(vm_, here_->data(), n);
  }
  Limbs value() { return {here_->data(), size_}; }
  Result<void> multiply_by(Limbs factor) {
    TRY(multiply(vm_, there_->data(), value(), factor));
    std::swap(here_, there_);
    size_ = Limbs{here_->data(), size_ + factor.size}.trimmed().size;
    return {};
  }
  /// Leaves the remainder of a division by `modulus`; `quotient` has room for the quotient.
  Result<void> reduce(Limbs modulus, mp_limb_t* quotient) {
    if (size_ < modulus.size) return {};
    TRY(divide(vm_, quotient, there_->data(), value(), modulus));
    std::swap(here_, there_);
    size_ = Limbs{here_->data(), modulus.size}.trimmed().size;
    return {};
  }
  Result<Value> to_int(bool negative) { return here_->to_int(size_, negative); }

 private:
  Vm& vm_;
  LimbBuffer first_, second_;
  LimbBuffer *here_ = &first_, *there_ = &second_;
  size_t size_ = 0;
};

}  // namespace

Result<Value> power(Vm& vm, Signed base, Signed exponent) {
  if (exponent.is_zero()) return Value::small_int(1);
  if (base.is_zero()) return Value::small_int(0);
  bool negative = base.negative && is_odd(exponent);
  if (base.magnitude.bit_length() == 1) return Value::small_int(negative ? -1 : 1);
  double bytes = log2(base.magnitude) * to_double({exponent.magnitude, false}) / 8;
  if (bytes > static_cast<double>(vm.heap.limit())) return vm.too_large(static_cast<size_t>(std::min(bytes, 0x1p63)));
  if (is_power_of_two(base.magnitude)) {
    mp_limb_t one = 1;
    return shift_left(vm, {{&one, 1}, negative}, (base.magnitude.bit_length() - 1) * exponent.magnitude.data[0]);
  }

  Accumulator result(vm);
  TRY(result.reserve(static_cast<size_t>(bytes) / sizeof(mp_limb_t) + 3 + base.magnitude.size));
  TRY(result.set(base.magnitude));
  for (size_t i = exponent.magnitude.bit_length() - 1; i-- > 0;) {
    TRY(result.multiply_by(result.value()));
    if (bit(exponent.magnitude, i)) TRY(result.multiply_by(base.magnitude));
    TRY(vm.poll());
  }
  return result.to_int(negative);
}

Result<Value> power_mod(Vm& vm, Signed base, Signed exponent, Signed modulus) {
  Limbs divisor = modulus.magnitude;
  Value reduced = Value::small_int(1);
  if (!exponent.is_zero()) TRY(floor_divide(vm, base, {divisor, false}, nullptr, &reduced));
  Operand start(reduced);
  Limbs factor = Signed(start).magnitude;

  Accumulator result(vm);
  LimbBuffer quotient(vm);
  TRY(result.reserve(2 * divisor.size + 1));
  TRY(quotient.reserve(divisor.size + 2));
  TRY(result.set(factor));
  for (size_t i = std::max<size_t>(exponent.magnitude.bit_length(), 1) - 1; i-- > 0;) {
    TRY(result.multiply_by(result.value()));
    TRY(result.reduce(divisor, quotient.data()));
    if (bit(exponent.magnitude, i)) {
      TRY(result.multiply_by(factor));
      TRY(result.reduce(divisor, quotient.data()));
    }
    TRY(vm.poll());
  }
  TRY(result.reduce(divisor, quotient.data()));
  Value positive = TRY(result.to_int(false));
  if (!modulus.negative || positive == Value::small_int(0)) return positive;
  Operand remainder(positive);
  return add(vm, remainder, modulus);
}

}  // namespace upy::big
