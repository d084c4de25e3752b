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

/// A text that others chose (a script's name, a line's, a message), as one line that a terminal shows and does not
/// obey: control characters become '?'.
std::string printable(std::string_view text);

/// The columns that a printable text takes, if each character takes one.
size_t columns(std::string_view text);

/// As much of a printable text as that many columns hold; a '~' at the end says that there is more.
std::string fitted(std::string_view text, size_t columns);

}  // namespace upyctl
