#pragma once

#include <cstdint>
#include <string_view>

#include "objects/runtime/type.h"

/// Text fields as %-formatting and format specs lay them out: numbers in all their notations, and padding for any text.
namespace upy {

/// How a text is placed in a field.
struct Field {
  std::string_view fill = " ";  ///< one code point
  char align = '>';             ///< '<', '>', '^', or '=': the padding goes between a number's sign and its digits
  int64_t width = 0;            ///< in code points; the field is wider if the text is longer
};

/// How a number is written.
struct NumberFormat : Field {
  char type = 0;           ///< b d n o x X for ints, e E f F g G n % for floats; 0: d for ints, g for floats
  char sign = '-';         ///< in front of what is not negative: '+', ' ', or '-' for nothing
  bool alternate = false;  ///< '#': ints get their prefix 0b, 0o, 0x or 0X; floats keep their point
  char separator = 0;      ///< ',' or '_' between groups of three digits, of four in b o x X; 0: none
  int64_t precision = -1;  ///< floats: as in printf; ints: the least number of digits; negative: not given
};

/// Whether `type` is a notation that ints have of their own: b d n o x X, or 0. They also take those of floats.
bool is_int_format(char type);
/// Whether `type` is a notation for floats: e E f F g G n %, or 0.
bool is_float_format(char type);

/// Writes an int or a bool (also the native part of a class instance); `format.type` must satisfy is_int_format.
Result<void> format_int(Vm& vm, Writer& out, Value n, const NumberFormat& format);
/// Writes a float; `format.type` must satisfy is_float_format. As on MicroPython halves are rounded away from zero, and
/// fixed notation of more than 32 characters gives way to general notation for numbers beyond 1e16.
Result<void> format_float(Vm& vm, Writer& out, double d, const NumberFormat& format);
/// Writes `text`, valid UTF-8, padded to the field; '=' counts as '>'.
Result<void> write_padded(Vm& vm, Writer& out, std::string_view text, const Field& field);

}  // namespace upy
