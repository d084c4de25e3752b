#pragma once

#include <string>
#include <string_view>

namespace upy {

/// Whether one of the first two lines of `source` is a comment that says it is Latin-1: `# coding: latin-1`.
bool says_latin1(std::string_view source);
/// Latin-1 text as UTF-8.
std::string latin1_to_utf8(std::string_view text);

}  // namespace upy
