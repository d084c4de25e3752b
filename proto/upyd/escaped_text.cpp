#include "upyd/escaped_text.h"

#include <cstdint>
#include <cstdio>

namespace upyd {
namespace {

bool is_continuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

size_t length_of(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// Whether the second byte keeps the character out of the overlong forms, the surrogates and what lies above U+10FFFF.
bool allows_second(uint8_t lead, uint8_t second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

/// Of a valid character of up to three bytes; of longer ones 0, as none of them is a control.
uint32_t code_point(std::string_view character) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(character[i])); };
  switch (character.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
      return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    default:
      return 0;
  }
}

bool is_in(uint32_t c, uint32_t first, uint32_t last) { return c >= first && c <= last; }

bool is_obeyed(std::string_view character) {
  const uint32_t c = code_point(character);
  if (character.size() == 1) return (c < 0x20 && c != '\t') || c == 0x7F;
  return is_in(c, 0x80, 0x9F) || is_in(c, 0x200E, 0x200F) || is_in(c, 0x2028, 0x202E) || is_in(c, 0x2066, 0x2069) ||
         c == 0x61C;
}

std::string escape_of(const char* format, uint32_t code) {
  char text[16];
  std::snprintf(text, sizeof text, format, code);
  return text;
}

std::string escape_of(std::string_view character) {
  const uint32_t c = code_point(character);
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  return escape_of(c < 0x100 ? "\\x%02x" : "\\u%04x", c);
}

}  // namespace

size_t valid_length(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const size_t length = length_of(lead);
  if (length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  if (length > 1 && !allows_second(lead, static_cast<uint8_t>(text[1]))) return 0;
  return length;
}

std::string escaped(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const size_t length = valid_length(text);
    const std::string_view character = text.substr(0, length ? length : 1);
    if (length == 0) {
      shown += escape_of("\\x%02x", static_cast<uint8_t>(text[0]));
    } else if (is_obeyed(character)) {
      shown += escape_of(character);
    } else {
      shown += character;
    }
    text.remove_prefix(character.size());
  }
  return shown;
}

}  // namespace upyd
