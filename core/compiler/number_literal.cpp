#include "compiler/number_literal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "compiler/big_integer.h"

namespace upy {

using ast::Literal;

namespace {

bool is_digit_of(char c, int base) {
  const int value = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
  return value >= 0 && value < base;
}

struct Prefixed {
  int base;
  std::string_view digits;
};

/// Splits off 0x, 0o or 0b. A 0 in front of other digits makes a number of base 0, which has no digit but 0.
Prefixed split_prefix(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return {10, text};
  switch (text[1] | 0x20) {
    case 'x':
      return {16, text.substr(2)};
    case 'o':
      return {8, text.substr(2)};
    case 'b':
      return {2, text.substr(2)};
    default:
      return {0, text};
  }
}

std::variant<Literal, std::string> parse_integer(std::string_view text, Arena& arena) {
  const auto [base, digits] = split_prefix(text);
  const int digit_base = std::max(base, 1);
  if (digits.empty() ||
      !std::all_of(digits.begin(), digits.end(), [&](char c) { return is_digit_of(c, digit_base); })) {
    return "invalid syntax for integer with base " + std::to_string(base) + ": '" + std::string(digits) + "'";
  }
  if (base == 0) return Literal::from_int(0);
  int64_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (parsed.ec == std::errc() && value <= kSmallIntMax) return Literal::from_int(value);
  BigInteger big;
  mpz_set_str(big.get(), std::string(digits).c_str(), base);
  return big.to_literal(arena);
}

/// Whether a decimal number that is no double is one too large, not one too small.
bool is_huge(std::string_view text) {
  const size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const size_t point = std::min(text.find('.'), exponent_at);
  const size_t first = text.find_first_of("123456789");
  const int64_t magnitude = static_cast<int64_t>(point) - static_cast<int64_t>(first);
  std::string_view exponent = text.substr(std::min(exponent_at + 1, text.size()));
  const bool negative = exponent.starts_with('-');
  if (negative || exponent.starts_with('+')) exponent.remove_prefix(1);
  int64_t value = 0;
  const auto parsed = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  if (parsed.ec == std::errc::result_out_of_range) return !negative;
  return magnitude + (negative ? -value : value) > 0;
}

std::variant<Literal, std::string> parse_decimal(std::string_view text) {
  Literal::Kind kind = Literal::Kind::Float;
  if ((text.back() | 0x20) == 'j') {
    kind = Literal::Kind::Imaginary;
    text.remove_suffix(1);
  }
  double value = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec == std::errc::invalid_argument || parsed.ptr != end) return "invalid syntax for number";
  if (parsed.ec == std::errc::result_out_of_range) value = is_huge(text) ? HUGE_VAL : 0;
  return Literal(kind, value);
}

}  // namespace

std::variant<Literal, std::string> parse_number(std::string_view text, Arena& arena) {
  std::string without_underscores;
  if (text.find('_') != text.npos) {
    without_underscores = text;
    std::erase(without_underscores, '_');
    text = without_underscores;
  }
  const bool prefixed = split_prefix(text).base != 10 && split_prefix(text).base != 0;
  if (prefixed ? text.find('.') != text.npos : text.find_first_of(".eEjJ") != text.npos) return parse_decimal(text);
  return parse_integer(text, arena);
}

}  // namespace upy
