#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "compiler/front/literal.h"

namespace upy {

/// What `NAME = const(value)` has defined so far. A definition holds to the end of the source, whatever block it
/// stands in.
class ConstTable {
 public:
  /// Defines `name`, which is not defined yet.
  void define(std::string_view name, const ast::Literal& value) { values_.emplace(name, value); }

  /// The value of `name`, null if it is none of the constants.
  const ast::Literal* find(std::string_view name) const {
    if (values_.empty()) return nullptr;
    const auto found = values_.find(name);
    return found != values_.end() ? &found->second : nullptr;
  }

 private:
  std::unordered_map<std::string_view, ast::Literal> values_;
};

/// The value of `module`.`name` if it is known at compile time, as math.pi is.
std::optional<ast::Literal> module_constant(std::string_view module, std::string_view name);

}  // namespace upy
