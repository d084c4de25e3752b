// Leaving blocks early: return, break and continue pass through the blocks around them, from the inside to the outside.
#include <algorithm>

#include "compiler/back/contexts.h"

namespace upy {

void Generator::leave(const Exit& exit) {
  bool leaves_handler = false;
  for (Context* context = context_; context != nullptr; context = context->outer) {
    switch (context->kind) {
      case Context::Kind::HandlerBody:
        leaves_handler = true;
        unset_exception_name(static_cast<HandlerBody&>(*context));
        break;
      case Context::Kind::FinallyBody:
        leaves_handler = true;
        break;
      case Context::Kind::Cleanup:
        if (leaves_handler) set_handled(context);
        return leave_through(static_cast<Cleanup&>(*context), exit);
      case Context::Kind::Loop:
        if (context != exit.loop) break;
        if (leaves_handler) set_handled(context);
        return emitter_.jump(exit.kind == Exit::Kind::Break ? exit.loop->break_label : exit.loop->continue_label);
    }
  }
  emitter_.emit(Op::RETURN, exit.value);
}

void Generator::leave_loop(Exit::Kind kind, ast::Position at) {
  Context* context = context_;
  while (context != nullptr && context->kind != Context::Kind::Loop) context = context->outer;
  if (context == nullptr) return error("'break'/'continue' outside loop", at);
  leave({.kind = kind, .loop = static_cast<Loop*>(context)});
}

void Generator::leave_through(Cleanup& cleanup, const Exit& exit) {
  const auto same = [&exit](const Exit& other) { return other.kind == exit.kind && other.loop == exit.loop; };
  auto found = std::find_if(cleanup.exits.begin(), cleanup.exits.end(), same);
  if (found == cleanup.exits.end()) {
    found = cleanup.exits.insert(found, {.kind = exit.kind, .loop = exit.loop, .value = cleanup.value});
  }
  if (exit.kind == Exit::Kind::Return) {
    move(cleanup.value, exit.value);
  } else {
    load_none(cleanup.value);
  }
  load_int(cleanup.selector, Cleanup::kFirstExit + static_cast<int32_t>(found - cleanup.exits.begin()));
  emitter_.jump(cleanup.entry);
}

void Generator::dispatch_exits(const Cleanup& cleanup) {
  int32_t selector = Cleanup::kFirstExit;
  for (const Exit& exit : cleanup.exits) {
    Label next(emitter_);
    emitter_.compare_jump(Op::JUMP_EQ_K, cleanup.selector, emitter_.constant(ast::Literal::from_int(selector++)),
                          Sense::IfFalse, next);
    leave(exit);
    emitter_.bind(next);
  }
}

void Generator::set_handled(const Context* context) {
  while (context != nullptr && !context->may_handle()) context = context->outer;
  if (context == nullptr) {
    const Temporaries temporaries(*this);
    const Reg none = take();
    load_unset(none);
    return emitter_.emit(Op::SET_HANDLED, none);
  }
  if (context->kind == Context::Kind::HandlerBody) {
    return emitter_.emit(Op::SET_HANDLED, static_cast<const HandlerBody&>(*context).exception);
  }
  const Cleanup& cleanup = static_cast<const FinallyBody&>(*context).cleanup;
  Label not_raised(emitter_), end(emitter_);
  branch_if_not_raised(cleanup, not_raised);
  emitter_.emit(Op::SET_HANDLED, cleanup.value);
  emitter_.jump(end);
  emitter_.bind(not_raised);
  set_handled(context->outer);
  emitter_.bind(end);
}

// ---- return ----

bool Generator::return_needs_code() const {
  for (const Context* context = context_; context != nullptr; context = context->outer) {
    if (context->kind == Context::Kind::HandlerBody || context->kind == Context::Kind::Cleanup) return true;
  }
  return false;
}

void Generator::generate(ast::Return& node) {
  if (scope_->kind != Scope::Kind::Function) return error("'return' outside function", node.at);
  const Temporaries temporaries(*this);
  if (return_needs_code()) {
    const Reg value = take();
    if (node.value != nullptr) {
      into(*node.value, value);
    } else {
      load_none(value);
    }
    return leave({.kind = Exit::Kind::Return, .value = value});
  }
  if (node.value == nullptr) return emitter_.emit(Op::RETURN_NONE);
  return_value(*node.value);
}

void Generator::return_value(ast::Expr& value) {
  if (auto* conditional = ast::cast<ast::Conditional>(&value)) {
    Label otherwise(emitter_);
    branch(*conditional->test, Sense::IfFalse, otherwise);
    return_value(*conditional->if_true);
    emitter_.bind(otherwise);
    return return_value(*conditional->if_false);
  }
  const auto* literal = ast::cast<ast::LiteralExpr>(&value);
  if (literal != nullptr && literal->value.kind == Constant::Kind::None) return emitter_.emit(Op::RETURN_NONE);
  const Temporaries temporaries(*this);
  const Reg result = operand(value);
  emitter_.emit(Op::RETURN, result);
}

// ---- break and continue ----

Label* Generator::jump_of(ast::Stmts body) {
  if (body.size() != 1 || context_ == nullptr || context_->kind != Context::Kind::Loop) return nullptr;
  auto& loop = static_cast<Loop&>(*context_);
  if (body[0]->kind == ast::Stmt::Kind::Break) return &loop.break_label;
  const bool continues = body[0]->kind == ast::Stmt::Kind::Continue && !emitter_.is_bound(loop.continue_label);
  return continues ? &loop.continue_label : nullptr;
}

void Generator::generate(ast::Break& node) { leave_loop(Exit::Kind::Break, node.at); }
void Generator::generate(ast::Continue& node) { leave_loop(Exit::Kind::Continue, node.at); }

}  // namespace upy
