#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "defs/small_int.h"

/// The encoding of values. Only this file knows the bits.
///
///   ...............1   small integer: 63 bits, two's complement
///   ..............10   float: a double whose exponent lies in the usual range, rotated (1.7e-77 < |x| < 1.2e77, and
///   +0.0)
///   .............000   pointer to an Object, in the instance's heap or static and read-only
///   .............100   a singleton
///   0                  null: "nothing here", which no script ever sees; as a Result: an exception is pending
namespace upy {

struct Object;

class Value {
 public:
  constexpr Value() : bits_(0) {}
  constexpr Value(const Object* object) : object_(object) {}
  static constexpr Value from_bits(uint64_t bits) { return Value(bits, 0); }
  /// `n` must fit; make_int (objects/numbers/int.h) takes any.
  static constexpr Value small_int(int64_t n) {
    assert(fits_small_int(n));
    return from_bits(static_cast<uint64_t>(n) << 1 | 1);
  }
  static constexpr Value boolean(bool b) { return from_bits(b ? 0x14 : 0x0c); }
  static constexpr Value none() { return from_bits(0x04); }
  static constexpr Value ellipsis() { return from_bits(0x1c); }
  static constexpr Value not_implemented() { return from_bits(0x24); }
  /// What an iterator's `next` slot answers at the end. Never visible to scripts.
  static constexpr Value stop() { return from_bits(0x2c); }
  /// What an attribute look-up answers when there is no such attribute. Never visible to scripts.
  static constexpr Value absent() { return from_bits(0x34); }

  static constexpr bool fits_small_int(int64_t n) { return n >= kSmallIntMin && n <= kSmallIntMax; }

  /// Whether `d` can be encoded without an allocation; if so `value` is it.
  static constexpr bool immediate_float(double d, Value& value) {
    uint64_t bits = std::bit_cast<uint64_t>(d);
    if ((((bits >> 60) - 3) & 6) == 0 && bits != 0x3000000000000000) [[likely]] {
      value = from_bits((std::rotl(bits, 3) & ~uint64_t{3}) | 2);
      return true;
    }
    if (bits == 0) {
      value = from_bits(kZeroFloat);
      return true;
    }
    return false;
  }

  constexpr uint64_t bits() const { return bits_; }
  constexpr explicit operator bool() const { return bits_ != 0; }                       ///< not null
  constexpr bool operator==(const Value& other) const { return bits_ == other.bits_; }  ///< identity

  constexpr bool is_small_int() const { return bits_ & 1; }
  constexpr bool is_immediate_float() const { return (bits_ & 3) == 2; }
  constexpr bool is_object() const { return (bits_ & 7) == 0 && bits_ != 0; }
  constexpr bool is_singleton() const { return (bits_ & 7) == 4; }
  constexpr bool is_none() const { return bits_ == none().bits_; }
  constexpr bool is_true() const { return bits_ == boolean(true).bits_; }
  constexpr bool is_false() const { return bits_ == boolean(false).bits_; }
  constexpr bool is_bool() const { return (bits_ & ~uint64_t{0x18}) == 4 && (bits_ & 0x18) != 0 && bits_ != 0x1c; }
  constexpr bool is_ellipsis() const { return bits_ == ellipsis().bits_; }
  constexpr bool is_not_implemented() const { return bits_ == not_implemented().bits_; }
  constexpr bool is_stop() const { return bits_ == stop().bits_; }
  constexpr bool is_absent() const { return bits_ == absent().bits_; }

  constexpr int64_t as_small_int() const { return static_cast<int64_t>(bits_) >> 1; }
  double as_immediate_float() const {
    if (bits_ == kZeroFloat) [[unlikely]]
      return 0.0;
    return std::bit_cast<double>(std::rotr((2 - (bits_ >> 63)) | (bits_ & ~uint64_t{3}), 3));
  }
  Object* as_object() const { return const_cast<Object*>(object_); }
  /// Index of a singleton in a table of eight.
  constexpr unsigned singleton_index() const { return bits_ >> 3 & 7; }

 private:
  constexpr Value(uint64_t bits, int) : bits_(bits) {}
  static constexpr uint64_t kZeroFloat = 0x8000000000000002;

  union {
    uint64_t bits_;
    const Object* object_;  ///< the active member in constants of static objects
  };
};
static_assert(sizeof(Value) == 8);

}  // namespace upy
