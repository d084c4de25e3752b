#pragma once

#include <string_view>

namespace upy {

/// Whether `text` is UTF-8 as the Unicode standard has it: shortest forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// The same, but surrogates may occur, each as its own 3 bytes, as strings of scripts may hold them.
bool is_utf8_or_surrogates(std::string_view text);

/// Whether a byte continues a sequence that began before it.
constexpr bool is_continuation(char byte) { return (byte & 0xc0) == 0x80; }

}  // namespace upy
