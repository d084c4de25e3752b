#pragma once

#include <string>

#include "bytecode/code_unit.h"

namespace upy {

/// A readable listing of `unit`, which must have passed verify(): a heading, its captures, its instructions with source
/// lines, names, constants and jump targets, its handlers, and then its children in the same way. The same unit always
/// gives the same text.
std::string disassemble(const CodeUnit& unit);

}  // namespace upy
