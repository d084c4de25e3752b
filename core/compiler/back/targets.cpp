// What may stand at the left of an assignment or after `del`.
#include <algorithm>

#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"
#include "compiler/front/operators.h"

namespace upy {

// ---- assignment ----

void Generator::generate(ast::Assign& node) {
  const Temporaries temporaries(*this);
  if (node.targets.size() == 1) return assign_from(*node.targets[0], *node.value);
  const Reg value = take();
  into(*node.value, value);
  for (ast::Expr* target : node.targets) assign(*target, value);
}

void Generator::assign_from(ast::Expr& target, ast::Expr& value) {
  if (const std::optional<Reg> variable = variable_register(&target)) {
    into(value, *variable);
    return note_stored(ast::as<ast::Name>(target).id);
  }
  const Temporaries temporaries(*this);
  if (auto* tuple = ast::cast<ast::Tuple>(&target); tuple != nullptr && assign_pairwise(tuple->items, value)) return;
  if (auto* list = ast::cast<ast::List>(&target); list != nullptr && assign_pairwise(list->items, value)) return;
  assign(target, held(value, {&target}));
}

void Generator::assign(ast::Expr& target, Reg value) {
  const Temporaries temporaries(*this);
  switch (target.kind) {
    case ast::Expr::Kind::Name:
      at(target.at);
      return store(ast::as<ast::Name>(target).id, value);
    case ast::Expr::Kind::Attribute: {
      auto& attribute = ast::as<ast::Attribute>(target);
      const Reg object = operand(*attribute.object);
      at(target.at);
      return emitter_.emit(Op::STORE_ATTR, value, object, emitter_.site(Op::STORE_ATTR, attribute.name));
    }
    case ast::Expr::Kind::Subscript: {
      auto& subscript = ast::as<ast::Subscript>(target);
      const Reg object = held(*subscript.object, {subscript.index});
      auto* slice = ast::cast<ast::Slice>(subscript.index);
      const Reg index = slice != nullptr ? slice_run(*slice) : operand(*subscript.index);
      at(target.at);
      return emitter_.emit(slice != nullptr ? Op::SET_SLICE : Op::SET_ITEM, value, object, index);
    }
    case ast::Expr::Kind::Tuple:
      return unpack(ast::as<ast::Tuple>(target).items, value, target.at);
    case ast::Expr::Kind::List:
      return unpack(ast::as<ast::List>(target).items, value, target.at);
    default:
      return cannot_assign(target);
  }
}

void Generator::unpack(ast::Exprs targets, Reg value, ast::Position at) {
  const auto is_starred = [](const ast::Expr* target) { return target->kind == ast::Expr::Kind::Starred; };
  const auto star = std::find_if(targets.begin(), targets.end(), is_starred);
  const auto count = static_cast<uint32_t>(targets.size());
  const Reg items = count > 0 ? take(count) : 0;
  this->at(at);
  if (star == targets.end()) {
    emitter_.emit(Op::UNPACK, items, value, count);
  } else {
    const auto before = static_cast<uint32_t>(star - targets.begin());
    const uint32_t after = count - before - 1;
    const auto second = std::find_if(star + 1, targets.end(), is_starred);
    if (second != targets.end()) return error("multiple *x in assignment", (*second)->at);
    if (before > UINT8_MAX || after > UINT8_MAX) return emitter_.overflow();
    emitter_.emit(Op::UNPACK_EX, items, value, counts(before, after));
  }
  Reg item = items;
  for (ast::Expr* target : targets) {
    assign(is_starred(target) ? *ast::as<ast::Starred>(*target).value : *target, item++);
  }
}

bool Generator::assign_pairwise(ast::Exprs targets, ast::Expr& value) {
  constexpr size_t kMostPairs = 16;
  const auto is_starred = [](const ast::Expr* node) { return node->kind == ast::Expr::Kind::Starred; };
  const auto fits = [&](size_t count) { return count == targets.size() && count > 0 && count <= kMostPairs; };
  if (std::any_of(targets.begin(), targets.end(), is_starred)) return false;

  if (auto* literal = ast::cast<ast::LiteralExpr>(&value)) {
    if (literal->value.kind != Constant::Kind::Tuple || !fits(literal->value.items.size())) return false;
    for (size_t i = 0; i < targets.size(); ++i) {
      ast::LiteralExpr item;
      item.at = literal->at;
      item.value = literal->value.items[i];
      assign_from(*targets[i], item);
    }
    return true;
  }

  auto* tuple = ast::cast<ast::Tuple>(&value);
  if (tuple == nullptr || !fits(tuple->items.size())) return false;
  if (std::any_of(tuple->items.begin(), tuple->items.end(), is_starred)) return false;
  const Reg values = take(static_cast<uint32_t>(targets.size()));
  Reg item = values;
  for (ast::Expr* node : tuple->items.first(targets.size() - 1)) into(*node, item++);
  // If all targets are different variables, the last one can take its value right away.
  if (are_distinct_variables(targets)) {
    assign_from(*targets.back(), *tuple->items.back());
    targets = targets.first(targets.size() - 1);
  } else {
    into(*tuple->items.back(), item);
  }
  item = values;
  for (ast::Expr* target : targets) assign(*target, item++);
  return true;
}

bool Generator::are_distinct_variables(ast::Exprs targets) const {
  std::vector<Reg> registers;
  for (const ast::Expr* target : targets) {
    const std::optional<Reg> variable = variable_register(target);
    if (!variable || std::find(registers.begin(), registers.end(), *variable) != registers.end()) return false;
    registers.push_back(*variable);
  }
  return true;
}

// ---- augmented assignment ----

void Generator::generate(ast::AugAssign& node) {
  constexpr uint8_t kInPlace = 1;
  const Temporaries temporaries(*this);
  const Op op = op_of(node.op);
  switch (node.target->kind) {
    case ast::Expr::Kind::Name: {
      const std::string_view name = ast::as<ast::Name>(*node.target).id;
      const std::optional<Reg> variable = variable_register(name);
      const Reg value = held(*node.target, {node.value});
      binary(op, kInPlace, variable.value_or(value), value, *node.value, node.at);
      return variable ? note_stored(name) : store(name, value);
    }
    case ast::Expr::Kind::Attribute: {
      auto& attribute = ast::as<ast::Attribute>(*node.target);
      const Reg object = held(*attribute.object, {node.value});
      const Reg value = take();
      emitter_.emit(Op::LOAD_ATTR, value, object, emitter_.site(Op::LOAD_ATTR, attribute.name));
      binary(op, kInPlace, value, value, *node.value, node.at);
      return emitter_.emit(Op::STORE_ATTR, value, object, emitter_.site(Op::STORE_ATTR, attribute.name));
    }
    case ast::Expr::Kind::Subscript: {
      auto& subscript = ast::as<ast::Subscript>(*node.target);
      auto* slice = ast::cast<ast::Slice>(subscript.index);
      const Reg object = held(*subscript.object, {subscript.index, node.value});
      const Reg index = slice != nullptr ? slice_run(*slice) : held(*subscript.index, {node.value});
      const Reg value = take();
      emitter_.emit(slice != nullptr ? Op::GET_SLICE : Op::GET_ITEM, value, object, index);
      binary(op, kInPlace, value, value, *node.value, node.at);
      return emitter_.emit(slice != nullptr ? Op::SET_SLICE : Op::SET_ITEM, value, object, index);
    }
    default:
      return cannot_assign(*node.target);
  }
}

// ---- deletion ----

void Generator::remove(ast::Expr& target) {
  const Temporaries temporaries(*this);
  switch (target.kind) {
    case ast::Expr::Kind::Name:
      at(target.at);
      return remove(ast::as<ast::Name>(target).id);
    case ast::Expr::Kind::Attribute: {
      auto& attribute = ast::as<ast::Attribute>(target);
      const Reg object = operand(*attribute.object);
      return emitter_.emit(Op::DELETE_ATTR, 0, object, emitter_.site(Op::DELETE_ATTR, attribute.name));
    }
    case ast::Expr::Kind::Subscript: {
      auto& subscript = ast::as<ast::Subscript>(target);
      const Reg object = held(*subscript.object, {subscript.index});
      auto* slice = ast::cast<ast::Slice>(subscript.index);
      const Reg index = slice != nullptr ? slice_run(*slice) : operand(*subscript.index);
      return emitter_.emit(slice != nullptr ? Op::DEL_SLICE : Op::DEL_ITEM, 0, object, index);
    }
    case ast::Expr::Kind::Tuple:
      for (ast::Expr* item : ast::as<ast::Tuple>(target).items) remove(*item);
      return;
    default:
      return error("can't delete expression", target.at);
  }
}

}  // namespace upy
