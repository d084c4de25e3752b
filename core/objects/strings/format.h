#pragma once

#include <string_view>

#include "objects/numbers/number_format.h"
#include "objects/runtime/type.h"
#include "objects/strings/text.h"

/// Values laid out in text by format specs: format(), str.format, f-strings.
namespace upy {

/// format(value, spec): what __format__ answers, if a class has it; else by the spec. ValueError for a spec that is not
/// understood or does not fit the value.
Result<Value> format_value(Vm& vm, Value value, std::string_view spec);
/// The same, written out.
Result<void> write_formatted(Vm& vm, Writer& out, Value value, std::string_view spec);

/// What the conversion !s, !r or !a makes of a value; the value itself for 0.
Result<Value> convert(Vm& vm, Value value, char conversion);

/// Reads decimal digits off the front of `text` into `number`, which keeps its value if there are none. ValueError if
/// they say more than an int32.
Result<void> read_digits(Vm& vm, std::string_view& text, int64_t& number);
/// Writes a character, by its code point, padded; OverflowError if there is none of that code.
Result<void> write_char(Vm& vm, Writer& out, Value code_point, const Field& field);

}  // namespace upy
