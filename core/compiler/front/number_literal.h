#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "compiler/front/arena.h"
#include "compiler/front/literal.h"

namespace upy {

/// The value of a Number token: an integer of any size, a float or an imaginary number. Underscores are ignored
/// wherever they stand. If the text is no number, the message of the SyntaxError that it is.
std::variant<ast::Literal, std::string> parse_number(std::string_view text, Arena& arena);

}  // namespace upy
