#include "compiler/back/scope_analysis.h"

// Two passes find what the names of a source text stand for. The first walks the tree and notes in each scope which
// names it reads, binds and declares. The second resolves them, outer scopes first: a name that a scope does not bind
// itself is looked for in the functions around it, where it then lives in a cell that all units in between capture.

#include <string>

namespace upy {
namespace {

using ast::Position;
using Kind = Scope::Kind;
using Use = Scope::Use;

/// The first pass.
class Collector {
 public:
  Collector(ScopeTree& tree, FirstError& errors, Budget& budget) : tree_(tree), errors_(errors), budget_(budget) {}

  void collect(ast::Module& module, Kind kind) {
    scope_ = &tree_.add(&module, kind, "<module>", nullptr, {});
    block(module.body);
  }

 private:
  /// Makes a scope the current one for as long as it lives.
  class Inside {
   public:
    Inside(Collector& collector, Scope& scope) : collector_(collector), outer_(collector.scope_) {
      collector.scope_ = &scope;
    }
    ~Inside() { collector_.scope_ = outer_; }

   private:
    Collector& collector_;
    Scope* outer_;
  };

  // ---- names ----

  Scope::Symbol& note(Scope& scope, std::string_view name, Use use, Position at) {
    const size_t known = scope.symbols().size();
    Scope::Symbol& symbol = scope.find_or_add(name, use, at);
    if (scope.symbols().size() > known) budget_.charge(kSymbolBytes);
    return symbol;
  }

  void read(std::string_view name, Position at) { note(*scope_, name, Use::Reads, at); }

  Scope::Symbol& bind(Scope& scope, std::string_view name, Position at) {
    Scope::Symbol& symbol = note(scope, name, Use::Binds, at);
    if (symbol.use == Use::Reads) symbol.use = Use::Binds;
    if (symbol.use == Use::Binds && symbol.binding.variable == nullptr && scope.has_variables()) {
      symbol.binding.variable = &scope.add_variable(name);
    }
    return symbol;
  }

  void bind(std::string_view name, Position at) { bind(*scope_, name, at); }

  /// A name that may be unset afterwards.
  void unbind(std::string_view name, Position at) {
    Scope::Symbol& symbol = bind(*scope_, name, at);
    if (symbol.binding.variable != nullptr) scope_->frame->may_be_unset.push_back(symbol.binding.variable);
  }

  /// The target of a :=. It is bound in the function, class or module around the comprehensions it stands in, unless
  /// one of them but the innermost has a variable of that name.
  void bind_named(std::string_view name, Position at) {
    const auto is_comprehension = [](const Scope& scope) {
      return scope.kind == Kind::Comprehension || scope.kind == Kind::Generator;
    };
    const auto binds = [name](Scope& scope) {
      const Scope::Symbol* symbol = scope.find(name);
      return symbol != nullptr && symbol->use == Use::Binds;
    };
    if (is_comprehension(*scope_) && binds(*scope_)) {
      return error(
          scope_->parent->parent == nullptr ? "identifier redefined as global" : "identifier redefined as nonlocal",
          at);
    }
    Scope* target = scope_;
    for (; is_comprehension(*target) && !binds(*target); target = target->parent) note(*target, name, Use::Reads, at);
    if (target != scope_ && target->kind == Kind::Class) return error("no binding for nonlocal found", at);
    if (target != scope_ && target->parent == nullptr) return declare_global_at_root(name, at);
    const Scope::Symbol& symbol = bind(*target, name, at);
    if (symbol.binding.variable != nullptr) symbol.binding.variable->is_rebound = true;
  }

  void declare(ast::Names names, Use use, std::string_view message, Position at) {
    for (const std::string_view name : names) {
      if (note(*scope_, name, use, at).use != use) return error(message, at);
    }
  }

  /// What any scope declares global, or binds by a := in a comprehension of the root, is global in the root too: where
  /// that has a namespace, it is not looked for there.
  void declare_global_at_root(std::string_view name, Position at) {
    note(tree_.root(), name, Use::DeclaresGlobal, at).use = Use::DeclaresGlobal;
  }

  void error(std::string_view message, Position at) {
    errors_.report(Diagnostic::Kind::SyntaxError, std::string(message), at, scope_->name);
  }

  // ---- statements ----

  void block(ast::Stmts statements) {
    for (ast::Stmt* statement : statements) {
      if (errors_.occurred() || budget_.exhausted()) return;
      visit(*statement, [this](auto& node) { walk(node); });
    }
  }

  void walk(ast::ExprStmt& node) { walk(node.value); }

  void walk(ast::Assign& node) {
    walk(node.value);
    for (ast::Expr* target : node.targets) this->target(target);
  }

  void walk(ast::AugAssign& node) {
    target(node.target);
    walk(node.value);
  }

