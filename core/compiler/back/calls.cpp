// Calls: of functions and methods, with plain arguments in registers or with spread ones in a list and a dict.
#include <unordered_set>

#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"

namespace upy {
namespace {

// An argument list has room for this many arguments before an unpacked one.
constexpr size_t kMostBeforeUnpacked = 61;

}  // namespace

Generator::Shape Generator::check_arguments(ast::Arguments arguments, uint32_t leading) {
  Shape shape{.positional = leading};
  bool has_mapping = false;
  for (const ast::Argument& argument : arguments) {
    switch (argument.kind) {
      case ast::Argument::Kind::Positional:
        if (has_mapping) error("positional arg after **", argument.at);
        if (shape.keywords > 0) error("positional arg after keyword arg", argument.at);
        ++shape.positional;
        break;
      case ast::Argument::Kind::Keyword:
        ++shape.keywords;
        break;
      case ast::Argument::Kind::Unpack:
        if (has_mapping) error("* arg after **", argument.at);
        if (shape.keywords > 0) error("* arg after kwarg", argument.at);
        if (&argument - arguments.data() > static_cast<ptrdiff_t>(kMostBeforeUnpacked))
          error("too many args", argument.at);
        shape.spreads = true;
        break;
      case ast::Argument::Kind::UnpackMapping:
        has_mapping = shape.spreads = true;
        break;
    }
  }
  shape.spreads |= shape.positional > UINT8_MAX || shape.keywords > UINT8_MAX;
  return shape;
}

void Generator::generate(ast::Call& node, Reg dst) {
  if (is_super_call(node)) return super_call(node, dst);
  const Temporaries temporaries(*this);
  const Shape shape = check_arguments(node.arguments, 0);
  const Callee start = callee(*node.callee, shape);
  finish_call(start, {}, node.arguments, shape, dst, node.at);
}

Generator::Callee Generator::start_call(const Shape& shape, uint32_t fixed) {
  return {.base = take(shape.spreads ? 4 : fixed), .fixed = fixed};
}

Generator::Callee Generator::callee(ast::Expr& node, const Shape& shape) {
  auto* attribute = ast::cast<ast::Attribute>(&node);
  if (attribute == nullptr) {
    const Callee start = start_call(shape, 1);
    into(node, start.base);
    return start;
  }
  const Callee start = start_call(shape, 2);
  if (is_super_call(*attribute->object)) {
    load_super_operands(start.base, node.at);
    emitter_.emit(Op::LOAD_SUPER, start.base, 0, emitter_.site(Op::LOAD_SUPER, attribute->name));
    return start;
  }
  Reg object = start.base;
  if (variable_register(attribute->object)) {
    object = operand(*attribute->object);
  } else {
    into(*attribute->object, object);
  }
  at(node.at);
  emitter_.emit(Op::LOAD_METHOD, start.base, object, emitter_.site(Op::LOAD_METHOD, attribute->name));
  return start;
}

void Generator::finish_call(Callee callee, Run leading, ast::Arguments arguments, const Shape& shape, Reg dst,
                            ast::Position at) {
  if (shape.spreads) {
    spread_arguments(callee.base, leading, arguments, at);
    this->at(at);
    return emitter_.emit(Op::CALL_EX, callee.base, dst, 0, callee.fixed == 2);
  }
  for (const ast::Argument& argument : arguments) {
    if (argument.kind == ast::Argument::Kind::Keyword) load_text(take(), argument.name);
    into(*argument.value, take());
  }
  this->at(at);
  const Op op = callee.fixed == 2 ? Op::CALL_METHOD : Op::CALL;
  emitter_.emit(op, callee.base, dst, counts(shape.positional, shape.keywords));
}

void Generator::spread_arguments(Reg base, Run leading, ast::Arguments arguments, ast::Position at) {
  const Reg list = base + 2, mapping = base + 3;
  std::vector<Item> items;
  size_t next = 0;
  for (; next < arguments.size(); ++next) {
    const ast::Argument& argument = arguments[next];
    const bool is_unpacked = argument.kind == ast::Argument::Kind::Unpack;
    if (!is_unpacked && argument.kind != ast::Argument::Kind::Positional) break;
    items.push_back({argument.value, is_unpacked});
  }
  const ast::Arguments keywords = arguments.subspan(next);
  const bool is_one_iterable = leading.count == 0 && items.size() == 1 && items[0].is_unpacked;
  if (!is_one_iterable || keywords.empty()) {
    build_display(kListDisplay, leading, items, list, at);
    return spread_keywords(mapping, keywords);
  }
  // As in MicroPython and CPython, it is iterated after the keywords are evaluated.
  const Temporaries temporaries(*this);
  const Reg iterable = take();
  into(*items[0].value, iterable);
  spread_keywords(mapping, keywords);
  this->at(at);
  emitter_.emit(Op::BUILD_LIST, list);
  emitter_.emit(Op::LIST_EXTEND, list, iterable);
}

void Generator::spread_keywords(Reg mapping, ast::Arguments arguments) {
  if (arguments.empty()) return load_unset(mapping);
  emitter_.emit(Op::BUILD_MAP, mapping);
  std::unordered_set<std::string_view> names;
  bool has_mapping = false;
  for (const ast::Argument& argument : arguments) {
    if (argument.kind == ast::Argument::Kind::Keyword) {
      const bool is_new = names.insert(argument.name).second;
      keyword_argument(mapping, argument.name, *argument.value, has_mapping || !is_new);
    } else {
      const Temporaries temporaries(*this);
      emitter_.emit(Op::MAP_UPDATE, mapping, operand(*argument.value), 0, 1);
      has_mapping = true;
    }
  }
}

void Generator::keyword_argument(Reg mapping, std::string_view name, ast::Expr& value, bool may_repeat) {
  const Temporaries temporaries(*this);
  const Reg pair = take(2);
  load_text(pair, name);
  into(value, pair + 1);
  if (may_repeat) {
    emitter_.emit(Op::BUILD_MAP, pair, pair, 1);
    emitter_.emit(Op::MAP_UPDATE, mapping, pair, 0, 1);
  } else {
    emitter_.emit(Op::MAP_ADD, mapping, pair, pair + 1);
  }
}

// ---- super() ----

bool Generator::is_super_call(const ast::Expr& node) const {
  const auto* call = ast::cast<const ast::Call>(&node);
  return call != nullptr && scope_->frame->kind == Scope::Kind::Function && is_zero_argument_super(*call);
}

void Generator::super_call(ast::Call& node, Reg dst) {
  const Temporaries temporaries(*this);
  const Reg base = take(3);
  load("super", base);
  load_super_operands(base + 1, node.at);
  emitter_.emit(Op::CALL, base, dst, counts(2, 0));
}

void Generator::load_super_operands(Reg first, ast::Position at) {
  const Scope& frame = *scope_->frame;
  if (unit_.parameters.empty()) return error("super() can't find self", at);
  this->at(at);
  load(kClassCell, first);
  load(frame.variables.front().name, first + 1);
}

}  // namespace upy
