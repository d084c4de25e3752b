#include "compiler/const_table.h"

#include <cmath>
#include <concepts>
#include <cstdint>

namespace upy {

using ast::Literal;

namespace {

Literal literal_of(std::integral auto value) { return Literal::from_int(value); }
Literal literal_of(double value) { return Literal(Literal::Kind::Float, value); }

}  // namespace

std::optional<Literal> module_constant(std::string_view module, std::string_view name) {
#define MODULE_CONSTANT(module_name, constant, value) \
  if (module == #module_name && name == #constant) return literal_of(value);
#include "defs/module_constants.def"
#undef MODULE_CONSTANT
  return std::nullopt;
}

}  // namespace upy
