#pragma once

#include <string>
#include <string_view>

namespace upyd {

/// Length of the valid UTF-8 character that a text, which is not empty, begins with; 0 if there is none.
size_t valid_length(std::string_view text);

/// A text that a script or somebody else chose, as a terminal shows and does not obey it, and as logs hold it: control
/// characters, those that change the direction or the lines of a text, and bytes that are no UTF-8 become "\n", "\x1b",
/// "\u202e". A tab stays.
std::string escaped(std::string_view text);

}  // namespace upyd
