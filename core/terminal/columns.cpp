#include "terminal/columns.h"

#include <locale.h>
#include <wchar.h>

#include <cstdint>

#include "bytecode/utf8.h"

namespace upy {

namespace {

constexpr char kEscape = 27;

wchar_t decode(std::string_view character) {
  const auto lead = static_cast<uint8_t>(character[0]);
  if (character.size() == 1) return static_cast<wchar_t>(lead);
  uint32_t code = lead & (0x7fu >> character.size());
  for (const char byte : character.substr(1)) code = code << 6 | (static_cast<uint8_t>(byte) & 0x3f);
  return static_cast<wchar_t>(code);
}

/// The length of the control sequence that the text begins with; 0 if it begins with none.
size_t sequence_length(std::string_view text) {
  if (text.size() < 2 || text[0] != kEscape || text[1] != '[') return 0;
  size_t length = 2;
  while (length < text.size() && (text[length] < '@' || text[length] > '~')) length++;
  return length < text.size() ? length + 1 : length;
}

}  // namespace

Columns::Columns() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}

Columns::~Columns() {
  if (locale_) freelocale(locale_);
}

size_t Columns::of_character(std::string_view character) const {
  if (character.size() == 1 || !locale_) return 1;
  const locale_t before = uselocale(locale_);
  const int width = wcwidth(decode(character));
  uselocale(before);
  return width < 0 ? 1 : static_cast<size_t>(width);
}

size_t Columns::of(std::string_view text) const {
  size_t columns = 0;
  while (!text.empty()) {
    size_t length = sequence_length(text);
    if (length == 0) {
      length = character_length(text);
      columns += of_character(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return columns;
}

size_t character_length(std::string_view text) {
  size_t length = 1;
  while (length < text.size() && is_continuation(text[length])) length++;
  return length;
}

size_t previous_character(std::string_view text, size_t offset) {
  do offset--;
  while (offset > 0 && is_continuation(text[offset]));
  return offset;
}

}  // namespace upy
