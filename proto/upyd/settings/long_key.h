#pragma once

#include <string_view>

namespace upyd {

/// The line, from 1, of the first key of a TOML document with more parts ("a.b.c" has 3) than that; 0 if there is none.
/// toml++ makes a table of each part, one in the other, and goes through them by recursion without a bound of its own.
int line_of_long_key(std::string_view toml, int most_parts);

}  // namespace upyd