  void walk(ast::Annotation& node) {
    if (scope_->has_variables()) target(node.target);
  }

  void walk(ast::Return& node) { walk(node.value); }

  void walk(ast::Raise& node) {
    walk(node.exception);
    walk(node.cause);
  }

  void walk(ast::Global& node) {
    declare(node.names, Use::DeclaresGlobal, "identifier redefined as global", node.at);
    for (const std::string_view name : node.names) declare_global_at_root(name, node.at);
  }

  void walk(ast::Nonlocal& node) {
    if (scope_->parent == nullptr) return error("can't declare nonlocal in outer code", node.at);
    declare(node.names, Use::DeclaresNonlocal, "identifier redefined as nonlocal", node.at);
  }

  void walk(ast::Delete& node) { deleted(node.target); }
  void walk(ast::Pass&) {}
  void walk(ast::Break&) {}
  void walk(ast::Continue&) {}

  void walk(ast::Assert& node) {
    walk(node.test);
    walk(node.message);
  }

  void walk(ast::Import& node) {
    for (const ast::Alias& module : node.modules) {
      bind(module.alias.empty() ? module.name.substr(0, module.name.find('.')) : module.alias, module.at);
    }
  }

  void walk(ast::ImportFrom& node) {
    for (const ast::Alias& name : node.names) bind(name.alias.empty() ? name.name : name.alias, name.at);
  }

  void walk(ast::If& node) {
    for (const ast::Branch& branch : node.branches) {
      walk(branch.test);
      block(branch.body);
    }
    block(node.orelse);
  }

  void walk(ast::While& node) {
    walk(node.test);
    block(node.body);
    block(node.orelse);
  }

  void walk(ast::For& node) {
    walk(node.iterable);
    target(node.target);
    block(node.body);
    block(node.orelse);
  }

  void walk(ast::Try& node) {
    block(node.body);
    for (const ast::Except& handler : node.handlers) {
      walk(handler.type);
      if (!handler.name.empty()) unbind(handler.name, handler.at);
      block(handler.body);
    }
    block(node.orelse);
    block(node.finalbody);
  }

  void walk(ast::With& node) {
    for (const ast::WithItem& item : node.items) {
      walk(item.context);
      target(item.target);
    }
    block(node.body);
  }

  void walk(ast::Function& node) {
    walk(node.decorators);
    bind(node.name, node.at);
    Scope& scope = function(&node, Kind::Function, node.name, node.parameters, node.at);
    scope.is_coroutine = scope.is_generator = node.is_async;
    const Inside inside(*this, scope);
    block(node.body);
  }

  void walk(ast::Class& node) {
    walk(node.decorators);
    walk(node.arguments);
    bind(node.name, node.at);
    const Inside inside(*this, tree_.add(&node, Kind::Class, node.name, scope_, node.at));
    scope_->add_variable(kHiddenParameter);
    block(node.body);
  }

  // ---- functions ----

  /// The scope of a function with its parameters.
  Scope& function(const void* node, Kind kind, std::string_view name, ast::Parameters parameters, Position at) {
    check_defaults(parameters);
    for (const ast::Parameter& parameter : parameters) walk(parameter.default_value);
    Scope& scope = tree_.add(node, kind, name, scope_, at);
    const Inside inside(*this, scope);
    using ParameterKind = ast::Parameter::Kind;
    for (const ParameterKind wanted :
         {ParameterKind::Positional, ParameterKind::KeywordOnly, ParameterKind::VarArgs, ParameterKind::VarKeywords}) {
      for (const ast::Parameter& parameter : parameters) {
        if (parameter.kind != wanted) continue;
        if (scope.find(parameter.name) != nullptr) error("argument name reused", parameter.at);
        bind(parameter.name, parameter.at);
      }
    }
    return scope;
  }

  void check_defaults(ast::Parameters parameters) {
    bool has_default = false;
    for (const ast::Parameter& parameter : parameters) {
      if (parameter.kind != ast::Parameter::Kind::Positional) continue;
      if (parameter.default_value != nullptr) {
        has_default = true;
      } else if (has_default) {
        error("non-default argument follows default argument", parameter.at);
      }
    }
  }

  // ---- targets ----

  void target(ast::Expr* node) {
    if (node == nullptr) return;
    switch (node->kind) {
      case ast::Expr::Kind::Name:
        return bind(ast::as<ast::Name>(*node).id, node->at);
      case ast::Expr::Kind::Tuple:
        for (ast::Expr* item : ast::as<ast::Tuple>(*node).items) target(item);
        return;
      case ast::Expr::Kind::List:
        for (ast::Expr* item : ast::as<ast::List>(*node).items) target(item);
        return;
      case ast::Expr::Kind::Starred:
        return target(ast::as<ast::Starred>(*node).value);
      default:
        return walk(node);
    }
  }

