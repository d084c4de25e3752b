#pragma once

#include <gmp.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include "compiler/front/arena.h"
#include "compiler/front/literal.h"

namespace upy {

/// An integer of any size while the compiler computes with it; literals hold the result.
class BigInteger {
 public:
  BigInteger() { mpz_init(value_); }
  /// The value of an Int or BigInt.
  explicit BigInteger(const ast::Literal& literal);
  ~BigInteger() { mpz_clear(value_); }
  BigInteger(const BigInteger&) = delete;
  BigInteger& operator=(const BigInteger&) = delete;

  /// For GMP's functions.
  mpz_ptr get() { return value_; }
  mpz_srcptr get() const { return value_; }

  /// Bits of the absolute value.
  size_t bits() const { return mpz_sgn(value_) == 0 ? 0 : mpz_sizeinbase(value_, 2); }
  /// An Int or a BigInt; its text lies in `arena`.
  ast::Literal to_literal(Arena& arena) const;

 private:
  mpz_t value_;
};

}  // namespace upy
