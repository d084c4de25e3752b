#include "compiler/front/folding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "bytecode/double.h"
#include "compiler/front/big_integer.h"

namespace upy {

using ast::BinaryOp;
using ast::Literal;
using ast::UnaryOp;

namespace {

using Folded = std::optional<Literal>;

bool is_integer(const Literal& literal) {
  return literal.kind == Literal::Kind::Int || literal.kind == Literal::Kind::BigInt;
}

bool is_float(const Literal& literal) { return literal.kind == Literal::Kind::Float; }

// ---- floats ----

/// The nearest double, infinite for integers beyond all.
double to_double(const Literal& number) {
  if (is_float(number)) return number.number;
  if (number.kind == Literal::Kind::Int) return static_cast<double>(number.integer);
  double value = number.text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
  std::from_chars(number.text.data(), number.text.data() + number.text.size(), value, std::chars_format::hex);
  return value;
}

std::optional<double> float_power(double base, double exponent) {
  const bool is_complex = base < 0 && std::isfinite(base) && exponent != std::floor(exponent);
  const bool divides_by_zero = base == 0 && exponent < 0;
  if (is_complex || divides_by_zero) return std::nullopt;
  return std::pow(base, exponent);
}

std::optional<double> float_operation(BinaryOp op, double left, double right) {
  const bool divides = op == BinaryOp::TrueDivide || op == BinaryOp::FloorDivide || op == BinaryOp::Modulo;
  if (divides && right == 0) return std::nullopt;
  switch (op) {
    case BinaryOp::Add:
      return left + right;
    case BinaryOp::Subtract:
      return left - right;
    case BinaryOp::Multiply:
      return left * right;
    case BinaryOp::TrueDivide:
      return left / right;
    case BinaryOp::FloorDivide:
      return floor_divide(left, right);
    case BinaryOp::Modulo:
      return floor_modulo(left, right);
    case BinaryOp::Power:
      return float_power(left, right);
    default:
      return std::nullopt;
  }
}

Folded fold_floats(BinaryOp op, const Literal& left, const Literal& right) {
  const std::optional<double> result = float_operation(op, to_double(left), to_double(right));
  return result ? Folded(Literal(Literal::Kind::Float, *result)) : std::nullopt;
}

// ---- integers ----

/// The nearest double of a / b, unless it would be less than what doubles hold with all their bits.
std::optional<double> quotient(BigInteger& a, BigInteger& b) {
  if (mpz_sgn(b.get()) == 0) return std::nullopt;
  // A quotient of 64 bits or one less, whose last says whether anything is left, is rounded once where it becomes a
  // double.
  constexpr long kQuotientBits = 63;
  const long shift = kQuotientBits - static_cast<long>(a.bits()) + static_cast<long>(b.bits());
  if (shift > 0) mpz_mul_2exp(a.get(), a.get(), static_cast<unsigned long>(shift));
  if (shift < 0) mpz_mul_2exp(b.get(), b.get(), static_cast<unsigned long>(-shift));
  const bool is_negative = (mpz_sgn(a.get()) < 0) != (mpz_sgn(b.get()) < 0);
  BigInteger rest;
  mpz_tdiv_qr(a.get(), rest.get(), a.get(), b.get());
  const uint64_t bits = mpz_get_ui(a.get()) | (mpz_sgn(rest.get()) != 0 ? 1 : 0);
  const double magnitude = std::ldexp(static_cast<double>(bits), static_cast<int>(-shift));
  if (bits != 0 && !std::isnormal(magnitude) && !std::isinf(magnitude)) return std::nullopt;
  return is_negative ? -magnitude : magnitude;
}

Folded fold_quotient(const Literal& left, const Literal& right) {
  BigInteger a(left), b(right);
  const std::optional<double> result = quotient(a, b);
  return result ? Folded(Literal(Literal::Kind::Float, *result)) : std::nullopt;
}

/// `integer` as a count for a shift or an exponent, if it is in a useful range.
std::optional<unsigned long> small_count(const Literal& integer) {
  if (integer.kind != Literal::Kind::Int || integer.integer < 0 || integer.integer > INT32_MAX) return std::nullopt;
  return static_cast<unsigned long>(integer.integer);
}

Folded fold_shift_left(const Literal& left, const Literal& right, size_t max_bits, Arena& arena) {
  const std::optional<unsigned long> count = small_count(right);
  BigInteger value(left);
  if (!count || value.bits() + *count > max_bits) return std::nullopt;
  mpz_mul_2exp(value.get(), value.get(), *count);
  return value.to_literal(arena);
}

Folded fold_shift_right(const Literal& left, const Literal& right, Arena& arena) {
  const std::optional<unsigned long> count = small_count(right);
  if (!count) return std::nullopt;
  BigInteger value(left);
  mpz_fdiv_q_2exp(value.get(), value.get(), *count);
  return value.to_literal(arena);
}

Folded fold_integer_power(const Literal& left, const Literal& right, size_t max_bits, Arena& arena) {
  if (right.kind == Literal::Kind::Int && right.integer < 0) return fold_floats(BinaryOp::Power, left, right);
  const std::optional<unsigned long> exponent = small_count(right);
  BigInteger value(left);
  if (!exponent || value.bits() * *exponent > max_bits) return std::nullopt;
  mpz_pow_ui(value.get(), value.get(), *exponent);
  return value.to_literal(arena);
}

/// The operators that GMP has a function for, of operands of any sign.
Folded fold_big_integers(BinaryOp op, const Literal& left, const Literal& right, size_t max_bits, Arena& arena) {
  BigInteger a(left);
  BigInteger b(right);
  const bool divides = op == BinaryOp::FloorDivide || op == BinaryOp::Modulo;
  if (divides && mpz_sgn(b.get()) == 0) return std::nullopt;
  const size_t result_bits = op == BinaryOp::Multiply ? a.bits() + b.bits() : std::max(a.bits(), b.bits());
  if (result_bits > max_bits) return std::nullopt;
  switch (op) {
    case BinaryOp::Add:
      mpz_add(a.get(), a.get(), b.get());
      break;
    case BinaryOp::Subtract:
      mpz_sub(a.get(), a.get(), b.get());
      break;
    case BinaryOp::Multiply:
      mpz_mul(a.get(), a.get(), b.get());
      break;
    case BinaryOp::FloorDivide:
      mpz_fdiv_q(a.get(), a.get(), b.get());
      break;
    case BinaryOp::Modulo:
      mpz_fdiv_r(a.get(), a.get(), b.get());
      break;
    case BinaryOp::And:
      mpz_and(a.get(), a.get(), b.get());
      break;
    case BinaryOp::Or:
      mpz_ior(a.get(), a.get(), b.get());
      break;
    case BinaryOp::Xor:
      mpz_xor(a.get(), a.get(), b.get());
      break;
    default:
      return std::nullopt;
  }
  return a.to_literal(arena);
}

Folded fold_integers(BinaryOp op, const Literal& left, const Literal& right, size_t max_bits, Arena& arena) {
  switch (op) {
    case BinaryOp::TrueDivide:
      return fold_quotient(left, right);
    case BinaryOp::ShiftLeft:
      return fold_shift_left(left, right, max_bits, arena);
    case BinaryOp::ShiftRight:
      return fold_shift_right(left, right, arena);
    case BinaryOp::Power:
      return fold_integer_power(left, right, max_bits, arena);
    default:
      return fold_big_integers(op, left, right, max_bits, arena);
  }
}

Folded fold_integer(UnaryOp op, const Literal& operand, Arena& arena) {
  BigInteger value(operand);
  if (op == UnaryOp::Negative) mpz_neg(value.get(), value.get());
  if (op == UnaryOp::Invert) mpz_com(value.get(), value.get());
  return value.to_literal(arena);
}

}  // namespace

Folded fold_unary(UnaryOp op, const Literal& operand, Arena& arena) {
  if (op == UnaryOp::Not) return Literal::from_bool(!operand.truth());
  if (is_integer(operand)) return fold_integer(op, operand, arena);
  if (is_float(operand) && op == UnaryOp::Positive) return operand;
  if (is_float(operand) && op == UnaryOp::Negative) return Literal(Literal::Kind::Float, -operand.number);
  return std::nullopt;
}

Folded fold_binary(BinaryOp op, const Literal& left, const Literal& right, size_t max_bits, Arena& arena) {
  const bool numbers = (is_integer(left) || is_float(left)) && (is_integer(right) || is_float(right));
  if (!numbers) return std::nullopt;
  if (is_integer(left) && is_integer(right)) return fold_integers(op, left, right, max_bits, arena);
  return fold_floats(op, left, right);
}

Folded fold_tuple(std::span<ast::Expr* const> items, Arena& arena) {
  const auto is_literal = [](const ast::Expr* item) { return item->kind == ast::Expr::Kind::LiteralExpr; };
  if (!std::all_of(items.begin(), items.end(), is_literal)) return std::nullopt;
  std::vector<Literal> values;
  values.reserve(items.size());
  for (ast::Expr* item : items) values.push_back(ast::as<ast::LiteralExpr>(*item).value);
  const Literal tuple(std::span<const Literal>(arena.copy(std::span<const Literal>(values))));
  if (tuple.depth > kMaxFoldedDepth || tuple.weight > kMaxFoldedWeight) return std::nullopt;
  return tuple;
}

}  // namespace upy
