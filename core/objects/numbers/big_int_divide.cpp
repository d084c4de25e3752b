#include <algorithm>
#include <cstring>

#include "objects/numbers/big_int.h"

/// Quotients: mpn_tdiv_qr for what fits a block, recursive division (Brent and Zimmermann, Modern Computer Arithmetic,
/// algorithms 1.8 and 1.9) above.
namespace upy::big {

namespace {

/// The longest quotient that mpn_tdiv_qr is asked for at a time, of a dividend twice as long.
constexpr size_t kQuotientBlock = 256;
/// Up to this size of the dividend mpn_tdiv_qr takes hardly any scratch.
constexpr size_t kModest = 64;

/// Recursive division of numbers by one divisor whose top bit is set. Each step leaves the remainder in place of the
/// low limbs of the dividend and answers the limb of the quotient above those it stores, 0 or 1.
class Divider {
 public:
  explicit Divider(Vm& vm) : vm_(vm), buffer_(vm) {}
  /// Makes ready for divisors and quotients of at most `limbs` limbs.
  Result<void> reserve(size_t limbs) {
    scratch_ = TRY(buffer_.reserve(limbs + 1));
    return {};
  }

  /// quotient (m limbs) = a (n + m limbs) / b (n limbs), for n >= m, or any n if m is no longer than a block.
  Result<mp_limb_t> divide(mp_limb_t* quotient, size_t m, mp_limb_t* a, const mp_limb_t* b, size_t n) {
    if (m > kQuotientBlock) {
      size_t low = m / 2, high = m - low;
      mp_limb_t above = TRY(divide_high(quotient + low, high, a + low, b, n, low));
      TRY(divide_high(quotient, low, a, b, n, low));  // what is left is below b * 2**(64 low), so nothing is above
      return above;
    }
    if (n > m + kModest) return divide_high(quotient, m, a, b, n, n - m);
    TRY(vm_.poll());
    mpn_tdiv_qr(scratch_, a, 0, a, n + m, b, n);
    std::memcpy(quotient, scratch_, m * sizeof(mp_limb_t));
    return scratch_[m];
  }

 private:
  /// The same, by way of the quotient of both without the low `cut` limbs, which is at most 2 too great.
  Result<mp_limb_t> divide_high(mp_limb_t* quotient, size_t m, mp_limb_t* a, const mp_limb_t* b, size_t n, size_t cut) {
    mp_limb_t above = TRY(divide(quotient, m, a + cut, b + cut, n - cut));
    TRY(multiply(vm_, scratch_, {quotient, m}, {b, cut}));
    mp_limb_t borrow = TRY(subtract(vm_, a, {a, n}, {scratch_, m + cut}));
    if (above) borrow += TRY(subtract(vm_, a + m, {a + m, n - m}, {b, cut}));
    while (borrow) {
      above -= mpn_sub_1(quotient, quotient, m, 1);
      borrow -= TRY(add(vm_, a, {a, n}, {b, n}));
    }
    return above;
  }

  Vm& vm_;
  LimbBuffer buffer_;
  mp_limb_t* scratch_ = nullptr;
};

/// For a of any length: takes the quotient from the top, at most as many limbs at a time as b has.
Result<void> divide_long(Vm& vm, mp_limb_t* quotient, mp_limb_t* remainder, Limbs a, Limbs b) {
  size_t n = b.size, step = std::max(n, kQuotientBlock);
  unsigned shift = std::countl_zero(b.data[n - 1]);
  LimbBuffer divisor_buffer(vm), dividend_buffer(vm);
  mp_limb_t* divisor = TRY(divisor_buffer.reserve(n));
  mp_limb_t* dividend = TRY(dividend_buffer.reserve(a.size + 1));
  TRY(shift_left(vm, divisor, b, shift));
  dividend[a.size] = TRY(shift_left(vm, dividend, a, shift));

  Divider divider(vm);
  TRY(divider.reserve(std::max(n, step)));
  for (size_t at = a.size + 1 - n; at > 0;) {
    size_t m = std::min(step, at);
    at -= m;
    TRY(divider.divide(quotient + at, m, dividend + at, divisor, n));
  }
  if (!remainder) return {};
  TRY(shift_right(vm, remainder, {dividend, n}, shift));
  return {};
}

}  // namespace

namespace {

/// quotient = a / b by pieces from the top, each with the remainder of the one before above it; the last remainder.
Result<mp_limb_t> divide_by_limb(Vm& vm, mp_limb_t* quotient, Limbs a, mp_limb_t b) {
  constexpr size_t kPiece = 2048;
  mp_limb_t piece[kPiece + 1], result[kPiece + 1], rest = 0;
  for (size_t end = a.size; end > 0;) {
    const size_t count = std::min(kPiece, end);
    end -= count;
    std::memcpy(piece, a.data + end, count * sizeof(mp_limb_t));
    piece[count] = rest;
    rest = mpn_divrem_1(result, 0, piece, count + 1, b);
    std::memcpy(quotient + end, result, count * sizeof(mp_limb_t));
    TRY(vm.poll());
  }
  return rest;
}

}  // namespace

Result<void> divide(Vm& vm, mp_limb_t* quotient, mp_limb_t* remainder, Limbs a, Limbs b) {
  if (b.size == 1) {
    TRY(check_room(vm));
    const mp_limb_t rest = TRY(divide_by_limb(vm, quotient, a, b.data[0]));
    if (remainder) *remainder = rest;
    return {};
  }
  if (a.size > 2 * kQuotientBlock) {
    TRY(check_room(vm));
    return divide_long(vm, quotient, remainder, a, b);
  }
  LimbBuffer unwanted(vm);
  if (!remainder) remainder = TRY(unwanted.reserve(b.size));
  if (a.size > kModest) TRY(check_room(vm));
  mpn_tdiv_qr(quotient, remainder, 0, a.data, a.size, b.data, b.size);
  return {};
}

Result<void> floor_divide(Vm& vm, Signed a, Signed b, Value* quotient, Value* remainder) {
  size_t a_size = a.magnitude.size, b_size = b.magnitude.size;
  if (a_size < b_size) {
    bool exact = a.is_zero() || a.negative == b.negative;
    if (quotient) *quotient = Value::small_int(exact ? 0 : -1);
    if (remainder) *remainder = exact ? TRY(make(vm, a.magnitude, a.negative)) : TRY(add(vm, a, b));
    return {};
  }
  LimbBuffer quotient_buffer(vm), remainder_buffer(vm);
  mp_limb_t* q = TRY(quotient_buffer.reserve(a_size - b_size + 2));
  mp_limb_t* r = TRY(remainder_buffer.reserve(b_size));
  TRY(divide(vm, q, r, a.magnitude, b.magnitude));
  q[a_size - b_size + 1] = 0;
  bool exact = Limbs{r, b_size}.trimmed().size == 0;
  if (a.negative != b.negative && !exact) {
    mpn_add_1(q, q, a_size - b_size + 2, 1);
    mpn_sub_n(r, b.magnitude.data, r, b_size);
  }
  if (quotient) *quotient = TRY(quotient_buffer.to_int(a_size - b_size + 2, a.negative != b.negative));
  if (remainder) *remainder = TRY(remainder_buffer.to_int(b_size, b.negative));
  return {};
}

}  // namespace upy::big
