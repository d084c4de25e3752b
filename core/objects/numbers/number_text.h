#pragma once

#include <string_view>

#include "objects/runtime/type.h"

/// Text that int(), float() and complex() take.
namespace upy {

/// Whether the value holds text: a str or an object with the buffer protocol; `text` is set to it.
bool text_of(Value value, std::string_view& text);
/// `text` without blanks in front.
std::string_view skip_blanks(std::string_view text);
/// A numeral of decimal digits without the underscores that it may have anywhere: itself if there are none, else a copy
/// in the heap. Text with inf or nan, which are no digits, keeps them.
Result<std::string_view> plain_numeral(Vm& vm, std::string_view text);
/// A text of any length as one that is not long and reads the same as a float or complex number, if it does so at all.
Result<std::string_view> shortened(Vm& vm, std::string_view text);
/// int(text, base): blanks around, a sign, a prefix that fits the base, digits and underscores; base 0 goes by the
/// prefix. ValueError for other text and for a base that is not 0 or 2 to 36.
Result<Value> parse_int_text(Vm& vm, std::string_view text, int64_t base);
/// The ValueError `invalid syntax for integer with base 10: 'abc'`.
Failure raise_invalid_int(Vm& vm, std::string_view text, int64_t base);

}  // namespace upy
