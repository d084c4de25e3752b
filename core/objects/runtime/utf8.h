#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bytecode/utf8.h"

/// Code points in the text of strings. Like MicroPython's, strings are UTF-8 in form: each lead byte is followed by the
/// continuation bytes it announces. Which code points these say is not looked at, so lone surrogates, overlong forms
/// and numbers above U+10FFFF may occur where a script has decoded such bytes.
namespace upy {

/// Whether `text` has that form.
bool is_well_formed(std::string_view text);
/// How many ASCII characters `text` begins with.
size_t ascii_prefix(std::string_view text);

/// The greatest code point of Unicode.
constexpr uint32_t kMaxCodePoint = 0x10ffff;
constexpr bool is_surrogate(uint32_t code_point) { return code_point >= 0xd800 && code_point <= 0xdfff; }

/// The length in bytes of the sequence that begins with `lead`, which is no continuation byte.
constexpr size_t sequence_length(char lead) {
  const auto byte = static_cast<uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/// The code point that begins at `text`.
uint32_t decode_utf8(const char* text);

/// Writes a code point to `out` and answers how many bytes that took: 1 to kMaxSequence.
size_t encode_utf8(uint32_t code_point, char* out);
constexpr size_t kMaxSequence = 4;

/// Where in `text`, of `length` code points, the one with that index begins; the end if `index` is `length`.
size_t offset_of(std::string_view text, size_t length, size_t index);

}  // namespace upy
