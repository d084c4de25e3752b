#include "objects/big_int.h"

#include <cstring>

namespace upy::big {

namespace {

/// What mpn_ functions that are given blocks take of the native stack, beyond what is kept in reserve for natives.
constexpr size_t kNativeStack = 20 << 10;
constexpr size_t kMaxLimbs = UINT32_MAX;

Result<BigInt*> make_cell(Vm& vm, size_t limbs) {
  if (limbs > kMaxLimbs)
    return vm.too_large(limbs > SIZE_MAX / sizeof(mp_limb_t) ? SIZE_MAX : limbs * sizeof(mp_limb_t));
  return vm.allocate<BigInt>(&big_int_shape, sizeof(BigInt) + limbs * sizeof(mp_limb_t));
}

bool fits_small_int(Limbs magnitude, bool negative) {
  if (magnitude.size > 1) return false;
  return magnitude.size == 0 || magnitude.data[0] <= static_cast<uint64_t>(Value::kSmallIntMax) + negative;
}

Value small_int(Limbs magnitude, bool negative) {
  auto n = magnitude.size ? static_cast<int64_t>(magnitude.data[0]) : 0;
  return Value::small_int(negative ? -n : n);
}

}  // namespace

Operand::Operand(Value n) {
  if (!n.is_small_int() && !n.is_bool()) {
    auto* big = static_cast<BigInt*>(n.as_object());
    signed_ = {{reinterpret_cast<const mp_limb_t*>(big->limbs()), big->limb_count}, big->negative};
    return;
  }
  int64_t small = n.is_bool() ? n.is_true() : n.as_small_int();
  own_ = static_cast<uint64_t>(small < 0 ? -small : small);
  signed_ = {{&own_, small != 0}, small < 0};
}

Result<mp_limb_t*> LimbBuffer::reserve(size_t count) {
  reserved_ = count;
  if (count > kInline) cell_ = TRY(make_cell(vm_, count));
  return data();
}

Result<Value> LimbBuffer::to_int(size_t count, bool negative) {
  Limbs magnitude = Limbs{data(), count}.trimmed();
  if (!cell_ || fits_small_int(magnitude, negative)) return make(vm_, magnitude, negative);
  BigInt* result = std::exchange(cell_, nullptr);
  result->limb_count = static_cast<uint32_t>(magnitude.size);
  result->negative = negative;
  if (magnitude.size < reserved_ / 2)
    vm_.heap.resize_in_place(result, sizeof(BigInt) + magnitude.size * sizeof(mp_limb_t));
  return result;
}

Result<Value> make(Vm& vm, Limbs magnitude, bool negative) {
  magnitude = magnitude.trimmed();
  if (fits_small_int(magnitude, negative)) return small_int(magnitude, negative);
  BigInt* result = TRY(make_cell(vm, magnitude.size));
  result->limb_count = static_cast<uint32_t>(magnitude.size);
  result->negative = negative;
  std::memcpy(result->limbs(), magnitude.data, magnitude.size * sizeof(mp_limb_t));
  return result;
}

Result<void> check_room(Vm& vm) {
  if (vm.stack_used() + kNativeStack > vm.stack_limit()) return vm.raise(Error::recursion);
  return {};
}

int compare(Limbs a, Limbs b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  int order = a.size ? mpn_cmp(a.data, b.data, a.size) : 0;
  return (order > 0) - (order < 0);
}

int compare(Signed a, Signed b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = compare(a.magnitude, b.magnitude);
  return a.negative ? -order : order;
}

Result<Value> add(Vm& vm, Signed a, Signed b) {
  if (compare(a.magnitude, b.magnitude) < 0) std::swap(a, b);
  size_t size = a.magnitude.size;
  if (b.is_zero()) return make(vm, a.magnitude, a.negative);
  LimbBuffer sum(vm);
  mp_limb_t* out = TRY(sum.reserve(size + 1));
  if (a.negative == b.negative) {
    out[size] = mpn_add(out, a.magnitude.data, size, b.magnitude.data, b.magnitude.size);
    return sum.to_int(size + 1, a.negative);
  }
  mpn_sub(out, a.magnitude.data, size, b.magnitude.data, b.magnitude.size);
  return sum.to_int(size, a.negative);
}

}  // namespace upy::big
