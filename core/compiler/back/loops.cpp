// Loops, and comprehensions, which are loops with names of their own.
//
// A loop over an iterable tests at its end: FOR_NEXT takes the jump back into the body. It is entered there too.
#include "bytecode/opcode_info.h"
#include "compiler/back/contexts.h"
#include "compiler/front/parser.h"

namespace upy {

void Generator::generate(ast::While& node) {
  Label test(emitter_), otherwise(emitter_), end(emitter_);
  emitter_.bind_loop(test);
  branch(*node.test, Sense::IfFalse, otherwise);
  {
    const Loop loop(*this, end, test);
    block(node.body);
  }
  at(node.at);
  emitter_.jump(test);
  emitter_.bind(otherwise);
  block(node.orelse);
  emitter_.bind(end);
}

void Generator::generate(ast::For& node) {
  if (node.is_async) return async_for(node);
  const Temporaries temporaries(*this);
  const Reg state = take(3);
  prepare_loop(*node.iterable, state);
  Label next(emitter_), end(emitter_);
  iterate(state, *node.target, next, [&] {
    const Loop loop(*this, end, next);
    block(node.body);
    at(node.at);
  });
  block(node.orelse);
  emitter_.bind(end);
}

// ---- iteration ----

void Generator::prepare_loop(ast::Expr& iterable, Reg state) {
  if (prepare_range(iterable, state)) return;
  into(iterable, state);
  at(iterable.at);
  emitter_.emit(Op::FOR_PREP, state);
}

bool Generator::prepare_range(ast::Expr& iterable, Reg state) {
  auto* call = ast::cast<ast::Call>(&iterable);
  if (call == nullptr) return false;
  const auto* callee = ast::cast<ast::Name>(call->callee);
  const size_t count = call->arguments.size();
  if (callee == nullptr || callee->id != "range" || count < 1 || count > 3) return false;
  for (const ast::Argument& argument : call->arguments) {
    if (argument.kind != ast::Argument::Kind::Positional) return false;
  }
  const Temporaries temporaries(*this);
  take();  // the state is one register shorter than a call with three arguments
  into(*call->callee, state);
  for (Reg reg = state + 1; const ast::Argument& argument : call->arguments) into(*argument.value, reg++);
  at(iterable.at);
  emitter_.emit(Op::FOR_RANGE, state, 0, counts(static_cast<uint32_t>(count), 0));
  return true;
}

template <class Body>
void Generator::iterate(Reg state, ast::Expr& target, Label& next, Body body) {
  const Temporaries temporaries(*this);
  Label start(emitter_);
  emitter_.jump(next);
  emitter_.bind_loop(start, &next);
  const std::optional<Reg> variable = variable_register(&target);
  const Reg item = variable ? *variable : take();
  at(target.at);
  if (variable) {
    note_stored(ast::as<ast::Name>(target).id);
  } else {
    assign(target, item);
  }
  body();
  emitter_.bind(next);
  emitter_.for_next(state, item, start);
}

void Generator::async_for(ast::For& node) {
  if (!scope_->is_generator) return error("async for/with outside async function", node.at);
  const Temporaries temporaries(*this);
  const Reg iterator = take();
  prepare_async_loop(*node.iterable, iterator);
  Label next(emitter_), end(emitter_);
  iterate_async(iterator, *node.target, next, [&] {
    const Loop loop(*this, end, next);
    block(node.body);
    at(node.at);
  });
  block(node.orelse);
  emitter_.bind(end);
}

void Generator::prepare_async_loop(ast::Expr& iterable, Reg iterator) {
  const Temporaries temporaries(*this);
  const Reg object = operand(iterable);
  at(iterable.at);
  call_method(object, "__aiter__", iterator);
}

template <class Body>
void Generator::iterate_async(Reg iterator, ast::Expr& target, Label& next, Body body) {
  const Temporaries temporaries(*this);
  const Reg item = take(), exception = take();
  Label head(emitter_), handler(emitter_), ended(emitter_);
  emitter_.bind_loop(head);
  Region region = emitter_.begin_region();
  call_method(iterator, "__anext__", item);
  yield_from(item, item);
  emitter_.end_region(region, handler, exception);
  assign(target, item);
  body();
  emitter_.bind(next);
  emitter_.jump(head);

  emitter_.bind(handler);
  const Reg type = take();
  load_global("StopAsyncIteration", type);
  emitter_.emit(Op::MATCH_EXC, type, exception, type);
  emitter_.jump_if(Sense::IfTrue, type, ended);
  emitter_.emit(Op::RERAISE, exception);
  emitter_.bind(ended);
}

void Generator::call_method(Reg object, std::string_view name, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg base = take(2);
  emitter_.emit(Op::LOAD_METHOD, base, object, emitter_.site(Op::LOAD_METHOD, name));
  emitter_.emit(Op::CALL_METHOD, base, dst, counts(0, 0));
}

// ---- comprehensions ----

bool Generator::check_nesting(size_t count, ast::Position at) {
  if (count <= static_cast<size_t>(kMaxNesting)) return true;
  error(too_deep_message(kMaxNesting), at);
  return false;
}

void Generator::generate(ast::Comprehension& node, Reg dst) {
  if (!check_nesting(node.clauses.size(), node.at)) return;
  const Temporaries temporaries(*this);
  if (node.result == ast::Comprehension::Result::Generator) {
    const Reg base = take(2);
    make_generator(node, base);
    if (node.clauses[0].is_async) {
      prepare_async_loop(*node.clauses[0].iterable, base + 1);
    } else {
      into(*node.clauses[0].iterable, base + 1);
      at(node.at);
      emitter_.emit(Op::GET_ITER, base + 1, base + 1);
    }
    return emitter_.emit(Op::CALL, base, dst, counts(1, 0));
  }
  const Reg result = work_register(dst);
  const Reg state = take(3);
  prepare_clause(node.clauses[0], state);
  const auto build = [&] {
    switch (node.result) {
      case ast::Comprehension::Result::List:
        return Op::BUILD_LIST;
      case ast::Comprehension::Result::Set:
        return Op::BUILD_SET;
      default:
        return Op::BUILD_MAP;
    }
  };
  emitter_.emit(build(), result);
  Scope* const around = std::exchange(scope_, &compilation_.scopes.of(&node));
  comprehension_variables(node);
  clauses(node, 0, state, result);
  scope_ = around;
  move(dst, result);
}

void Generator::comprehension_variables(ast::Comprehension& node) {
  const auto* first = ast::cast<ast::Name>(node.clauses[0].target);
  const bool is_inlined = scope_->kind == Scope::Kind::Comprehension;
  for (const Variable& variable : scope_->variables) {
    if (is_inlined) registers_[variable.index] = take();
    // The target of the first loop is set before anything can read it.
    const bool is_set_first = first != nullptr && first->id == variable.name;
    if (is_inlined && (variable.is_captured || !is_set_first)) load_unset(register_of(variable));
    if (variable.is_captured) make_cell(variable);
  }
}

void Generator::prepare_clause(const ast::CompFor& loop, Reg state) {
  if (!loop.is_async) return prepare_loop(*loop.iterable, state);
  prepare_async_loop(*loop.iterable, state);
}

void Generator::clauses(ast::Comprehension& node, size_t clause, Reg state, Reg result) {
  const ast::CompFor& loop = node.clauses[clause];
  Label next(emitter_);
  const auto body = [&] {
    for (ast::Expr* condition : loop.conditions) branch(*condition, Sense::IfFalse, next);
    if (clause + 1 == node.clauses.size()) return comprehension_item(node, result);
    const Temporaries temporaries(*this);
    const Reg inner = take(3);
    prepare_clause(node.clauses[clause + 1], inner);
    clauses(node, clause + 1, inner, result);
  };
  if (!loop.is_async) return iterate(state, *loop.target, next, body);
  check_await("asynchronous comprehension outside of an asynchronous function", loop.at);
  iterate_async(state, *loop.target, next, body);
}

void Generator::comprehension_item(ast::Comprehension& node, Reg result) {
  const Temporaries temporaries(*this);
  const bool is_dict = node.result == ast::Comprehension::Result::Dict;
  const Reg value = is_dict ? held(*node.value, {node.element}) : 0;
  const Reg element = operand(*node.element);
  at(node.element->at);
  switch (node.result) {
    case ast::Comprehension::Result::Generator:
      return emitter_.emit(Op::YIELD, take(), element);
    case ast::Comprehension::Result::List:
      return emitter_.emit(Op::LIST_APPEND, result, element);
    case ast::Comprehension::Result::Set:
      return emitter_.emit(Op::SET_ADD, result, element);
    case ast::Comprehension::Result::Dict:
      return emitter_.emit(Op::MAP_ADD, result, element, value);
  }
}

}  // namespace upy
