#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "objects/runtime/type.h"

namespace upy {

/// Text as float() takes it, without underscores; nothing if it is no number.
std::optional<double> parse_float(std::string_view text);
/// The number at the beginning of `text`, which may go on; blanks and underscores are not part of it. It is taken off.
std::optional<double> take_float(std::string_view& text);
/// The shortest text that reads back the same, in `buffer` or static: with an exponent from 1e16 on and below 1e-4,
/// without a fraction if there is none.
constexpr size_t kFloatText = 32;
std::string_view shortest_text(double d, std::span<char, kFloatText> buffer);
/// repr(): the shortest text, with ".0" if it would read as an int.
Result<void> write_float(Vm& vm, Writer& out, double d);

}  // namespace upy
