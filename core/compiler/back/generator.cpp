#include "compiler/back/generator.h"

#include <algorithm>
#include <string>

namespace upy {

Generator::Generator(Compilation& compilation, Scope& scope, Generator* outer)
    : compilation_(compilation),
      scope_(&scope),
      outer_(outer),
      emitter_(scope.frame_variables, scope.name, compilation.errors, compilation.budget),
      registers_(scope.frame_variables) {
  emitter_.set_line(scope.at.line);
  for (const Variable* variable : scope.may_be_unset) emitter_.mark_deletable(variable->index);
  const bool has_namespace = scope.kind == Scope::Kind::Namespace;
  if (has_namespace) take();
  for (const Variable& variable : scope.variables) registers_[variable.index] = take();
  first_temporary_ = top_;
  unit_.name = scope.name;
  unit_.file = compilation.options.file;
  unit_.first_line = scope.at.line;
  if (scope.is_generator) unit_.flags |= CodeUnit::kGenerator;
  const bool is_function = scope.kind == Scope::Kind::Function;
  if (scope.is_coroutine) unit_.flags |= is_function ? CodeUnit::kCoroutine : CodeUnit::kAsyncGenerator;
}

// ---- registers ----

Reg Generator::take(uint32_t count) {
  const uint32_t first = top_;
  if (first + count > UINT16_MAX) {
    emitter_.overflow();
    return 0;
  }
  top_ += count;
  most_ = std::max(most_, top_);
  return static_cast<Reg>(first);
}

void Generator::move(Reg dst, Reg src) {
  if (dst != src) emitter_.emit(Op::MOVE, dst, src);
}

// ---- names ----

std::optional<Reg> Generator::variable_register(std::string_view name) const {
  const Binding& binding = this->binding(name);
  if (binding.storage != Binding::Storage::Register) return std::nullopt;
  return register_of(*binding.variable);
}

std::optional<Reg> Generator::variable_register(const ast::Expr* node) const {
  const auto* name = ast::cast<const ast::Name>(node);
  return name != nullptr ? variable_register(name->id) : std::nullopt;
}

void Generator::make_cell(const Variable& variable) { emitter_.emit(Op::MAKE_CELL, register_of(variable)); }

void Generator::check_bound(const Variable& variable) {
  if (emitter_.is_assigned(variable.index)) return;
  emitter_.emit(Op::CHECK_BOUND, register_of(variable), emitter_.name(variable.name));
  emitter_.mark_assigned(variable.index);
}

void Generator::load(std::string_view name, Reg dst) {
  const Binding& found = binding(name);
  switch (found.storage) {
    case Binding::Storage::Register:
      check_bound(*found.variable);
      return move(dst, register_of(*found.variable));
    case Binding::Storage::Cell:
      return emitter_.emit(Op::LOAD_CELL, dst, register_of(*found.variable), emitter_.name(name));
    case Binding::Storage::Captured:
      return emitter_.emit(Op::LOAD_FREE, dst, found.captured, emitter_.name(name));
    case Binding::Storage::Global:
      return load_global(name, dst);
    case Binding::Storage::Namespace:
      return emitter_.emit(Op::LOAD_NAME, dst, 0, emitter_.site(Op::LOAD_NAME, name));
  }
}

void Generator::load_global(std::string_view name, Reg dst) {
  emitter_.emit(Op::LOAD_GLOBAL, dst, 0, emitter_.site(Op::LOAD_GLOBAL, name));
}

void Generator::store(std::string_view name, Reg value) {
  const Binding& found = binding(name);
  switch (found.storage) {
    case Binding::Storage::Register:
      move(register_of(*found.variable), value);
      return emitter_.mark_assigned(found.variable->index);
    case Binding::Storage::Cell:
      return emitter_.emit(Op::STORE_CELL, register_of(*found.variable), value);
    case Binding::Storage::Captured:
      return emitter_.emit(Op::STORE_FREE, value, found.captured);
    case Binding::Storage::Global:
      return emitter_.emit(Op::STORE_GLOBAL, value, 0, emitter_.site(Op::STORE_GLOBAL, name));
    case Binding::Storage::Namespace:
      return emitter_.emit(Op::STORE_NAME, value, 0, emitter_.site(Op::STORE_NAME, name));
  }
}

void Generator::remove(std::string_view name) {
  const Binding& found = binding(name);
  switch (found.storage) {
    case Binding::Storage::Register:
      check_bound(*found.variable);
      load_unset(register_of(*found.variable));
      return emitter_.mark_unset(found.variable->index);
    case Binding::Storage::Cell:
      return emitter_.emit(Op::DELETE_CELL, register_of(*found.variable), 0, emitter_.name(name));
    case Binding::Storage::Captured:
      return emitter_.emit(Op::DELETE_FREE, 0, found.captured, emitter_.name(name));
    case Binding::Storage::Global:
      return emitter_.emit(Op::DELETE_GLOBAL, 0, 0, emitter_.site(Op::DELETE_GLOBAL, name));
    case Binding::Storage::Namespace:
      return emitter_.emit(Op::DELETE_NAME, 0, 0, emitter_.site(Op::DELETE_NAME, name));
  }
}

void Generator::note_stored(std::string_view name) { emitter_.mark_assigned(binding(name).variable->index); }

// ---- telling nodes apart ----

// These stand apart from what they call, so that no compiler merges all those functions into one with a huge frame.

void Generator::into(ast::Expr& node, Reg dst) {
  if (has_failed()) return;
  visit(node, [this, dst](auto& expression) { generate(expression, dst); });
}

void Generator::block(ast::Stmts statements) {
  for (ast::Stmt* statement : statements) {
    if (has_failed()) return;
    at(statement->at);
    visit(*statement, [this](auto& node) { generate(node); });
  }
}

// ---- errors ----

void Generator::error(std::string_view message, ast::Position at) {
  compilation_.errors.report(Diagnostic::Kind::SyntaxError, std::string(message), at, scope_->name);
}

}  // namespace upy
