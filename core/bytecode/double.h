#pragma once

#include <cstddef>
#include <string_view>

// What both the compiler and the runtime do with floats: a constant that is computed beforehand is the same, to the
// last bit, as one that is computed when the script runs.

namespace upy {

/// a % b with the sign of b, which is not 0.
double floor_modulo(double a, double b);

/// a // b, such that (a // b) * b + a % b is a as nearly as can be; b is not 0.
double floor_divide(double a, double b);

/// A decimal number that a text starts with.
struct DecimalText {
  size_t length;  ///< its characters, 0 if there is none
  double value;   ///< the nearest double; infinite or 0 if it is too large or too small for one
};

/// Reads digits with at most one point among them and an exponent, as far as `text` has them.
DecimalText read_decimal(std::string_view text);

}  // namespace upy
