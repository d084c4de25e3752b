// Expressions: each evaluates its operands and then writes its value to the register it is given.
#include <algorithm>

#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"
#include "compiler/front/operators.h"

namespace upy {
namespace {

// Longer displays are built piece by piece, so that they do not take that many registers.
constexpr size_t kLongestRun = 64;

/// Whether evaluating `node` (null: nothing) cannot rebind a variable.
bool is_inert(const ast::Expr* node) {
  return node == nullptr || node->kind == ast::Expr::Kind::LiteralExpr || node->kind == ast::Expr::Kind::Name;
}

const ast::LiteralExpr* as_literal(const ast::Expr& node) { return ast::cast<const ast::LiteralExpr>(&node); }

}  // namespace

// ---- registers of values ----

Reg Generator::operand(ast::Expr& node) {
  if (const std::optional<Reg> variable = variable_register(&node)) {
    at(node.at);
    check_bound(*binding(ast::as<ast::Name>(node).id).variable);
    return *variable;
  }
  auto* named = ast::cast<ast::NamedExpr>(&node);
  if (const std::optional<Reg> variable = variable_register(named != nullptr ? named->target : nullptr)) {
    assign_from(*named->target, *named->value);
    return *variable;
  }
  const Reg result = take();
  into(node, result);
  return result;
}

Reg Generator::held(ast::Expr& node, std::initializer_list<const ast::Expr*> later) {
  const Reg value = operand(node);
  const auto* named = ast::cast<ast::NamedExpr>(&node);
  const ast::Expr* name = named != nullptr ? named->target : &node;
  const bool may_change = variable_register(name) && binding(ast::as<const ast::Name>(*name).id).variable->is_rebound;
  if (!may_change || std::all_of(later.begin(), later.end(), is_inert)) return value;
  const Reg copy = take();
  move(copy, value);
  return copy;
}

void Generator::discard(ast::Expr& node) {
  const Temporaries temporaries(*this);
  operand(node);
}

// ---- atoms ----

void Generator::generate(ast::LiteralExpr& node, Reg dst) { load_literal(node.value, dst); }

void Generator::load_literal(const ast::Literal& value, Reg dst) {
  switch (value.kind) {
    case Constant::Kind::None:
      return emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 1);
    case Constant::Kind::False:
      return emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 2);
    case Constant::Kind::True:
      return emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 3);
    case Constant::Kind::Ellipsis:
      return emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 4);
    case Constant::Kind::Int:
      if (value.integer == static_cast<int32_t>(value.integer))
        return load_int(dst, static_cast<int32_t>(value.integer));
      [[fallthrough]];
    default:
      return emitter_.emit(Op::LOAD_CONST, dst, emitter_.constant(value));
  }
}

void Generator::generate(ast::Name& node, Reg dst) {
  if (is_viper_) check_viper_name(node);
  at(node.at);
  load(node.id, dst);
}

void Generator::generate(ast::FString& node, Reg dst) {
  const Temporaries temporaries(*this);
  if (node.parts.size() == 1) return into(*node.parts[0], dst);
  const Reg result = work_register(dst);
  // A piece starts with what the pieces before it gave.
  for (size_t next = 0; next < node.parts.size();) {
    const Temporaries piece(*this);
    const bool is_first = next == 0;
    const size_t count = std::min(kLongestRun, node.parts.size() - next);
    const Reg run = take(static_cast<uint32_t>(count + !is_first));
    if (!is_first) move(run, result);
    for (size_t i = 0; i < count; ++i) into(*node.parts[next + i], static_cast<Reg>(run + !is_first + i));
    next += count;
    emitter_.emit(Op::BUILD_STRING, result, run, static_cast<uint32_t>(count + !is_first));
  }
  move(dst, result);
}

void Generator::generate(ast::FormattedValue& node, Reg dst) {
  constexpr uint8_t kNoSpec = 128;
  const Temporaries temporaries(*this);
  const auto conversion = static_cast<uint8_t>(node.conversion);
  const Reg value = held(*node.value, {node.spec});
  if (node.spec == nullptr) {
    at(node.at);
    return emitter_.emit(Op::FORMAT, dst, value, 0, conversion | kNoSpec);
  }
  const Reg spec = operand(*node.spec);
  at(node.at);
  emitter_.emit(Op::FORMAT, dst, value, spec, conversion);
}

