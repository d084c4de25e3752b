// Code units as wholes, and the statements and expressions that make functions and classes of them.
#include <algorithm>
#include <memory>

#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"

namespace upy {

// ---- units ----

CodeUnit Generator::module(ast::Module& node) {
  if (scope_->kind == Scope::Kind::Namespace) {
    unit_.flags |= CodeUnit::kNamespace;
    unit_.positional_count = 1;
    unit_.parameters = {emitter_.name(kHiddenParameter)};
  }
  if (compilation_.options.mode == CompileOptions::Mode::Eval) {
    const Temporaries temporaries(*this);
    const Reg result = operand(*ast::as<ast::ExprStmt>(*node.body[0]).value);
    emitter_.emit(Op::RETURN, result);
  } else {
    block(node.body);
    emitter_.emit(Op::RETURN_NONE);
  }
  finish();
  return std::move(unit_);
}

void Generator::function(ast::Function& node) {
  is_viper_ = std::any_of(node.decorators.begin(), node.decorators.end(),
                          [this](ast::Expr* decorator) { return emitter_named_by(*decorator) == "viper"; });
  if (is_viper_) check_viper_annotations(node.parameters);
  set_parameters(node.parameters);
  block(node.body);
  emitter_.emit(Op::RETURN_NONE);
  finish();
}

void Generator::lambda(ast::Lambda& node) {
  set_parameters(node.parameters);
  if (scope_->is_generator) {
    discard(*node.body);
    emitter_.emit(Op::RETURN_NONE);
  } else {
    const Temporaries temporaries(*this);
    const Reg result = operand(*node.body);
    emitter_.emit(Op::RETURN, result);
  }
  finish();
}

void Generator::class_body(ast::Class& node) {
  unit_.flags |= CodeUnit::kClassBody;
  unit_.positional_count = 1;
  unit_.parameters = {emitter_.name(kHiddenParameter)};
  const bool has_class_cell = scope_->variables.size() > 1;
  if (has_class_cell) make_cell(scope_->variables[1]);
  {
    const Temporaries temporaries(*this);
    const Reg text = take();
    const auto store_name = [&](std::string_view name) {
      emitter_.emit(Op::STORE_NAME, text, 0, emitter_.site(Op::STORE_NAME, name));
    };
    emitter_.emit(Op::LOAD_NAME, text, 0, emitter_.site(Op::LOAD_NAME, "__name__"));
    store_name("__module__");
    load_text(text, node.name);
    store_name("__qualname__");
  }
  block(node.body);
  if (has_class_cell) {
    emitter_.emit(Op::RETURN, register_of(scope_->variables[1]));
  } else {
    emitter_.emit(Op::RETURN_NONE);
  }
  finish();
}

void Generator::generator_expression(ast::Comprehension& node) {
  unit_.flags |= CodeUnit::kGenerator;
  unit_.positional_count = 1;
  unit_.parameters = {emitter_.name(kHiddenParameter)};
  emitter_.mark_assigned(scope_->variables[0].index);
  comprehension_variables(node);
  const Temporaries temporaries(*this);
  const Reg state = take(3);
  move(state, register_of(scope_->variables[0]));
  if (!node.clauses[0].is_async) emitter_.emit(Op::FOR_PREP, state);
  clauses(node, 0, state, 0);
  emitter_.emit(Op::RETURN_NONE);
  finish();
}

void Generator::set_parameters(ast::Parameters parameters) {
  for (const ast::Parameter& parameter : parameters) {
    switch (parameter.kind) {
      case ast::Parameter::Kind::Positional:
        ++unit_.positional_count;
        unit_.positional_only_count += parameter.is_positional_only;
        break;
      case ast::Parameter::Kind::KeywordOnly:
        ++unit_.keyword_only_count;
        break;
      case ast::Parameter::Kind::VarArgs:
        unit_.flags |= CodeUnit::kVarArgs;
        break;
      case ast::Parameter::Kind::VarKeywords:
        unit_.flags |= CodeUnit::kVarKeywords;
        break;
    }
  }
  for (const Variable& variable : scope_->variables) {
    if (variable.index < parameters.size()) {
      unit_.parameters.push_back(emitter_.name(variable.name));
      emitter_.mark_assigned(variable.index);
    }
    if (variable.is_captured) make_cell(variable);
  }
}

void Generator::finish() {
  if (has_failed()) return;
  emitter_.finish(unit_);
  if (compilation_.options.opt_level == CompileOptions::kHighestLevel) unit_.lines.clear();
  unit_.register_count = static_cast<uint16_t>(most_);
  if (outer_ != nullptr) {
    for (const Variable* variable : scope_->captured) unit_.captures.push_back(outer_->capture_of(*variable));
  }
}

Capture Generator::capture_of(const Variable& variable) const {
  Scope& frame = *scope_->frame;
  if (variable.scope->frame == &frame) return {.from_free = false, .index = register_of(variable)};
  return {.from_free = true, .index = frame.capture(const_cast<Variable&>(variable))};
}

// ---- definitions ----

void Generator::definition(ast::Function& node) {
  decorated(node, [this, &node](Reg dst) { make_function(node, dst); });
}

void Generator::definition(ast::Class& node) {
  decorated(node, [this, &node](Reg dst) { make_class(node, dst); });
}

/// Makes what `node` defines with `make`, calls its decorators on it and stores the result under its name.
template <class Definition, class Make>
void Generator::decorated(Definition& node, Make make) {
  const Temporaries temporaries(*this);
  std::vector<Reg> bases;
  for (ast::Expr* decorator : node.decorators) {
    if (!emitter_named_by(*decorator).empty()) continue;
    bases.push_back(take());
    into(*decorator, bases.back());
  }
  at(node.at);
  const std::optional<Reg> variable = bases.empty() ? variable_register(node.name) : std::nullopt;
  // The argument of the innermost decorator, and of each other one, stands behind it.
  const Reg result = variable ? *variable : take();
  make(result);
  at(node.at);
  for (; !bases.empty(); bases.pop_back()) {
    const Reg outcome = bases.size() > 1 ? bases.back() : result;
    emitter_.emit(Op::CALL, bases.back(), outcome, counts(1, 0));
  }
  if (variable) {
    note_stored(node.name);
  } else {
    store(node.name, result);
  }
}

std::string_view Generator::emitter_named_by(ast::Expr& decorator) {
  ast::Expr* node = &decorator;
  if (auto* call = ast::cast<ast::Call>(node)) node = call->callee;
  std::string_view last;
  int parts = 1;
  for (; node->kind == ast::Expr::Kind::Attribute; ++parts) {
    auto& attribute = ast::as<ast::Attribute>(*node);
    if (parts == 1) last = attribute.name;
    node = attribute.object;
  }
  const auto* root = ast::cast<ast::Name>(node);
  if (root == nullptr || root->id != "micropython") return {};
  const bool is_known = parts == 2 && (last == "bytecode" || last == "native" || last == "viper");
  if (!is_known) error("invalid micropython decorator", decorator.at);
  return is_known ? last : "bytecode";
}

void Generator::check_viper_annotations(ast::Parameters parameters) {
  for (const ast::Parameter& parameter : parameters) {
    const auto* type = ast::cast<ast::Name>(parameter.annotation);
    if (type && (type->id == "ptr" || type->id == "ptr16" || type->id == "ptr32")) refuse_viper_type(*type);
  }
}

void Generator::check_viper_name(const ast::Name& name) {
  if (binding(name.id).storage != Binding::Storage::Global) return;
  for (const std::string_view type : {"ptr", "ptr8", "ptr16", "ptr32", "uint"})
    if (name.id == type) refuse_viper_type(name);
}

void Generator::refuse_viper_type(const ast::Name& name) {
  compilation_.errors.report(Diagnostic::Kind::NotImplementedError,
                             "viper code runs as bytecode, which has no type " + std::string(name.id), name.at,
                             scope_->name);
}

/// Generates the unit of `node` with `generate` and adds it to the children. The generator is large: it stays off the
/// native stack, on which functions may nest.
template <class Node>
uint16_t Generator::add_child(Node& node, void (Generator::*generate)(Node&)) {
  const auto inner = std::make_unique<Generator>(compilation_, compilation_.scopes.of(&node), this);
  ((*inner).*generate)(node);
  return emitter_.child(std::move(inner->unit_));
}

void Generator::make_function(ast::Function& node, Reg dst) {
  make_closure(add_child(node, &Generator::function), node.parameters, dst);
}

void Generator::generate(ast::Lambda& node, Reg dst) {
  make_closure(add_child(node, &Generator::lambda), node.parameters, dst);
}

void Generator::make_generator(ast::Comprehension& node, Reg dst) {
  make_closure(add_child(node, &Generator::generator_expression), {}, dst);
}

void Generator::make_closure(uint16_t unit, ast::Parameters parameters, Reg dst) {
  const auto has_defaults = [&](ast::Parameter::Kind kind) {
    return std::any_of(parameters.begin(), parameters.end(), [kind](const ast::Parameter& parameter) {
      return parameter.kind == kind && parameter.default_value != nullptr;
    });
  };
  const bool has_tuple = has_defaults(ast::Parameter::Kind::Positional);
  const bool has_dict = has_defaults(ast::Parameter::Kind::KeywordOnly);
  const Temporaries temporaries(*this);
  const Reg defaults = has_tuple || has_dict ? take(2) : 0;
  if (has_tuple) default_tuple(parameters, defaults);
  if (has_dict) default_dict(parameters, defaults + 1);
  emitter_.emit(Op::MAKE_FUNCTION, dst, unit, defaults, has_tuple | has_dict << 1);
}

void Generator::default_tuple(ast::Parameters parameters, Reg dst) {
  std::vector<ast::Expr*> values;
  for (const ast::Parameter& parameter : parameters) {
    const bool is_wanted = parameter.kind == ast::Parameter::Kind::Positional && parameter.default_value != nullptr;
    if (is_wanted) values.push_back(parameter.default_value);
  }
  tuple(values, dst, parameters[0].at);
}

void Generator::default_dict(ast::Parameters parameters, Reg dst) {
  emitter_.emit(Op::BUILD_MAP, dst, 0, 0);
  for (const ast::Parameter& parameter : parameters) {
    if (parameter.kind != ast::Parameter::Kind::KeywordOnly || parameter.default_value == nullptr) continue;
    const Temporaries temporaries(*this);
    const Reg value = operand(*parameter.default_value);
    const Reg key = take();
    load_text(key, parameter.name);
    emitter_.emit(Op::MAP_ADD, dst, key, value);
  }
}

void Generator::make_class(ast::Class& node, Reg dst) {
  const Temporaries temporaries(*this);
  const Shape shape = check_arguments(node.arguments, 2);
  const Callee callee = start_call(shape, 1);
  emitter_.emit(Op::LOAD_BUILD_CLASS, callee.base);
  const Reg leading = take(2);
  make_closure(add_child(node, &Generator::class_body), {}, leading);
  at(node.at);
  load_text(leading + 1, node.name);
  finish_call(callee, {leading, 2}, node.arguments, shape, dst, node.at);
}

}  // namespace upy
