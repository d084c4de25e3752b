#include "objects/numbers/big_int.h"
#include "objects/runtime/bulk.h"

#include <algorithm>
#include <utility>

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
  return magnitude.size == 0 || magnitude.data[0] <= static_cast<uint64_t>(kSmallIntMax) + negative;
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
  TRY(copy(vm, result->limbs(), magnitude));
  return result;
}

Result<void> check_room(Vm& vm) {
  if (vm.stack_used() + kNativeStack > vm.stack_limit()) return vm.raise(Error::recursion);
  return {};
}

// ---- linear passes ----

namespace {

constexpr size_t kLimbsPerSlice = kSlice / sizeof(mp_limb_t);

/// Calls step(at, count) for one slice after the other of `size` limbs, the lowest first.
template <typename Step>
Result<void> for_slices(Vm& vm, size_t size, Step step) {
  return in_slices(vm, size * sizeof(mp_limb_t), [&](size_t at, size_t n) {
    if (n) step(at / sizeof(mp_limb_t), n / sizeof(mp_limb_t));
  });
}

/// Goes on with a carry, or a borrow, behind the limbs of the shorter operand.
template <mp_limb_t (*Step)(mp_limb_t*, const mp_limb_t*, mp_size_t, mp_limb_t)>
Result<mp_limb_t> propagate(Vm& vm, mp_limb_t* out, Limbs a, mp_limb_t carry) {
  TRY(for_slices(vm, a.size, [&](size_t at, size_t n) { carry = Step(out + at, a.data + at, n, carry); }));
  return carry;
}

template <mp_limb_t (*Both)(mp_limb_t*, const mp_limb_t*, const mp_limb_t*, mp_size_t),
          mp_limb_t (*Step)(mp_limb_t*, const mp_limb_t*, mp_size_t, mp_limb_t)>
Result<mp_limb_t> combine(Vm& vm, mp_limb_t* out, Limbs a, Limbs b) {
  mp_limb_t carry = 0;
  TRY(for_slices(vm, b.size, [&](size_t at, size_t n) {
    const mp_limb_t from_below = carry;
    carry = Both(out + at, a.data + at, b.data + at, n);
    if (from_below) carry += Step(out + at, out + at, n, from_below);
  }));
  return propagate<Step>(vm, out + b.size, a.from(b.size), carry);
}

// These are macros or inline functions in gmp.h.
mp_limb_t add_n(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) { return mpn_add_n(out, a, b, n); }
mp_limb_t sub_n(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) { return mpn_sub_n(out, a, b, n); }
mp_limb_t add_1(mp_limb_t* out, const mp_limb_t* a, mp_size_t n, mp_limb_t b) { return mpn_add_1(out, a, n, b); }
mp_limb_t sub_1(mp_limb_t* out, const mp_limb_t* a, mp_size_t n, mp_limb_t b) { return mpn_sub_1(out, a, n, b); }

}  // namespace

Result<mp_limb_t> add(Vm& vm, mp_limb_t* out, Limbs a, Limbs b) { return combine<add_n, add_1>(vm, out, a, b); }

Result<mp_limb_t> subtract(Vm& vm, mp_limb_t* out, Limbs a, Limbs b) { return combine<sub_n, sub_1>(vm, out, a, b); }

Result<mp_limb_t> shift_left(Vm& vm, mp_limb_t* out, Limbs n, unsigned bits) {
  if (bits == 0) TRY(copy(vm, out, n));
  mp_limb_t lost = 0;
  if (bits == 0) return lost;
  TRY(for_slices(vm, n.size, [&](size_t at, size_t count) {
    const mp_limb_t above = mpn_lshift(out + at, n.data + at, count, bits);
    out[at] |= lost;
    lost = above;
  }));
  return lost;
}

Result<mp_limb_t> shift_right(Vm& vm, mp_limb_t* out, Limbs n, unsigned bits) {
  if (bits == 0) TRY(copy(vm, out, n));
  mp_limb_t lost = 0;
  if (bits == 0) return lost;
  TRY(for_slices(vm, n.size, [&](size_t at, size_t count) {
    const mp_limb_t below = mpn_rshift(out + at, n.data + at, count, bits);
    (at ? out[at - 1] : lost) |= below;
  }));
  return lost;
}

Result<void> copy(Vm& vm, mp_limb_t* out, Limbs n) {
  return copy_bytes(vm, reinterpret_cast<char*>(out),
                    {reinterpret_cast<const char*>(n.data), n.size * sizeof(mp_limb_t)});
}

Result<uint64_t> hash(Vm& vm, Limbs n) {
  constexpr unsigned kBits = 61;  // of the modulus, which is all ones: a product by a power of two rotates them
  uint64_t rest = 0;
  for (size_t end = n.size; end > 0;) {
    const size_t count = std::min(kLimbsPerSlice, end);
    end -= count;
    const unsigned shift = count * kLimbBits % kBits;
    rest = shift ? (rest << shift & kIntHashModulus) | rest >> (kBits - shift) : rest;
    rest = (rest + mpn_mod_1(n.data + end, count, kIntHashModulus)) % kIntHashModulus;
    TRY(vm.poll_kill());
  }
  return rest;
}

// ---- arithmetic ----

Result<int> compare(Vm& vm, Limbs a, Limbs b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  for (size_t end = a.size; end > 0;) {
    const size_t count = std::min(kLimbsPerSlice, end);
    end -= count;
    if (const int order = mpn_cmp(a.data + end, b.data + end, count)) return order < 0 ? -1 : 1;
    TRY(vm.poll_kill());
  }
  return 0;
}

Result<int> compare(Vm& vm, Signed a, Signed b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int order = TRY(compare(vm, a.magnitude, b.magnitude));
  return a.negative ? -order : order;
}

Result<Value> add(Vm& vm, Signed a, Signed b) {
  if (TRY(compare(vm, a.magnitude, b.magnitude)) < 0) std::swap(a, b);
  size_t size = a.magnitude.size;
  if (b.is_zero()) return make(vm, a.magnitude, a.negative);
  LimbBuffer sum(vm);
  mp_limb_t* out = TRY(sum.reserve(size + 1));
  if (a.negative == b.negative) {
    out[size] = TRY(add(vm, out, a.magnitude, b.magnitude));
    return sum.to_int(size + 1, a.negative);
  }
  TRY(subtract(vm, out, a.magnitude, b.magnitude));
  return sum.to_int(size, a.negative);
}

}  // namespace upy::big
