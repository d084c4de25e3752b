#include "system/utf8.h"

#include <cstdint>

namespace upyd {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

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

/// Length of the valid character that `text` begins with; 0 if there is none.
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

constexpr size_t kLongestTold = 64u << 10;

}  // namespace

std::string told_text(std::string_view text) {
  if (text.size() <= kLongestTold) return valid_utf8(text);
  constexpr size_t kPart = kLongestTold / 2;
  return valid_utf8(text.substr(0, kPart)) + "\n[" + std::to_string(text.size() - kLongestTold) +
         " bytes are left out]\n" + valid_utf8(text.substr(text.size() - kPart));
}

std::string_view beginning_of(std::string_view text, size_t bytes) {
  if (bytes >= text.size()) return text;
  while (bytes > 0 && is_continuation(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const size_t length = valid_length(text);
    valid.append(length ? text.substr(0, length) : kReplacement);
    text.remove_prefix(length ? length : 1);
  }
  return valid;
}

}  // namespace upyd
