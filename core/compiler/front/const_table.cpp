#include "compiler/front/const_table.h"

#include <cerrno>
#include <cmath>
#include <numbers>

namespace upy {

using ast::Literal;

namespace {

std::optional<Literal> math_constant(std::string_view name) {
  const auto number = [](double value) { return Literal(Literal::Kind::Float, value); };
  if (name == "e") return number(std::numbers::e);
  if (name == "pi") return number(std::numbers::pi);
  if (name == "tau") return number(2 * std::numbers::pi);
  if (name == "inf") return number(HUGE_VAL);
  if (name == "nan") return number(NAN);
  return std::nullopt;
}

std::optional<Literal> errno_constant(std::string_view name) {
#define ERRNO(number) \
  if (name == #number) return Literal::from_int(number);
#include "defs/errno.def"
#undef ERRNO
  return std::nullopt;
}

}  // namespace

std::optional<Literal> module_constant(std::string_view module, std::string_view name) {
  if (module == "math") return math_constant(name);
  if (module == "errno") return errno_constant(name);
  return std::nullopt;
}

}  // namespace upy
