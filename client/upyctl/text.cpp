#include "upyctl/text.h"

#include <algorithm>

namespace upyctl {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Of the second block of control characters, in UTF-8.
bool is_second_control(std::string_view text, size_t i) {
  return text[i] == '\xC2' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_second_control(text, i)) {
      shown += '?';
      ++i;
    } else {
      const auto c = static_cast<unsigned char>(text[i]);
      shown += c < 0x20 || c == 0x7F ? '?' : text[i];
    }
  }
  return shown;
}

size_t columns(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string fitted(std::string_view text, size_t wanted) {
  if (columns(text) <= wanted) return std::string(text);
  size_t end = 0;
  for (size_t left = wanted; end < text.size(); ++end) {
    if (begins_character(text[end]) && left-- <= 1) break;
  }
  return wanted == 0 ? "" : std::string(text.substr(0, end)) + "~";
}

}  // namespace upyctl
