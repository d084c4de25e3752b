#include "compiler/front/big_integer.h"

#include <string>

namespace upy {

using ast::Literal;

BigInteger::BigInteger(const Literal& literal) {
  if (literal.kind == Literal::Kind::Int) {
    mpz_init_set_si(value_, literal.integer);
  } else {
    mpz_init_set_str(value_, std::string(literal.text).c_str(), 16);
  }
}

Literal BigInteger::to_literal(Arena& arena) const {
  if (mpz_fits_slong_p(value_)) {
    const int64_t value = mpz_get_si(value_);
    if (value >= kSmallIntMin && value <= kSmallIntMax) return Literal::from_int(value);
  }
  std::string text(mpz_sizeinbase(value_, 16) + 2, '\0');
  mpz_get_str(text.data(), 16, value_);
  text.resize(text.find('\0'));
  return Literal(Literal::Kind::BigInt, arena.copy(std::string_view(text)));
}

}  // namespace upy
