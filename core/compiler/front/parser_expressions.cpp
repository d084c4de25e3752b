#include <optional>
#include <utility>

#include "compiler/front/folding.h"
#include "compiler/front/parser_impl.h"

namespace upy {

using namespace ast;

namespace {

/// How strongly the operators between two operands bind.
enum Precedence { kNoOperator, kOr, kAnd, kNot, kComparison, kBitOr, kBitXor, kBitAnd, kShift, kSum, kProduct };

/// What a token means between two operands.
struct Infix {
  Precedence precedence = kNoOperator;
  BinaryOp op = BinaryOp::Add;  ///< from kBitOr on
};

Infix infix(Token::Kind kind) {
  using Kind = Token::Kind;
  switch (kind) {
    case Kind::Or:
      return {kOr};
    case Kind::And:
      return {kAnd};
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
    case Kind::EqualEqual:
    case Kind::NotEqual:
    case Kind::In:
    case Kind::Not:
    case Kind::Is:
      return {kComparison};
    case Kind::Bar:
      return {kBitOr, BinaryOp::Or};
    case Kind::Caret:
      return {kBitXor, BinaryOp::Xor};
    case Kind::Ampersand:
      return {kBitAnd, BinaryOp::And};
    case Kind::ShiftLeft:
      return {kShift, BinaryOp::ShiftLeft};
    case Kind::ShiftRight:
      return {kShift, BinaryOp::ShiftRight};
    case Kind::Plus:
      return {kSum, BinaryOp::Add};
    case Kind::Minus:
      return {kSum, BinaryOp::Subtract};
    case Kind::Star:
      return {kProduct, BinaryOp::Multiply};
    case Kind::Slash:
      return {kProduct, BinaryOp::TrueDivide};
    case Kind::DoubleSlash:
      return {kProduct, BinaryOp::FloorDivide};
    case Kind::Percent:
      return {kProduct, BinaryOp::Modulo};
    case Kind::At:
      return {kProduct, BinaryOp::MatrixMultiply};
    default:
      return {};
  }
}

/// The truth of a constant; nothing if `expression` is none.
std::optional<bool> constant_truth(Expr* expression) {
  const LiteralExpr* literal = cast<LiteralExpr>(expression);
  return literal != nullptr ? std::optional(literal->value.truth()) : std::nullopt;
}

}  // namespace

// ---- nodes that fold ----

Expr* Parser::make_literal(Position at, const Literal& value) {
  LiteralExpr* node = make<LiteralExpr>(at);
  node->value = value;
  return node;
}

Expr* Parser::make_tuple(Position at, const std::vector<Expr*>& items) {
  if (const std::optional<Literal> folded = fold_tuple(items, arena_)) return make_literal(at, *folded);
  Tuple* node = make<Tuple>(at);
  node->items = keep(items);
  return node;
}

Expr* Parser::make_unary(Position at, UnaryOp op, Expr* operand) {
  if (const LiteralExpr* literal = cast<LiteralExpr>(operand)) {
    if (const std::optional<Literal> folded = fold_unary(op, literal->value, arena_)) return make_literal(at, *folded);
  }
  Unary* node = make<Unary>(at);
  node->op = op;
  node->operand = operand;
  return node;
}

/// Leaves out constants that don't decide, and everything behind one that does.
Expr* Parser::make_logical(Position at, LogicalOp op, const std::vector<Expr*>& operands) {
  std::vector<Expr*> remaining;
  for (Expr* operand : operands) {
    const std::optional<bool> truth = constant_truth(operand);
    const bool decides = truth && *truth == (op == LogicalOp::Or);
    if (!truth || decides || operand == operands.back()) remaining.push_back(operand);
    if (decides) break;
  }
  if (remaining.size() == 1) return remaining[0];
  Logical* node = make<Logical>(at);
  node->op = op;
  node->operands = keep(remaining);
  return node;
}

// ---- lists and stars ----

/// One item, or a tuple of items separated by commas; the last comma may end it.
Expr* Parser::list_of(Item item) {
  const Position at = token_.at;
  Expr* first = (this->*item)();
  return this->at(Kind::Comma) ? tuple_of(at, first, item) : first;
}

/// first, item, item ...
Expr* Parser::tuple_of(Position at, Expr* first, Item item) {
  std::vector<Expr*> items{first};
  while (accept(Kind::Comma) && starts_expression()) items.push_back((this->*item)());
  return make_tuple(at, items);
}

Expr* Parser::value_or_yield() { return at(Kind::Yield) ? yield() : value_list(); }

Expr* Parser::starred_or_test() { return at(Kind::Star) ? starred() : test(); }

Expr* Parser::starred_or_named() { return at(Kind::Star) ? starred() : named(); }

Expr* Parser::starred_or_operand() { return at(Kind::Star) ? starred() : operand(); }

Expr* Parser::starred() {
  const Nesting nesting(*this);
  Starred* node = make<Starred>(token_.at);
  advance();
  node->value = operand();
  return node;
}

// ---- tests ----

/// test [:= test].
Expr* Parser::named() {
  const Position at = token_.at;
  Expr* target = test();
  if (!accept(Kind::Walrus)) return target;
  if (!ast::cast<ast::Name>(target)) syntax_error("can't assign to expression", at);
  const Nesting nesting(*this);
  NamedExpr* node = make<NamedExpr>(at);
  node->target = target;
  node->value = test();
  return node;
}

/// A lambda, or or_test [if or_test else test].
Expr* Parser::test() {
  if (at(Kind::Lambda)) return lambda();
  const Position at = token_.at;
  Subtree subtree(*this);
  Expr* if_true = or_test();
  if (!accept(Kind::If)) return if_true;
  subtree.put_down();
  const Nesting nesting(*this);
  Expr* condition = or_test();
  expect(Kind::Else);
  Expr* if_false = test();
  Conditional* node = make<Conditional>(at);
  node->test = condition;
  node->if_true = if_true;
  node->if_false = if_false;
  return node;
}

Expr* Parser::lambda() {
  const Nesting nesting(*this);
  Lambda* node = make<Lambda>(token_.at);
  advance();
  node->parameters = parameters(Kind::Colon, AnnotationRule::None);
  expect(Kind::Colon);
  node->body = test();
  return node;
}

// ---- operators ----

Expr* Parser::or_test() { return operation(kOr); }

Expr* Parser::operand() { return operation(kBitOr); }

/// Operands joined by operators of at least `min_precedence`. Each round takes a chain of equal operators, the operands
/// of which took all that bind more strongly, so the next round is one that binds less.
Expr* Parser::operation(int min_precedence) {
  Subtree subtree(*this);
  Expr* left = at(Kind::Not) && min_precedence <= kNot ? negation() : unary();
  for (;;) {
    const int precedence = infix(token_.kind).precedence;
    if (precedence == kNoOperator || precedence < min_precedence) return left;
    left = chain(left, precedence);
    subtree.put_down();
  }
}

/// not operation.
Expr* Parser::negation() {
  const Nesting nesting(*this);
  const Position at = token_.at;
  advance();
  return make_unary(at, UnaryOp::Not, operation(kNot));
}

Expr* Parser::chain(Expr* left, int precedence) {
  switch (precedence) {
    case kOr:
      return logical_chain(left, LogicalOp::Or, Kind::Or);
    case kAnd:
      return logical_chain(left, LogicalOp::And, Kind::And);
    case kComparison:
      return comparison_chain(left);
    default:
      return binary_chain(left, precedence);
  }
}

/// left word operand word operand ...
Expr* Parser::logical_chain(Expr* left, LogicalOp op, Kind word) {
  std::vector<Expr*> operands{left};
  while (accept(word)) operands.push_back(operation(infix(word).precedence + 1));
  return make_logical(left->at, op, operands);
}

/// left op operand op operand ... with comparison operators.
Expr* Parser::comparison_chain(Expr* left) {
  std::vector<CompareStep> rest;
  while (const std::optional<CompareOp> op = compare_operator()) rest.push_back({*op, operation(kComparison + 1)});
  Compare* node = make<Compare>(left->at);
  node->first = left;
  node->rest = keep(rest);
  return node;
}

/// Takes a comparison operator, if there is one.
std::optional<CompareOp> Parser::compare_operator() {
  const auto taken = [this](CompareOp op) {
    advance();
    return op;
  };
  switch (token_.kind) {
    case Kind::Less:
      return taken(CompareOp::Less);
    case Kind::LessEqual:
      return taken(CompareOp::LessEqual);
    case Kind::Greater:
      return taken(CompareOp::Greater);
    case Kind::GreaterEqual:
      return taken(CompareOp::GreaterEqual);
    case Kind::EqualEqual:
      return taken(CompareOp::Equal);
    case Kind::NotEqual:
      return taken(CompareOp::NotEqual);
    case Kind::In:
      return taken(CompareOp::In);
    case Kind::Not:
      advance();
      expect(Kind::In);
      return CompareOp::NotIn;
    case Kind::Is:
      advance();
      return accept(Kind::Not) ? CompareOp::IsNot : CompareOp::Is;
    default:
      return std::nullopt;
  }
}

/// left op operand op operand ... with arithmetic operators of one precedence. Constants in front are folded.
Expr* Parser::binary_chain(Expr* left, int precedence) {
  std::vector<BinaryStep> rest;
  for (Infix rule = infix(token_.kind); rule.precedence == precedence; rule = infix(token_.kind)) {
    advance();
    Expr* right = operation(precedence + 1);
    Expr* folded = rest.empty() ? fold(rule.op, left, right) : nullptr;
    if (folded != nullptr) {
      left = folded;
    } else {
      rest.push_back({rule.op, right});
    }
  }
  if (rest.empty()) return left;
  Binary* node = make<Binary>(left->at);
  node->first = left;
  node->rest = keep(rest);
  return node;
}

/// The constant that left op right is, null if it is none.
Expr* Parser::fold(BinaryOp op, Expr* left, Expr* right) {
  const LiteralExpr* left_literal = cast<LiteralExpr>(left);
  const LiteralExpr* right_literal = cast<LiteralExpr>(right);
  if (left_literal == nullptr || right_literal == nullptr) return nullptr;
  const size_t max_bits = const_calls_ > 0 ? kMaxConstBits : kMaxFoldedBits;
  const std::optional<Literal> value = fold_binary(op, left_literal->value, right_literal->value, max_bits, arena_);
  return value ? make_literal(left->at, *value) : nullptr;
}

Expr* Parser::unary() {
  UnaryOp op;
  switch (token_.kind) {
    case Kind::Plus:
      op = UnaryOp::Positive;
      break;
    case Kind::Minus:
      op = UnaryOp::Negative;
      break;
    case Kind::Tilde:
      op = UnaryOp::Invert;
      break;
    default:
      return power();
  }
  const Nesting nesting(*this);
  const Position at = token_.at;
  advance();
  return make_unary(at, op, unary());
}

/// primary [** unary].
Expr* Parser::power() {
  Subtree subtree(*this);
  Expr* base = primary();
  if (!at(Kind::DoubleStar)) return base;
  subtree.put_down();
  const Nesting nesting(*this);
  advance();
  Expr* exponent = unary();
  if (Expr* folded = fold(BinaryOp::Power, base, exponent)) return folded;
  Binary* node = make<Binary>(base->at);
  node->first = base;
  node->rest = keep(std::vector<BinaryStep>{{BinaryOp::Power, exponent}});
  return node;
}

// ---- primaries ----

/// [await] atom trailers.
Expr* Parser::primary() {
  const Nesting nesting(*this);
  if (at(Kind::Await)) return await();
  Subtree subtree(*this);
  Expr* node = atom();
  while (at(Kind::Dot) || at(Kind::LeftParen) || at(Kind::LeftBracket)) {
    node = trailer(node);
    subtree.put_down();
  }
  return node;
}

Expr* Parser::await() {
  Await* node = make<Await>(token_.at);
  advance();
  if (at(Kind::Await)) unexpected_token();
  node->value = primary();
  return node;
}

Expr* Parser::trailer(Expr* object) {
  switch (token_.kind) {
    case Kind::Dot:
      return attribute(object);
    case Kind::LeftParen:
      return call(object);
    default:
      return subscript(object);
  }
}

Expr* Parser::attribute(Expr* object) {
  advance();
  const std::string_view name = expect_name();
  if (const Name* module = cast<Name>(object); module != nullptr && const_calls_ > 0) {
    if (const std::optional<Literal> value = module_constant(module->id, name)) return make_literal(object->at, *value);
  }
  Attribute* node = make<Attribute>(object->at);
  node->object = object;
  node->name = name;
  return node;
}

Expr* Parser::call(Expr* callee) {
  const Name* name = cast<Name>(callee);
  const int is_const = name != nullptr && name->id == "const" ? 1 : 0;
  advance();
  const_calls_ += is_const;
  Call* node = make<Call>(callee->at);
  node->callee = callee;
  node->arguments = arguments();
  node->ends_with_comma = last_end_[-1] == ',';
  const_calls_ -= is_const;
  expect(Kind::RightParen);
  return node;
}

/// The arguments before a closing parenthesis.
Arguments Parser::arguments() {
  std::vector<Argument> list;
  while (!at(Kind::RightParen)) {
    list.push_back(argument());
    if (!accept(Kind::Comma)) break;
  }
  return keep(list);
}

Argument Parser::argument() {
  Argument argument{.kind = Argument::Kind::Positional, .at = token_.at, .name = {}, .value = nullptr};
  if (accept(Kind::Star)) {
    argument.kind = Argument::Kind::Unpack;
    argument.value = test();
    return argument;
  }
  if (accept(Kind::DoubleStar)) {
    argument.kind = Argument::Kind::UnpackMapping;
    argument.value = test();
    return argument;
  }
  const std::string_view name = at(Kind::Name) ? token_.text : std::string_view();
  argument.value = named();
  if (at(Kind::Equal)) {
    const bool is_name = !name.empty() && last_end_ == name.data() + name.size();
    if (!is_name) syntax_error("LHS of keyword arg must be an id", argument.at);
    advance();
    argument.kind = Argument::Kind::Keyword;
    argument.name = name;
    argument.value = test();
  } else if (starts_comprehension()) {
    argument.value = generator(argument.at, argument.value);
  }
  return argument;
}

Expr* Parser::subscript(Expr* object) {
  advance();
  const Position at = token_.at;
  std::vector<Expr*> items{index()};
  const bool is_tuple = this->at(Kind::Comma);
  while (accept(Kind::Comma) && !this->at(Kind::RightBracket)) items.push_back(index());
  expect(Kind::RightBracket);
  Subscript* node = make<Subscript>(object->at);
  node->object = object;
  node->index = is_tuple ? make_tuple(at, items) : items[0];
  return node;
}

/// A value, or [lower]:[upper][:[step]].
Expr* Parser::index() {
  const Position at = token_.at;
  Expr* lower = this->at(Kind::Colon) ? nullptr : starred_or_named();
  if (!accept(Kind::Colon)) return lower;
  Slice* node = make<Slice>(at);
  node->lower = lower;
  node->upper = optional_bound();
  if (accept(Kind::Colon)) node->step = optional_bound();
  return node;
}

Expr* Parser::optional_bound() { return starts_expression() ? test() : nullptr; }

/// yield [values], or yield from test.
Expr* Parser::yield() {
  const Position at = token_.at;
  advance();
  if (accept(Kind::From)) {
    YieldFrom* node = make<YieldFrom>(at);
    node->value = test();
    return node;
  }
  Yield* node = make<Yield>(at);
  if (starts_expression()) node->value = value_list();
  return node;
}

/// The clauses behind an element.
Expr* Parser::comprehension(Comprehension::Result result, Position at, Expr* element, Expr* value) {
  if (element->kind == Expr::Kind::Starred) unexpected_token();
  std::vector<CompFor> clauses;
  while (starts_comprehension()) clauses.push_back(comprehension_clause());
  Comprehension* node = make<Comprehension>(at);
  node->result = result;
  node->element = element;
  node->value = value;
  node->clauses = keep(clauses);
  return node;
}

Expr* Parser::generator(Position at, Expr* element) {
  return comprehension(Comprehension::Result::Generator, at, element, nullptr);
}

CompFor Parser::comprehension_clause() {
  CompFor clause{
      .at = token_.at, .is_async = accept(Kind::Async), .target = nullptr, .iterable = nullptr, .conditions = {}};
  expect(Kind::For);
  clause.target = target_list();
  expect(Kind::In);
  clause.iterable = or_test();
  std::vector<Expr*> conditions;
  while (accept(Kind::If)) conditions.push_back(or_test());
  clause.conditions = keep(conditions);
  return clause;
}

}  // namespace upy
