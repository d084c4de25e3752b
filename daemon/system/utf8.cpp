#include "system/utf8.h"

#include <cstdint>

#include "upyd/escaped_text.h"

namespace upyd {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_continuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

}  // namespace

std::string told_text(std::string_view text, size_t longest) {
  if (text.size() <= longest) return valid_utf8(text);
  const size_t part = longest / 2;
  return valid_utf8(text.substr(0, part)) + "\n[" + std::to_string(text.size() - 2 * part) + " bytes are left out]\n" +
         valid_utf8(text.substr(text.size() - part));
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
