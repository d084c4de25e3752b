#include "objects/utf8.h"

namespace upy {

bool is_well_formed(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<uint8_t>(text[at]);
    if (lead < 0x80) {
      at++;
      continue;
    }
    const size_t length = sequence_length(text[at]);
    if (lead < 0xc0 || lead > 0xf7 || length > text.size() - at) return false;
    for (size_t i = 1; i < length; i++)
      if (!is_continuation(text[at + i])) return false;
    at += length;
  }
  return true;
}

uint32_t decode_utf8(const char* text) {
  const size_t length = sequence_length(*text);
  if (length == 1) return static_cast<uint8_t>(*text);
  uint32_t code_point = static_cast<uint8_t>(*text) & (0x7fu >> length);
  for (size_t i = 1; i < length; i++) code_point = code_point << 6 | (static_cast<uint8_t>(text[i]) & 0x3f);
  return code_point;
}

size_t encode_utf8(uint32_t code_point, char* out) {
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  const size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--) {
    out[i] = static_cast<char>(0x80 | (code_point & 0x3f));
    code_point >>= 6;
  }
  out[0] = static_cast<char>((0xf00u >> length & 0xff) | code_point);
  return length;
}

size_t offset_of(std::string_view text, size_t length, size_t index) {
  if (length == text.size()) return index;
  if (index <= length / 2) {
    size_t at = 0;
    for (; index > 0; index--) at += sequence_length(text[at]);
    return at;
  }
  size_t at = text.size();
  for (size_t left = length - index; left > 0; left--)
    do at--;
    while (is_continuation(text[at]));
  return at;
}

}  // namespace upy
