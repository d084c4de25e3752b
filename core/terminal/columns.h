#pragma once

#include <clocale>
#include <cstddef>
#include <string_view>

namespace upy {

/// How many columns of a terminal text takes.
class Columns {
 public:
  Columns();
  ~Columns();
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;

  /// Of one character, in UTF-8: 2 of wide ones, 0 of those that combine with the one before.
  size_t of_character(std::string_view character) const;
  /// Of a text that has no control characters but in sequences that begin with ESC [ and take none.
  size_t of(std::string_view text) const;

 private:
  locale_t locale_;  ///< which knows the characters of Unicode
};

/// The length in bytes of the character that `text` begins with, which is UTF-8 and not empty.
size_t character_length(std::string_view text);
/// Where the character begins that ends at `offset`, which is greater than 0.
size_t previous_character(std::string_view text, size_t offset);

}  // namespace upy
