#pragma once

#include <optional>
#include <string>

#include "bytecode/code_unit.h"

namespace upy {

/// Checks that each register an instruction of `unit` reads holds a value on every way that leads there, the last of
/// verify()'s checks. Operands, jump targets and handlers must have been found in range. Returns what is wrong.
std::optional<std::string> check_register_flow(const CodeUnit& unit);

}  // namespace upy