// ---- displays ----

std::vector<Generator::Item> Generator::items_of(ast::Exprs nodes) {
  std::vector<Item> items;
  items.reserve(nodes.size());
  for (ast::Expr* node : nodes) {
    auto* starred = ast::cast<ast::Starred>(node);
    items.push_back(starred != nullptr ? Item{starred->value, true} : Item{node, false});
  }
  return items;
}

void Generator::generate(ast::Tuple& node, Reg dst) { tuple(node.items, dst, node.at); }
void Generator::generate(ast::List& node, Reg dst) { display(kListDisplay, items_of(node.items), dst, node.at); }
void Generator::generate(ast::Set& node, Reg dst) { display(kSetDisplay, items_of(node.items), dst, node.at); }

void Generator::tuple(ast::Exprs nodes, Reg dst, ast::Position at) {
  const bool is_constant = std::all_of(nodes.begin(), nodes.end(), [](ast::Expr* node) { return as_literal(*node); });
  if (is_constant) {
    std::vector<ast::Literal> values;
    for (ast::Expr* node : nodes) values.push_back(as_literal(*node)->value);
    return load_literal(ast::Literal(values), dst);
  }
  const std::vector<Item> items = items_of(nodes);
  const bool is_plain = std::none_of(items.begin(), items.end(), [](const Item& item) { return item.is_unpacked; });
  if (is_plain && items.size() <= kLongestRun) return display({Op::BUILD_TUPLE, Op::NOP, Op::NOP}, items, dst, at);
  const Temporaries temporaries(*this);
  const Reg list = take();
  build_display(kListDisplay, {}, items, list, at);
  emitter_.emit(Op::LIST_TO_TUPLE, dst, list);
}

void Generator::display(const Display& kind, std::span<const Item> items, Reg dst, ast::Position at) {
  const bool is_plain = std::none_of(items.begin(), items.end(), [](const Item& item) { return item.is_unpacked; });
  const Temporaries temporaries(*this);
  // One instruction may write a variable's register, several may not.
  const Reg result = is_plain && items.size() <= kLongestRun ? dst : work_register(dst);
  build_display(kind, {}, items, result, at);
  move(dst, result);
}

void Generator::build_display(const Display& kind, Run leading, std::span<const Item> items, Reg result,
                              ast::Position at) {
  size_t next = 0;
  {
    const Temporaries temporaries(*this);
    Run run = leading;
    for (; run.count < kLongestRun && next < items.size() && !items[next].is_unpacked; ++next, ++run.count) {
      const Reg item = take();
      if (run.count == 0) run.first = item;
      into(*items[next].value, item);
    }
    this->at(at);
    emitter_.emit(kind.build, result, run.first, run.count);
  }
  for (; next < items.size(); ++next) {
    const Temporaries temporaries(*this);
    const Reg item = operand(*items[next].value);
    emitter_.emit(items[next].is_unpacked ? kind.extend : kind.add, result, item);
  }
}

// As in MicroPython, the value of an item is evaluated before its key.
void Generator::generate(ast::Dict& node, Reg dst) {
  constexpr size_t kMostPairs = kLongestRun / 2;
  const auto is_pair = [](const ast::DictItem& item) { return item.key != nullptr; };
  const size_t pairs = std::min<size_t>(
      std::find_if_not(node.items.begin(), node.items.end(), is_pair) - node.items.begin(), kMostPairs);
  const Temporaries temporaries(*this);
  const Reg result = pairs == node.items.size() ? dst : work_register(dst);
  {
    const Temporaries run(*this);
    const Reg first = pairs > 0 ? take(static_cast<uint32_t>(2 * pairs)) : 0;
    for (size_t i = 0; i < pairs; ++i) {
      into(*node.items[i].value, static_cast<Reg>(first + 2 * i + 1));
      into(*node.items[i].key, static_cast<Reg>(first + 2 * i));
    }
    at(node.at);
    emitter_.emit(Op::BUILD_MAP, result, first, static_cast<uint32_t>(pairs));
  }
  for (const ast::DictItem& item : node.items.subspan(pairs)) {
    const Temporaries pair(*this);
    if (is_pair(item)) {
      const Reg value = held(*item.value, {item.key});
      const Reg key = operand(*item.key);
      emitter_.emit(Op::MAP_ADD, result, key, value);
    } else {
      emitter_.emit(Op::MAP_UPDATE, result, operand(*item.value));
    }
  }
  move(dst, result);
}

