#include "upyctl/text.h"

#include <algorithm>

#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

std::string escaped_lines(std::string_view text) {
  std::string lines;
  for (size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) {
    lines += upyd::escaped(text.substr(0, end)) + '\n';
  }
  return lines + upyd::escaped(text);
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
