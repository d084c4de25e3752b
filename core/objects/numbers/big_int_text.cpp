#include <algorithm>
#include <cmath>
#include <cstring>

#include "objects/numbers/big_int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/writer.h"

/// Integers and text. In bases that are powers of two a digit is a run of bits. In others mpn_ converts what fits a
/// block; longer numbers are cut at a power of the base that has half their length, and the halves likewise.
namespace upy::big {

namespace {

/// The most digits that mpn_set_str and mpn_get_str are given at a time.
constexpr size_t kDigitBlock = 8192;
constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

unsigned bits_per_digit(int base) { return std::has_single_bit(unsigned(base)) ? std::countr_zero(unsigned(base)) : 0; }

/// Room for every number of that many digits.
size_t limbs_for(size_t digits, int base) {
  return static_cast<size_t>(static_cast<double>(digits) * std::log2(base) / kLimbBits) + 2;
}

/// The numbers base**(kDigitBlock * 2**i), made one after the other as far as they are needed.
class Powers {
 public:
  Powers(Vm& vm, int base) : vm_(vm), base_(base) {}
  static size_t digits(size_t i) { return kDigitBlock << i; }
  /// The greatest i with digits(i) < count, for count > kDigitBlock.
  static size_t split(size_t count) { return std::bit_width((count - 1) / kDigitBlock) - 1; }
  Result<Limbs> get(size_t i) {
    while (known_ <= i) {
      Value power;
      if (known_ == 0) {
        mp_limb_t base = base_, digits = kDigitBlock;
        power = TRY(big::power(vm_, {{&base, 1}, false}, {{&digits, 1}, false}));
      } else {
        Operand last(powers_[known_ - 1]);
        power = TRY(multiply(vm_, last, last));
      }
      powers_[known_++] = power;
    }
    Operand power(powers_[i]);
    return Signed(power).magnitude;
  }

 private:
  Vm& vm_;
  int base_;
  size_t known_ = 0;
  Value powers_[40];
};

// ---- to text ----

/// Writes digits; leading zeros of the whole number are left out.
class DigitWriter {
 public:
  DigitWriter(Vm& vm, Writer& out, int base) : vm_(vm), out_(out), base_(base), powers_(vm, base), buffer_(vm) {}

  Result<void> write(Limbs n) {
    block_ = reinterpret_cast<unsigned char*>(TRY(buffer_.reserve((kDigitBlock + 2 * kLimbBits) / sizeof(mp_limb_t))));
    if (unsigned bits = bits_per_digit(base_)) return write_bits(n, bits);
    auto digits = static_cast<size_t>(static_cast<double>(n.bit_length()) / std::log2(base_)) + 2;
    LimbBuffer copy(vm_);
    mp_limb_t* limbs = TRY(copy.reserve(n.size + 1));
    TRY(big::copy(vm_, limbs, n));
    return write_halves(limbs, n.size, digits);
  }

 private:
  Result<void> write_bits(Limbs n, unsigned bits) {
    size_t filled = 0;
    for (size_t digit = (n.bit_length() + bits - 1) / bits; digit-- > 0;) {
      size_t limb = digit * bits / kLimbBits, shift = digit * bits % kLimbBits;
      mp_limb_t value = n.data[limb] >> shift;
      if (shift + bits > kLimbBits && limb + 1 < n.size) value |= n.data[limb + 1] << (kLimbBits - shift);
      block_[filled++] = value & ((1u << bits) - 1);
      if (filled == kDigitBlock || digit == 0) TRY(put(std::exchange(filled, 0)));
    }
    return {};
  }

  /// Writes n, which has at most `digits` digits, in just as many. The limbs are destroyed.
  Result<void> write_halves(mp_limb_t* limbs, size_t size, size_t digits) {
    size = Limbs{limbs, size}.trimmed().size;
    if (digits <= kDigitBlock) return write_block(limbs, size, digits);
    size_t i = Powers::split(digits);
    Limbs power = TRY(powers_.get(i));
    if (size < power.size) {
      TRY(write_halves(limbs, 0, digits - Powers::digits(i)));
      return write_halves(limbs, size, Powers::digits(i));
    }
    LimbBuffer quotient(vm_), remainder(vm_);
    size_t quotient_size = size - power.size + 1;
    mp_limb_t* high = TRY(quotient.reserve(quotient_size + 1));
    mp_limb_t* low = TRY(remainder.reserve(power.size + 1));
    TRY(divide(vm_, high, low, {limbs, size}, power));
    TRY(write_halves(high, quotient_size, digits - Powers::digits(i)));
    return write_halves(low, power.size, Powers::digits(i));
  }