// ---- operators ----

void Generator::generate(ast::Unary& node, Reg dst) {
  const auto op = [&] {
    switch (node.op) {
      case ast::UnaryOp::Not:
        return Op::NOT;
      case ast::UnaryOp::Negative:
        return Op::NEG;
      case ast::UnaryOp::Positive:
        return Op::POS;
      case ast::UnaryOp::Invert:
        return Op::INVERT;
    }
    __builtin_unreachable();
  };
  const Temporaries temporaries(*this);
  const Reg value = operand(*node.operand);
  at(node.at);
  emitter_.emit(op(), dst, value);
}

void Generator::generate(ast::Binary& node, Reg dst) {
  const Temporaries temporaries(*this);
  Reg left = held(*node.first, {node.rest[0].operand});
  const Reg work = node.rest.size() > 1 ? work_register(dst) : dst;
  for (const ast::BinaryStep& step : node.rest) {
    const Reg result = &step == &node.rest.back() ? dst : work;
    binary(op_of(step.op), 0, result, left, *step.operand, node.at);
    left = result;
  }
}

void Generator::binary(Op op, uint8_t k, Reg dst, Reg left, ast::Expr& right, ast::Position at) {
  const Temporaries temporaries(*this);
  if (const ast::LiteralExpr* literal = as_literal(right)) {
    this->at(at);
    return emitter_.emit(constant_form(op), dst, left, emitter_.constant(literal->value), k);
  }
  const Reg value = operand(right);
  this->at(at);
  emitter_.emit(op, dst, left, value, k);
}

void Generator::generate(ast::Logical& node, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg result = work_register(dst);
  const Sense decides = node.op == ast::LogicalOp::And ? Sense::IfFalse : Sense::IfTrue;
  Label end(emitter_);
  for (ast::Expr* operand : node.operands) {
    into(*operand, result);
    if (operand != node.operands.back()) emitter_.jump_if(decides, result, end);
  }
  emitter_.bind(end);
  move(dst, result);
}

void Generator::generate(ast::Compare& node, Reg dst) {
  const Temporaries temporaries(*this);
  Reg left = held(*node.first, {node.rest[0].operand});
  if (node.rest.size() == 1) return compare(node.rest[0].op, dst, left, *node.rest[0].operand, node.at);
  const Reg result = work_register(dst);
  Label end(emitter_);
  for (size_t i = 0; i + 1 < node.rest.size(); ++i) {
    const Reg right = held(*node.rest[i].operand, {node.rest[i + 1].operand});
    compare(node.rest[i].op, result, left, right, node.at);
    emitter_.jump_if(Sense::IfFalse, result, end);
    left = right;
  }
  compare(node.rest.back().op, result, left, *node.rest.back().operand, node.at);
  emitter_.bind(end);
  move(dst, result);
}

void Generator::compare(ast::CompareOp op, Reg dst, Reg left, ast::Expr& right, ast::Position at) {
  const Comparison comparison = comparison_of(op);
  if (comparison.value != Op::IN && comparison.value != Op::IS)
    return binary(comparison.value, 0, dst, left, right, at);
  const Temporaries temporaries(*this);
  compare(op, dst, left, operand(right), at);
}

void Generator::compare(ast::CompareOp op, Reg dst, Reg left, Reg right, ast::Position at) {
  const Comparison comparison = comparison_of(op);
  this->at(at);
  emitter_.emit(comparison.value, dst, left, right, comparison.is_negated);
}

