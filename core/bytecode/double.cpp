#include "bytecode/double.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace upy {

namespace {

/// What a number that is no double reads as: too large or too small, as the place of its first digit tells.
double out_of_range(std::string_view number) {
  const size_t exponent_at = std::min(number.find_first_of("eE"), number.size());
  const size_t point = std::min(number.find('.'), exponent_at);
  const size_t first_digit = number.find_first_of("123456789");
  std::string_view exponent = number.substr(std::min(exponent_at + 1, number.size()));
  const bool negative = exponent.starts_with('-');
  if (negative || exponent.starts_with('+')) exponent.remove_prefix(1);
  int64_t value = 0;
  const auto parsed = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  if (parsed.ec == std::errc::result_out_of_range) value = INT64_MAX / 2;
  const int64_t magnitude = static_cast<int64_t>(point) - static_cast<int64_t>(first_digit);
  return magnitude + (negative ? -value : value) > 0 ? HUGE_VAL : 0;
}

}  // namespace

double floor_modulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

double floor_divide(double a, double b) {
  const double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double floor = std::floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

DecimalText read_decimal(std::string_view text) {
  const bool is_number = !text.empty() && (text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
  if (!is_number) return {0, 0};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument) return {0, 0};
  const size_t length = static_cast<size_t>(end - text.data());
  if (error == std::errc::result_out_of_range) value = out_of_range(text.substr(0, length));
  return {length, value};
}

}  // namespace upy
