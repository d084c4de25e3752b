#pragma once

#include <optional>
#include <string>

#include "bytecode/code_unit.h"
#include "bytecode/meter.h"

namespace upy {

/// Checks that each register an instruction of `unit` reads holds what defs/opcodes.def asks for, on every way that
/// leads there: the last of verify()'s checks. Operands, jump targets and handlers must have been found in range.
/// Returns what is wrong.
std::optional<std::string> check_register_flow(const CodeUnit& unit, Meter& meter);

}  // namespace upy
