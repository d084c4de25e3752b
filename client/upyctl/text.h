#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace upyctl {

/// The size of a terminal, or of what is to be shown there, in characters.
struct TextSize {
  size_t rows = 24;
  size_t columns = 80;
};

/// A message whose parts others may have chosen, as upyd::escaped, but for its lines.
std::string escaped_lines(std::string_view text);

/// The columns that an escaped text takes, if each character takes one.
size_t columns(std::string_view text);

/// As much of an escaped text as that many columns hold; a '~' at the end says that there is more.
std::string fitted(std::string_view text, size_t columns);

}  // namespace upyctl
