#include "compiler/front/number_literal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "bytecode/double.h"
#include "compiler/front/big_integer.h"

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

std::variant<Literal, std::string> parse_decimal(std::string_view text) {
  Literal::Kind kind = Literal::Kind::Float;
  if ((text.back() | 0x20) == 'j') {
    kind = Literal::Kind::Imaginary;
    text.remove_suffix(1);
  }
  const DecimalText number = read_decimal(text);
  if (number.length == 0 || number.length != text.size()) return "invalid syntax for number";
  return Literal(kind, number.value);
}

}  // namespace

std::variant<Literal, std::string> parse_number(std::string_view text, Arena& arena) {
  constexpr size_t kLongest = 20'000;  // a millisecond's work, which nothing ends early
  if (text.size() > kLongest)
    return "number of more than " + std::to_string(kLongest) + " characters: use int() or float() of a string";
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
