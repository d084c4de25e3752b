// Exception handlers, `finally`, and `with`.
//
// Code that runs however a block is left stands once. What leads to it says how to go on afterwards; see Cleanup.
#include "bytecode/opcode_info.h"
#include "compiler/back/contexts.h"

namespace upy {

void Generator::generate(ast::Try& node) {
  if (node.has_finally) {
    try_finally(node);
  } else {
    try_except(node);
  }
}

// ---- except ----

void Generator::try_except(ast::Try& node) {
  const Temporaries temporaries(*this);
  const Reg exception = take();
  Label handlers(emitter_), end(emitter_);
  Region region = emitter_.begin_region();
  block(node.body);
  emitter_.end_region(region, handlers, exception);
  block(node.orelse);
  emitter_.jump(end);

  emitter_.bind(handlers);
  at(node.handlers[0].at);
  emitter_.emit(Op::SET_HANDLED, exception);
  for (ast::Except& except : node.handlers) {
    const bool is_last = &except == &node.handlers.back();
    if (except.type == nullptr && !is_last) return error("default 'except' must be last", except.at);
    handler(except, exception, end);
  }
  emitter_.emit(Op::RERAISE, exception);
  emitter_.bind(end);
}

void Generator::handler(ast::Except& node, Reg exception, Label& end) {
  const Temporaries temporaries(*this);
  Label next(emitter_);
  at(node.at);
  if (node.type != nullptr) {
    const Reg matches = take();
    emitter_.emit(Op::MATCH_EXC, matches, exception, operand(*node.type));
    emitter_.jump_if(Sense::IfFalse, matches, next);
  }
  if (!node.name.empty()) store(node.name, exception);
  handler_body(node, exception, end);
  emitter_.bind(next);
}

void Generator::handler_body(ast::Except& node, Reg exception, Label& end) {
  HandlerBody context(*this, exception, node.name);
  const Reg second = take();
  Label failed(emitter_);
  Region region = emitter_.begin_region();
  block(node.body);
  if (!node.name.empty()) emitter_.end_region(region, failed, second);
  unset_exception_name(context);
  set_handled(context.outer);
  emitter_.jump(end);
  context.close();

  emitter_.bind(failed);
  unset_exception_name(context);
  emitter_.emit(Op::RERAISE, second);
}

void Generator::unset_exception_name(const HandlerBody& handler) {
  if (handler.name.empty()) return;
  const Binding& found = binding(handler.name);
  if (found.storage == Binding::Storage::Register) {
    load_unset(register_of(*found.variable));
    return emitter_.mark_unset(found.variable->index);
  }
  const Temporaries temporaries(*this);
  const Reg none = take();
  load_none(none);
  store(handler.name, none);
  remove(handler.name);
}

// ---- finally ----

void Generator::try_finally(ast::Try& node) {
  const Temporaries temporaries(*this);
  Label handler(emitter_), end(emitter_);
  Cleanup cleanup(*this);
  Region region = emitter_.begin_region();
  if (node.handlers.empty()) {
    block(node.body);
  } else {
    try_except(node);
  }
  emitter_.end_region(region, handler, cleanup.value);
  const bool has_exits = !cleanup.exits.empty();
  const bool completes = emitter_.is_reached();
  load_none(cleanup.value);
  if (has_exits) load_int(cleanup.selector, Cleanup::kCompleted);
  emitter_.jump(cleanup.entry);
  emitter_.bind(handler);
  emitter_.emit(Op::SET_HANDLED, cleanup.value);
  if (has_exits) load_int(cleanup.selector, Cleanup::kRaised);
  emitter_.bind(cleanup.entry);
  cleanup.close();
  {
    const FinallyBody context(*this, cleanup);
    block(node.finalbody);
  }
  at(node.at);
  if (completes && has_exits) {
    const uint16_t completed = emitter_.constant(ast::Literal::from_int(Cleanup::kCompleted));
    emitter_.compare_jump(Op::JUMP_EQ_K, cleanup.selector, completed, Sense::IfTrue, end);
  } else if (completes) {
    branch_if_not_raised(cleanup, end);
  }
  dispatch_exits(cleanup);
  emitter_.emit(Op::RERAISE, cleanup.value);
  emitter_.bind(end);
}

void Generator::branch_if_not_raised(const Cleanup& cleanup, Label& label) {
  if (cleanup.exits.empty()) {
    const uint16_t none = emitter_.constant(ast::Literal(Constant::Kind::None));
    emitter_.compare_jump(Op::JUMP_IS_K, cleanup.value, none, Sense::IfTrue, label);
  } else {
    const uint16_t raised = emitter_.constant(ast::Literal::from_int(Cleanup::kRaised));
    emitter_.compare_jump(Op::JUMP_EQ_K, cleanup.selector, raised, Sense::IfFalse, label);
  }
}

void Generator::raise_again() {
  for (Context* context = context_; context != nullptr; context = context->outer) {
    if (context->kind == Context::Kind::HandlerBody) {
      return emitter_.emit(Op::RERAISE, static_cast<HandlerBody&>(*context).exception);
    }
    if (context->kind == Context::Kind::FinallyBody) {
      const Cleanup& cleanup = static_cast<FinallyBody&>(*context).cleanup;
      Label next(emitter_);
      branch_if_not_raised(cleanup, next);
      emitter_.emit(Op::RERAISE, cleanup.value);
      emitter_.bind(next);
    }
  }
  emitter_.emit(Op::RAISE_BARE);
}

// ---- with ----

void Generator::generate(ast::With& node) {
  if (node.is_async && !scope_->is_generator) return error("async for/with outside async function", node.at);
  if (check_nesting(node.items.size(), node.at)) with(node, 0);
}

void Generator::with(ast::With& node, size_t item) {
  if (item == node.items.size()) return block(node.body);
  const Async async = node.is_async ? Async::Yes : Async::No;
  const Temporaries temporaries(*this);
  const Reg manager = take(2);
  const Reg entered = take();
  enter_context(async, node.items[item], manager, entered);

  Label handler(emitter_), end(emitter_);
  Cleanup cleanup(*this);
  Region region = emitter_.begin_region();
  if (ast::Expr* target = node.items[item].target) assign(*target, entered);
  with(node, item + 1);
  emitter_.end_region(region, handler, cleanup.value);
  at(node.items[item].at);
  if (!cleanup.exits.empty()) {
    load_none(cleanup.value);
    load_int(cleanup.selector, Cleanup::kCompleted);
  }
  emitter_.bind(cleanup.entry);
  cleanup.close();
  exit_context(async, manager, std::nullopt, take());
  dispatch_exits(cleanup);
  emitter_.jump(end);

  emitter_.bind(handler);
  emitter_.emit(Op::SET_HANDLED, cleanup.value);
  const Reg is_handled = take();
  exit_context(async, manager, cleanup.value, is_handled);
  Label goes_on(emitter_);
  emitter_.jump_if(Sense::IfFalse, is_handled, goes_on);
  set_handled(context_);
  emitter_.jump(end);
  emitter_.bind(goes_on);
  emitter_.emit(Op::RERAISE, cleanup.value);
  emitter_.bind(end);
}

void Generator::enter_context(Async async, ast::WithItem& item, Reg manager, Reg dst) {
  const Temporaries temporaries(*this);
  const bool is_async = async == Async::Yes;
  Reg object = manager;
  if (is_async) {
    into(*item.context, object);
  } else {
    object = operand(*item.context);
    at(item.at);
    emitter_.emit(Op::LOAD_METHOD, manager, object, emitter_.site(Op::LOAD_METHOD, "__exit__"));
  }
  at(item.at);
  call_method(object, is_async ? "__aenter__" : "__enter__", dst);
  if (is_async) yield_from(dst, dst);
}

void Generator::exit_context(Async async, Reg manager, std::optional<Reg> exception, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg base = take(2);
  const Reg arguments = take(3);
  if (async == Async::Yes) {
    emitter_.emit(Op::LOAD_METHOD, base, manager, emitter_.site(Op::LOAD_METHOD, "__aexit__"));
  } else {
    emitter_.emit(Op::MOVE_METHOD, base, manager);
  }
  if (exception) {
    emitter_.emit(Op::TYPE_OF, arguments, *exception);
    move(arguments + 1, *exception);
  } else {
    load_none(arguments);
    load_none(arguments + 1);
  }
  load_none(arguments + 2);
  emitter_.emit(Op::CALL_METHOD, base, dst, counts(3, 0));
  if (async == Async::Yes) yield_from(dst, dst);
}

}  // namespace upy