  Result<void> write_block(mp_limb_t* limbs, size_t size, size_t digits) {
    TRY(check_room(vm_));
    size_t count = size ? mpn_get_str(block_, base_, limbs, size) : 0;
    size_t surplus = count > digits ? count - digits : 0;  // zeros that mpn_get_str put in front
    std::memmove(block_, block_ + surplus, count - surplus);
    count -= surplus;
    if (started_ && count < digits) {
      std::memmove(block_ + digits - count, block_, count);
      std::memset(block_, 0, digits - count);
      count = digits;
    }
    return put(count);
  }

  /// Writes the first `count` digits of the block.
  Result<void> put(size_t count) {
    TRY(vm_.poll());
    size_t start = 0;
    while (!started_ && start < count && block_[start] == 0) start++;
    if (start == count) return {};
    started_ = true;
    for (size_t i = start; i < count; i++) block_[i] = kDigits[block_[i]];
    return out_.write(vm_, {reinterpret_cast<char*>(block_) + start, count - start});
  }

  Vm& vm_;
  Writer& out_;
  int base_;
  Powers powers_;
  LimbBuffer buffer_;
  unsigned char* block_ = nullptr;  ///< digits as numbers; room for kDigitBlock and what mpn_get_str may need besides
  bool started_ = false;            ///< a digit other than 0 has been written
};

// ---- from text ----

class DigitReader {
 public:
  DigitReader(Vm& vm, int base) : vm_(vm), base_(base), powers_(vm, base), buffer_(vm) {}

  Result<Value> read(std::string_view digits, bool negative) {
    LimbBuffer result(vm_);
    mp_limb_t* limbs = TRY(result.reserve(limbs_for(digits.size(), base_)));
    size_t size;
    if (unsigned bits = bits_per_digit(base_)) {
      size = TRY(read_bits(limbs, digits, bits));
    } else {
      block_ = reinterpret_cast<unsigned char*>(
          TRY(buffer_.reserve(std::min(digits.size(), kDigitBlock) / sizeof(mp_limb_t) + 1)));
      size = TRY(read_halves(limbs, digits));
    }
    return result.to_int(size, negative);
  }

 private:
  Result<size_t> read_bits(mp_limb_t* limbs, std::string_view digits, unsigned bits) {
    size_t size = (digits.size() * bits + kLimbBits - 1) / kLimbBits;
    TRY(fill_bytes(vm_, reinterpret_cast<char*>(limbs), 0, size * sizeof(mp_limb_t)));
    size_t at = 0;
    for (size_t i = digits.size(); i-- > 0; at += bits) {
      mp_limb_t digit = digit_value(digits[i]);
      size_t limb = at / kLimbBits, shift = at % kLimbBits;
      limbs[limb] |= digit << shift;
      if (shift + bits > kLimbBits && limb + 1 < size) limbs[limb + 1] |= digit >> (kLimbBits - shift);
      if (i % kDigitBlock == 0) TRY(vm_.poll());
    }
    return size;
  }

  /// The number of limbs that were set. There is room for limbs_for(digits) of them.
  Result<size_t> read_halves(mp_limb_t* limbs, std::string_view digits) {
    if (digits.size() <= kDigitBlock) return read_block(limbs, digits);
    size_t i = Powers::split(digits.size());
    std::string_view high_digits = digits.substr(0, digits.size() - Powers::digits(i));
    std::string_view low_digits = digits.substr(high_digits.size());
    LimbBuffer high(vm_), low(vm_);
    mp_limb_t* high_limbs = TRY(high.reserve(limbs_for(high_digits.size(), base_)));
    mp_limb_t* low_limbs = TRY(low.reserve(limbs_for(low_digits.size(), base_)));
    Limbs high_part = Limbs{high_limbs, TRY(read_halves(high_limbs, high_digits))}.trimmed();
    Limbs low_part = Limbs{low_limbs, TRY(read_halves(low_limbs, low_digits))}.trimmed();
    Limbs power = TRY(powers_.get(i));
    size_t size = high_part.size + power.size;
    TRY(multiply(vm_, limbs, high_part, power));
    TRY(add(vm_, limbs, {limbs, size}, low_part));
    return size;
  }

  Result<size_t> read_block(mp_limb_t* limbs, std::string_view digits) {
    TRY(vm_.poll());
    TRY(check_room(vm_));
    for (size_t i = 0; i < digits.size(); i++) block_[i] = static_cast<unsigned char>(digit_value(digits[i]));
    return mpn_set_str(limbs, block_, digits.size(), base_);
  }

  Vm& vm_;
  int base_;
  Powers powers_;
  LimbBuffer buffer_;
  unsigned char* block_ = nullptr;  ///< digits as numbers, at most kDigitBlock
};

}  // namespace

unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 36;
}

Result<void> write(Vm& vm, Writer& out, Limbs n, int base) { return DigitWriter(vm, out, base).write(n); }

Result<Value> parse(Vm& vm, std::string_view digits, int base, bool negative) {
  return DigitReader(vm, base).read(digits, negative);
}

}  // namespace upy::big
