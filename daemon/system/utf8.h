#pragma once

#include <string>
#include <string_view>

namespace upyd {

/// The text with each byte that is not part of valid UTF-8 replaced by U+FFFD: what the API's strings can hold.
std::string valid_utf8(std::string_view text);

/// The same of a text that a script chose, in an answer or an event: of more than `longest` bytes the middle is left
/// out, which is said there, lest messages grow beyond what clients take.
std::string told_text(std::string_view text, size_t longest = 64u << 10);

/// The beginning of a valid text, of so many bytes at most, without a character that is cut.
std::string_view beginning_of(std::string_view text, size_t bytes);

}  // namespace upyd