  void deleted(ast::Expr* node) {
    if (auto* name = ast::cast<ast::Name>(node)) return unbind(name->id, name->at);
    if (auto* tuple = ast::cast<ast::Tuple>(node)) {
      for (ast::Expr* item : tuple->items) deleted(item);
      return;
    }
    walk(node);
  }

  // ---- expressions ----

  void walk(ast::Expr* node) {
    if (node != nullptr) visit(*node, [this](auto& expression) { walk(expression); });
  }

  void walk(ast::Exprs nodes) {
    for (ast::Expr* node : nodes) walk(node);
  }

  void walk(ast::Arguments arguments) {
    for (const ast::Argument& argument : arguments) walk(argument.value);
  }

  void walk(ast::LiteralExpr&) {}
  void walk(ast::Name& node) { read(node.id, node.at); }
  void walk(ast::FString& node) { walk(node.parts); }

  void walk(ast::FormattedValue& node) {
    walk(node.value);
    walk(node.spec);
  }

  void walk(ast::Tuple& node) { walk(node.items); }
  void walk(ast::List& node) { walk(node.items); }
  void walk(ast::Set& node) { walk(node.items); }

  void walk(ast::Dict& node) {
    for (const ast::DictItem& item : node.items) {
      walk(item.key);
      walk(item.value);
    }
  }

  void walk(ast::Comprehension& node) {
    walk(node.clauses[0].iterable);
    const bool is_generator = node.result == ast::Comprehension::Result::Generator;
    const Inside inside(*this, tree_.add(&node, is_generator ? Kind::Generator : Kind::Comprehension,
                                         name_of(node.result), scope_, node.at));
    if (is_generator) scope_->add_variable(kHiddenParameter);
    for (const ast::CompFor& clause : node.clauses) {
      if (&clause != &node.clauses[0]) walk(clause.iterable);
      if (clause.is_async) note_await();
      target(clause.target);
      walk(clause.conditions);
    }
    walk(node.element);
    walk(node.value);
  }

  static std::string_view name_of(ast::Comprehension::Result result) {
    switch (result) {
      case ast::Comprehension::Result::Generator:
        return "<genexpr>";
      case ast::Comprehension::Result::List:
        return "<listcomp>";
      case ast::Comprehension::Result::Set:
        return "<setcomp>";
      case ast::Comprehension::Result::Dict:
        return "<dictcomp>";
    }
    __builtin_unreachable();
  }

  void walk(ast::Lambda& node) {
    const Inside inside(*this, function(&node, Kind::Lambda, "<lambda>", node.parameters, node.at));
    walk(node.body);
  }

  void walk(ast::Unary& node) { walk(node.operand); }

  void walk(ast::Binary& node) {
    walk(node.first);
    for (const ast::BinaryStep& step : node.rest) walk(step.operand);
  }

  void walk(ast::Logical& node) { walk(node.operands); }

  void walk(ast::Compare& node) {
    walk(node.first);
    for (const ast::CompareStep& step : node.rest) walk(step.operand);
  }

  void walk(ast::Conditional& node) {
    walk(node.test);
    walk(node.if_true);
    walk(node.if_false);
  }

  void walk(ast::NamedExpr& node) {
    walk(node.value);
    if (auto* name = ast::cast<ast::Name>(node.target)) bind_named(name->id, name->at);
  }

  void walk(ast::Attribute& node) { walk(node.object); }

  void walk(ast::Subscript& node) {
    walk(node.object);
    walk(node.index);
  }

  void walk(ast::Slice& node) {
    walk(node.lower);
    walk(node.upper);
    walk(node.step);
  }

  void walk(ast::Call& node) {
    walk(node.callee);
    walk(node.arguments);
    if (scope_->frame->kind == Kind::Function && is_zero_argument_super(node)) {
      read(kClassCell, node.at);
      if (!scope_->frame->variables.empty()) read(scope_->frame->variables.front().name, node.at);
    }
  }

  void walk(ast::Await& node) {
    note_await();
    walk(node.value);
  }

  void walk(ast::Yield& node) {
    note_yield();
    walk(node.value);
  }

  void walk(ast::YieldFrom& node) {
    note_yield();
    walk(node.value);
  }

  /// A generator expression that awaits is an asynchronous one.
  void note_await() {
    note_yield();
    if (scope_->frame->kind == Kind::Generator) scope_->frame->is_coroutine = true;
  }

  void note_yield() {
    if (scope_->kind == Kind::Function || scope_->kind == Kind::Lambda) scope_->is_generator = true;
  }

  void walk(ast::Starred& node) { walk(node.value); }

  // A symbol with its entry in the index and its variable, about.
  static constexpr size_t kSymbolBytes = sizeof(Scope::Symbol) + sizeof(Variable) + 64;

