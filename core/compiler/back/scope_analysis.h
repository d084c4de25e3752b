#pragma once

#include <deque>
#include <unordered_map>

#include "compiler/back/scope.h"
#include "compiler/compiler.h"
#include "compiler/front/ast.h"
#include "compiler/front/budget.h"
#include "compiler/front/first_error.h"

namespace upy {

/// The scopes of a source text.
class ScopeTree {
 public:
  /// The scope of the whole text.
  Scope& root() { return scopes_.front(); }
  /// The scope that `node`, a Function, Class, Lambda or Comprehension, makes.
  Scope& of(const void* node) const { return *by_node_.at(node); }
  /// All scopes, outer ones before inner ones.
  std::deque<Scope>& all() { return scopes_; }
  /// Adds the scope that `node` makes.
  Scope& add(const void* node, Scope::Kind kind, std::string_view name, Scope* parent, ast::Position at);

 private:
  std::deque<Scope> scopes_;
  std::unordered_map<const void*, Scope*> by_node_;
};

/// Finds what every name of `module` stands for. Reports to `errors` the declarations and parameters that make no
/// sense; the result then is good for nothing.
ScopeTree analyze_scopes(ast::Module& module, CompileOptions::Mode mode, FirstError& errors, Budget& budget);

/// Whether `call` is super(), which in a function stands for super(__class__, its first parameter).
bool is_zero_argument_super(const ast::Call& call);

}  // namespace upy
