#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/front/first_error.h"

namespace upy {

/// The UTF-8 of a source text that is not UTF-8 and says in its first two lines, as PEP 263 has it ("# -*- coding:
/// latin-1
/// -*-"), that it is Latin-1. Nothing for all others, and when `errors` tells that the compilation is to end.
std::optional<std::string> decoded_source(std::string_view source, FirstError& errors);

}  // namespace upy