void Generator::generate(ast::Conditional& node, Reg dst) {
  if (const ast::LiteralExpr* test = as_literal(*node.test))
    return into(test->value.truth() ? *node.if_true : *node.if_false, dst);
  Label otherwise(emitter_), end(emitter_);
  branch(*node.test, Sense::IfFalse, otherwise);
  into(*node.if_true, dst);
  emitter_.jump(end);
  emitter_.bind(otherwise);
  into(*node.if_false, dst);
  emitter_.bind(end);
}

void Generator::generate(ast::NamedExpr& node, Reg dst) {
  const Temporaries temporaries(*this);
  if (node.target->kind != ast::Expr::Kind::Name) return cannot_assign(*node.target);
  const auto& name = ast::as<ast::Name>(*node.target);
  if (variable_register(node.target)) return move(dst, operand(node));
  const Reg value = work_register(dst);
  into(*node.value, value);
  at(node.at);
  store(name.id, value);
  move(dst, value);
}

// ---- attributes and items ----

void Generator::generate(ast::Attribute& node, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg object = operand(*node.object);
  at(node.at);
  emitter_.emit(Op::LOAD_ATTR, dst, object, emitter_.site(Op::LOAD_ATTR, node.name));
}

void Generator::generate(ast::Subscript& node, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg object = held(*node.object, {node.index});
  if (auto* slice = ast::cast<ast::Slice>(node.index)) {
    const Reg parts = slice_run(*slice);
    at(node.at);
    emitter_.emit(Op::GET_SLICE, dst, object, parts);
  } else if (const ast::LiteralExpr* literal = as_literal(*node.index)) {
    at(node.at);
    emitter_.emit(Op::GET_ITEM_K, dst, object, emitter_.constant(literal->value));
  } else {
    const Reg index = operand(*node.index);
    at(node.at);
    emitter_.emit(Op::GET_ITEM, dst, object, index);
  }
}

void Generator::generate(ast::Slice& node, Reg dst) {
  const Temporaries temporaries(*this);
  emitter_.emit(Op::BUILD_SLICE, dst, slice_run(node));
}

Reg Generator::slice_run(ast::Slice& node) {
  const Reg first = take(3);
  Reg reg = first;
  for (ast::Expr* part : {node.lower, node.upper, node.step}) {
    if (part != nullptr) {
      into(*part, reg++);
    } else {
      load_none(reg++);
    }
  }
  return first;
}

// ---- generators and coroutines ----

void Generator::check_yield(std::string_view message, ast::Position at) {
  if (scope_->kind != Scope::Kind::Function && scope_->kind != Scope::Kind::Lambda) error(message, at);
}

void Generator::check_await(std::string_view message, ast::Position at) {
  const Scope::Kind kind = scope_->frame->kind;
  const bool in_function = kind == Scope::Kind::Function || kind == Scope::Kind::Lambda;
  if (!in_function && kind != Scope::Kind::Generator) return error(message, at);
  if (scope_ != scope_->frame && !scope_->frame->is_coroutine) {
    error("asynchronous comprehension outside of an asynchronous function", at);
  }
}

void Generator::generate(ast::Await& node, Reg dst) {
  check_await("'await' outside function", node.at);
  const Temporaries temporaries(*this);
  const Reg value = operand(*node.value);
  at(node.at);
  yield_from(value, dst);
}

void Generator::generate(ast::Yield& node, Reg dst) {
  check_yield("'yield' outside function", node.at);
  const Temporaries temporaries(*this);
  Reg value;
  if (node.value != nullptr) {
    value = operand(*node.value);
  } else {
    load_none(value = take());
  }
  at(node.at);
  emitter_.emit(Op::YIELD, dst, value);
}

void Generator::generate(ast::YieldFrom& node, Reg dst) {
  check_yield("'yield' outside function", node.at);
  const Temporaries temporaries(*this);
  const Reg value = operand(*node.value);
  at(node.at);
  yield_from(value, dst);
}

void Generator::yield_from(Reg iterable, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg delegate = take(2);
  emitter_.emit(Op::GET_ITER, delegate, iterable);
  load_none(delegate + 1);
  emitter_.emit(Op::YIELD_FROM, delegate, dst);
}

void Generator::generate(ast::Starred& node, Reg) { error("*x must be assignment target", node.at); }

}  // namespace upy
