#pragma once

#include <string_view>

namespace upy {

/// Whether what was typed at a prompt so far, lines with LF between them, is a statement that goes on in the next line:
/// a string or brackets are open, the last line ends in a backslash, or it is a compound statement, which an empty line
/// ends. What is wrong already does not go on.
bool is_incomplete(std::string_view source);

}  // namespace upy