  ScopeTree& tree_;
  FirstError& errors_;
  Budget& budget_;
  Scope* scope_ = nullptr;
};

/// The second pass.
class Resolver {
 public:
  explicit Resolver(FirstError& errors) : errors_(errors) {}

  void resolve(Scope& scope) {
    for (Scope::Symbol& symbol : scope.symbols()) {
      const bool is_own = symbol.use == Use::Binds && scope.has_variables();
      symbol.binding = is_own ? own(symbol) : outer(scope, symbol);
    }
  }

 private:
  /// Whether it lives in a cell is known only after the scopes within are resolved; see mark_cells.
  static Binding own(const Scope::Symbol& symbol) {
    return {.storage = Binding::Storage::Register, .variable = symbol.binding.variable};
  }

  Binding outer(Scope& scope, const Scope::Symbol& symbol) {
    if (symbol.use == Use::DeclaresGlobal) return {};
    Variable* variable = symbol.use == Use::Binds ? nullptr : find(scope, symbol.name);
    if (variable != nullptr) return reach(scope, *variable);
    if (symbol.use == Use::DeclaresNonlocal) {
      errors_.report(Diagnostic::Kind::SyntaxError, "no binding for nonlocal found", symbol.at, scope.name);
    }
    return {.storage = unbound_storage(scope)};
  }

  /// The variable `name` of the innermost scope around `scope` that binds it, null if it is none of a function.
  static Variable* find(Scope& scope, std::string_view name) {
    for (Scope* outer = scope.parent; outer != nullptr; outer = outer->parent) {
      if (outer->kind == Kind::Class) {
        if (name == kClassCell) return class_cell(*outer);
        continue;
      }
      const Scope::Symbol* symbol = outer->find(name);
      if (symbol == nullptr || !outer->has_variables()) continue;
      if (symbol->use == Use::Binds) return symbol->binding.variable;
      if (symbol->use == Use::DeclaresGlobal) return nullptr;
    }
    return nullptr;
  }

  /// The __class__ of a class body: its second variable, after the namespace.
  static Variable* class_cell(Scope& scope) {
    return scope.variables.size() > 1 ? &scope.variables[1] : &scope.add_variable(kClassCell);
  }

  /// The binding by which `scope` uses `variable` of a scope around it.
  Binding reach(Scope& scope, Variable& variable) {
    Scope* const home = variable.scope->frame;
    if (scope.frame == home) return {.storage = Binding::Storage::Register, .variable = &variable};
    variable.is_captured = true;
    for (Scope* frame = scope.frame->parent->frame; frame != home; frame = frame->parent->frame)
      capture(*frame, variable);
    return {.storage = Binding::Storage::Captured, .variable = &variable, .captured = capture(*scope.frame, variable)};
  }

  uint16_t capture(Scope& frame, Variable& variable) {
    if (frame.captured.size() > UINT16_MAX) {
      errors_.report(Diagnostic::Kind::RuntimeError, "bytecode overflow", frame.at, frame.name);
      return 0;
    }
    return frame.capture(variable);
  }

  /// Where names are found that no function around `scope` binds: those of comprehensions as those of functions.
  static Binding::Storage unbound_storage(const Scope& scope) {
    const bool has_namespace = scope.kind == Kind::Class || scope.kind == Kind::Namespace;
    return has_namespace ? Binding::Storage::Namespace : Binding::Storage::Global;
  }

  FirstError& errors_;
};

void mark_cells(Scope& scope) {
  for (Scope::Symbol& symbol : scope.symbols()) {
    Binding& binding = symbol.binding;
    const bool is_cell = binding.storage == Binding::Storage::Register && binding.variable->is_captured;
    if (is_cell) binding.storage = Binding::Storage::Cell;
  }
}

}  // namespace

bool is_zero_argument_super(const ast::Call& call) {
  const auto* callee = ast::cast<ast::Name>(call.callee);
  return callee != nullptr && callee->id == "super" && call.arguments.empty();
}

Scope& ScopeTree::add(const void* node, Scope::Kind kind, std::string_view name, Scope* parent, ast::Position at) {
  Scope& scope = scopes_.emplace_back(kind, name, parent, at);
  by_node_.emplace(node, &scope);
  return scope;
}

ScopeTree analyze_scopes(ast::Module& module, CompileOptions::Mode mode, FirstError& errors, Budget& budget) {
  using Mode = CompileOptions::Mode;
  const bool has_namespace = mode == Mode::Namespace || mode == Mode::Eval;
  ScopeTree tree;
  Collector(tree, errors, budget).collect(module, has_namespace ? Kind::Namespace : Kind::Module);
  if (errors.occurred()) return tree;
  Resolver resolver(errors);
  for (Scope& scope : tree.all()) resolver.resolve(scope);
  for (Scope& scope : tree.all()) mark_cells(scope);
  return tree;
}

}  // namespace upy
