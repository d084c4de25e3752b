#include "compiler/back/scope.h"

namespace upy {

Scope::Scope(Kind kind, std::string_view name, Scope* parent, ast::Position at)
    : kind(kind), name(name), parent(parent), at(at), frame(kind == Kind::Comprehension ? parent->frame : this) {}

Scope::Symbol* Scope::find(std::string_view name) {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &symbols_[found->second];
}

Scope::Symbol& Scope::find_or_add(std::string_view name, Use use, ast::Position at) {
  const auto [entry, is_new] = index_.try_emplace(name, symbols_.size());
  if (is_new) symbols_.push_back({.name = name, .use = use, .at = at, .binding = {}});
  return symbols_[entry->second];
}

Variable& Scope::add_variable(std::string_view name) {
  return variables.emplace_back(Variable{.name = name, .scope = this, .index = frame->frame_variables++});
}

uint16_t Scope::capture(Variable& variable) {
  const auto [entry, is_new] = capture_index_.try_emplace(&variable, captured.size());
  if (is_new) captured.push_back(&variable);
  return entry->second;
}

}  // namespace upy
