#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "bytecode/code_unit.h"

namespace upy {

/// The bytes of `unit`, to be stored or sent and read back by load(). Equal units give equal bytes.
std::string save(const CodeUnit& unit);

/// The unit whose bytes are `blob`, or a text that says what is wrong with them. Any bytes may be given: memory and
/// time stay in proportion to their number. What comes back has the form of a unit, no more: verify() must pass before
/// it runs. Each unit has one encoding: save(load(blob)) is `blob`.
std::variant<CodeUnit, std::string> load(std::string_view blob);

/// How deep units and constant tuples nest at most, in the compiler's output and in a blob.
inline constexpr int kMaxUnitNesting = 250;

}  // namespace upy
