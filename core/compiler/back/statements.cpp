// Simple statements, `if` and imports.
#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"

namespace upy {

void Generator::generate(ast::ExprStmt& node) {
  if (!compilation_.options.is_interactive() || scope_->parent != nullptr) return discard(*node.value);
  const Temporaries temporaries(*this);
  const Reg base = take(2);
  load_global("__repl_print__", base);
  into(*node.value, base + 1);
  emitter_.emit(Op::CALL, base, base, counts(1, 0));
}

void Generator::generate(ast::Raise& node) {
  const Temporaries temporaries(*this);
  if (node.exception == nullptr) return raise_again();
  const Reg exception = held(*node.exception, {node.cause});
  if (node.cause == nullptr) {
    at(node.at);
    return emitter_.emit(Op::RAISE, exception);
  }
  const Reg cause = operand(*node.cause);
  at(node.at);
  emitter_.emit(Op::RAISE_FROM, exception, cause);
}

void Generator::generate(ast::Assert& node) {
  Label passed(emitter_);
  branch(*node.test, Sense::IfTrue, passed);
  const Temporaries temporaries(*this);
  const Reg exception = take();
  load_global("AssertionError", exception);
  if (node.message != nullptr) {
    into(*node.message, take());
    emitter_.emit(Op::CALL, exception, exception, counts(1, 0));
  }
  at(node.at);
  emitter_.emit(Op::RAISE, exception);
  emitter_.bind(passed);
}

void Generator::generate(ast::If& node) {
  Label end(emitter_);
  for (ast::Branch& branch : node.branches) {
    if (Label* target = jump_of(branch.body)) {
      this->branch(*branch.test, Sense::IfTrue, *target);
      continue;
    }
    Label next(emitter_);
    this->branch(*branch.test, Sense::IfFalse, next);
    block(branch.body);
    const bool is_last = &branch == &node.branches.back() && node.orelse.empty();
    if (!is_last) emitter_.jump(end);
    emitter_.bind(next);
  }
  block(node.orelse);
  emitter_.bind(end);
}

// ---- imports ----

void Generator::generate(ast::Import& node) {
  for (const ast::Alias& module : node.modules) {
    const Temporaries temporaries(*this);
    const Reg value = take();
    at(module.at);
    load_none(value);
    import_module(module.name, 0, value, module.at);
    const size_t dot = module.name.find('.');
    if (module.alias.empty()) {
      store(module.name.substr(0, dot), value);
      continue;
    }
    // The import gives the outermost package; the alias is for the innermost module.
    for (size_t end = dot; end != module.name.npos;) {
      const size_t start = end + 1;
      end = module.name.find('.', start);
      const std::string_view part = module.name.substr(start, end == module.name.npos ? end : end - start);
      emitter_.emit(Op::LOAD_ATTR, value, value, emitter_.site(Op::LOAD_ATTR, part));
    }
    store(module.alias, value);
  }
}

void Generator::generate(ast::ImportFrom& node) {
  const bool is_module = scope_->parent == nullptr;
  const bool takes_all = node.names.empty();
  if (takes_all && !is_module) return error("import * not at module level", node.at);
  const Temporaries temporaries(*this);
  const Reg module = take();
  std::vector<ast::Literal> names;
  for (const ast::Alias& name : node.names) names.emplace_back(Constant::Kind::Str, name.name);
  if (takes_all) names.emplace_back(Constant::Kind::Str, std::string_view("*"));
  load_literal(ast::Literal(names), module);
  import_module(node.module, node.level, module, node.at);
  if (takes_all) {
    const bool has_namespace = scope_->kind == Scope::Kind::Namespace;
    return emitter_.emit(Op::IMPORT_STAR, module, 0, 0, has_namespace);
  }
  for (const ast::Alias& name : node.names) {
    const Temporaries item(*this);
    const Reg value = take();
    at(name.at);
    emitter_.emit(Op::IMPORT_FROM, value, module, emitter_.site(Op::IMPORT_FROM, name.name));
    store(name.alias.empty() ? name.name : name.alias, value);
  }
}

void Generator::import_module(std::string_view name, uint32_t level, Reg reg, ast::Position at) {
  if (level > UINT8_MAX) return emitter_.overflow();
  this->at(at);
  emitter_.emit(Op::IMPORT_NAME, reg, 0, emitter_.site(Op::IMPORT_NAME, name), static_cast<uint8_t>(level));
}

}  // namespace upy
