#pragma once

#include <string>
#include <string_view>

namespace upyd {

/// The text with each byte that is not part of valid UTF-8 replaced by U+FFFD: what the API's strings can hold.
std::string valid_utf8(std::string_view text);

}  // namespace upyd
