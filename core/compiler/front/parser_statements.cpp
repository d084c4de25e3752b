#include <utility>

#include "compiler/front/parser_impl.h"

namespace upy {

using namespace ast;

namespace {

/// The operator of an augmented assignment.
std::optional<BinaryOp> augmented_operator(Token::Kind kind) {
  using Kind = Token::Kind;
  switch (kind) {
    case Kind::PlusEqual:
      return BinaryOp::Add;
    case Kind::MinusEqual:
      return BinaryOp::Subtract;
    case Kind::StarEqual:
      return BinaryOp::Multiply;
    case Kind::AtEqual:
      return BinaryOp::MatrixMultiply;
    case Kind::SlashEqual:
      return BinaryOp::TrueDivide;
    case Kind::DoubleSlashEqual:
      return BinaryOp::FloorDivide;
    case Kind::PercentEqual:
      return BinaryOp::Modulo;
    case Kind::DoubleStarEqual:
      return BinaryOp::Power;
    case Kind::ShiftLeftEqual:
      return BinaryOp::ShiftLeft;
    case Kind::ShiftRightEqual:
      return BinaryOp::ShiftRight;
    case Kind::AmpersandEqual:
      return BinaryOp::And;
    case Kind::BarEqual:
      return BinaryOp::Or;
    case Kind::CaretEqual:
      return BinaryOp::Xor;
    default:
      return std::nullopt;
  }
}

}  // namespace

// ---- blocks ----

/// A compound statement or a line of simple ones.
void Parser::statement(std::vector<Stmt*>& out) {
  switch (token_.kind) {
    case Kind::If:
      return out.push_back(if_statement());
    case Kind::While:
      return out.push_back(while_statement());
    case Kind::For:
      return out.push_back(for_statement());
    case Kind::Try:
      return out.push_back(try_statement());
    case Kind::With:
      return out.push_back(with_statement());
    case Kind::Def:
      return out.push_back(function_definition());
    case Kind::Class:
      return out.push_back(class_definition());
    case Kind::At:
      return out.push_back(decorated());
    case Kind::Async:
      return out.push_back(async_statement());
    default:
      return simple_statements(out);
  }
}

void Parser::simple_statements(std::vector<Stmt*>& out) {
  do {
    if (Stmt* statement = small_statement()) out.push_back(statement);
  } while (accept(Kind::Semicolon) && !at(Kind::Newline));
  expect(Kind::Newline);
}

/// Statements up to a token that it leaves. A Newline among them is a line that has nothing but a continuation.
Stmts Parser::statements_until(Kind end) {
  std::vector<Stmt*> body;
  while (!at(end) && !at(Kind::End)) {
    if (!accept(Kind::Newline)) statement(body);
  }
  return keep(body);
}

/// : and the statements behind it on the line, or the indented lines below.
Stmts Parser::block() {
  const Nesting nesting(*this);
  expect(Kind::Colon);
  if (!accept(Kind::Newline)) {
    std::vector<Stmt*> body;
    simple_statements(body);
    return keep(body);
  }
  if (at(Kind::Indent)) {
    advance();
    const Stmts body = statements_until(Kind::Dedent);
    expect(Kind::Dedent);
    return body;
  }
  unexpected_token();
  return {};
}

Stmts Parser::else_block() { return accept(Kind::Else) ? block() : Stmts(); }

// ---- simple statements ----

/// Null for a statement that has no effect.
Stmt* Parser::small_statement() {
  const Position at = token_.at;
  switch (token_.kind) {
    case Kind::Pass:
      advance();
      return make<Pass>(at);
    case Kind::Break:
      advance();
      return make<Break>(at);
    case Kind::Continue:
      advance();
      return make<Continue>(at);
    case Kind::Del:
      return delete_statement();
    case Kind::Return:
      return return_statement();
    case Kind::Raise:
      return raise_statement();
    case Kind::Assert:
      return assert_statement();
    case Kind::Import:
      return import_statement();
    case Kind::From:
      return import_from_statement();
    case Kind::Global: {
      advance();
      Global* node = make<Global>(at);
      node->names = name_list();
      return node;
    }
    case Kind::Nonlocal: {
      advance();
      Nonlocal* node = make<Nonlocal>(at);
      node->names = name_list();
      return node;
    }
    default:
      return expression_statement();
  }
}

Stmt* Parser::expression_statement() {
  const Position at = token_.at;
  if (this->at(Kind::Yield)) return evaluation(at, yield());
  Expr* first = value_list();
  if (accept(Kind::Colon)) return annotated(at, first);
  if (const std::optional<BinaryOp> op = augmented_operator(token_.kind)) return augmented(at, first, *op);
  if (this->at(Kind::Equal)) {
    std::vector<Expr*> sides{first};
    while (accept(Kind::Equal)) sides.push_back(value_or_yield());
    Expr* value = sides.back();
    sides.pop_back();
    return assignment(at, sides, value);
  }
  return evaluation(at, first);
}

/// An expression alone. A constant has no effect but in the interactive modes, where it is printed.
Stmt* Parser::evaluation(Position at, Expr* value) {
  if (value->kind == Expr::Kind::LiteralExpr && !options_.is_interactive()) return nullptr;
  ExprStmt* node = make<ExprStmt>(at);
  node->value = value;
  return node;
}

/// target: annotation [= value]; the annotation is read and forgotten.
Stmt* Parser::annotated(Position at, Expr* target) {
  test();
  if (accept(Kind::Equal)) return assignment(at, {target}, value_or_yield());
  Annotation* node = make<Annotation>(at);
  node->target = target;
  return node;
}

Stmt* Parser::augmented(Position at, Expr* target, BinaryOp op) {
  advance();
  AugAssign* node = make<AugAssign>(at);
  node->target = target;
  node->op = op;
  node->value = value_or_yield();
  return node;
}

/// targets = value. `NAME = const(...)` defines a constant; with an underscore in front it is nothing but that.
Stmt* Parser::assignment(Position at, const std::vector<Expr*>& targets, Expr* value) {
  const Name* name = targets.size() == 1 ? cast<Name>(targets[0]) : nullptr;
  Call* call = cast<Call>(value);
  const Name* callee = call != nullptr ? cast<Name>(call->callee) : nullptr;
  if (name != nullptr && callee != nullptr && callee->id == "const") {
    value = define_constant(name->id, *call);
    if (name->id.starts_with('_')) return nullptr;
  }
  Assign* node = make<Assign>(at);
  node->targets = keep(targets);
  node->value = value;
  return node;
}

/// Defines `name` as the argument of the call of const() and returns that.
Expr* Parser::define_constant(std::string_view name, Call& call) {
  const bool one_argument = call.arguments.size() == 1 && call.arguments[0].kind == Argument::Kind::Positional;
  LiteralExpr* value = one_argument && !call.ends_with_comma ? cast<LiteralExpr>(call.arguments[0].value) : nullptr;
  if (value == nullptr) {
    syntax_error("not a constant", call.at);
    return &call;
  }
  constants_.define(name, value->value);
  return value;
}

Stmt* Parser::delete_statement() {
  Delete* node = make<Delete>(token_.at);
  advance();
  node->target = target_list();
  return node;
}

Stmt* Parser::return_statement() {
  Return* node = make<Return>(token_.at);
  advance();
  if (starts_expression()) node->value = value_list();
  return node;
}

Stmt* Parser::raise_statement() {
  Raise* node = make<Raise>(token_.at);
  advance();
  if (!starts_expression()) return node;
  node->exception = test();
  if (accept(Kind::From)) node->cause = test();
  return node;
}

Stmt* Parser::assert_statement() {
  Assert* node = make<Assert>(token_.at);
  advance();
  node->test = test();
  if (accept(Kind::Comma)) node->message = test();
  return options_.opt_level == 0 ? node : nullptr;
}

Names Parser::name_list() {
  std::vector<std::string_view> names;
  do {
    names.push_back(expect_name());
  } while (accept(Kind::Comma));
  return keep(names);
}

// ---- import ----

/// a.b.c as one text. It is limited as a single name is.
std::string_view Parser::dotted_name() {
  const Position at = token_.at;
  const std::string_view first = expect_name();
  if (!this->at(Kind::Dot)) return first;
  std::string text(first);
  while (accept(Kind::Dot)) text.append(".").append(expect_name());
  if (text.size() > kMaxNameBytes) fail(Diagnostic::Kind::RuntimeError, "name too long", at);
  return arena_.copy(std::string_view(text));
}

std::string_view Parser::optional_alias() { return accept(Kind::As) ? expect_name() : std::string_view(); }

Stmt* Parser::import_statement() {
  Import* node = make<Import>(token_.at);
  advance();
  std::vector<Alias> modules;
  do {
    Alias module{.at = token_.at, .name = dotted_name(), .alias = {}};
    module.alias = optional_alias();
    modules.push_back(module);
  } while (accept(Kind::Comma));
  node->modules = keep(modules);
  return node;
}

Stmt* Parser::import_from_statement() {
  ImportFrom* node = make<ImportFrom>(token_.at);
  advance();
  while (at(Kind::Dot) || at(Kind::Ellipsis)) {
    node->level += static_cast<uint32_t>(token_.source.size());
    advance();
  }
  if (node->level == 0 || !at(Kind::Import)) node->module = dotted_name();
  expect(Kind::Import);
  if (!accept(Kind::Star)) node->names = imported_names();
  return node;
}

std::span<Alias> Parser::imported_names() {
  const bool parenthesized = accept(Kind::LeftParen);
  std::vector<Alias> names;
  do {
    if (!names.empty() && !at(Kind::Name)) break;  // behind a trailing comma
    Alias name{.at = token_.at, .name = expect_name(), .alias = {}};
    name.alias = optional_alias();
    names.push_back(name);
  } while (accept(Kind::Comma));
  if (parenthesized) expect(Kind::RightParen);
  return keep(names);
}

// ---- compound statements ----

Stmt* Parser::if_statement() {
  If* node = make<If>(token_.at);
  std::vector<Branch> branches;
  do {
    advance();
    Expr* test = named();
    branches.push_back({test, block()});
  } while (at(Kind::Elif));
  node->branches = keep(branches);
  node->orelse = else_block();
  return node;
}

Stmt* Parser::while_statement() {
  While* node = make<While>(token_.at);
  advance();
  node->test = named();
  node->body = block();
  node->orelse = else_block();
  return node;
}

For* Parser::for_statement() {
  For* node = make<For>(token_.at);
  advance();
  node->target = target_list();
  expect(Kind::In);
  node->iterable = value_list();
  node->body = block();
  node->orelse = else_block();
  return node;
}

Stmt* Parser::try_statement() {
  Try* node = make<Try>(token_.at);
  advance();
  node->body = block();
  std::vector<Except> handlers;
  while (at(Kind::Except)) handlers.push_back(except_clause());
  node->handlers = keep(handlers);
  if (!handlers.empty()) node->orelse = else_block();
  node->has_finally = accept(Kind::Finally);
  if (node->has_finally) node->finalbody = block();
  if (handlers.empty() && !node->has_finally) unexpected_token();
  return node;
}

Except Parser::except_clause() {
  Except clause{.at = token_.at, .type = nullptr, .name = {}, .body = {}};
  advance();
  if (!at(Kind::Colon)) {
    clause.type = test();
    clause.name = optional_alias();
  }
  clause.body = block();
  return clause;
}

With* Parser::with_statement() {
  With* node = make<With>(token_.at);
  advance();
  node->items = with_items();
  node->body = block();
  return node;
}

std::span<WithItem> Parser::with_items() {
  std::vector<WithItem> items;
  if (at(Kind::LeftParen) && parenthesized_with_items(items)) return keep(items);
  do {
    items.push_back(with_item());
  } while (accept(Kind::Comma));
  return keep(items);
}

WithItem Parser::with_item() {
  WithItem item{.at = token_.at, .context = test(), .target = nullptr};
  if (accept(Kind::As)) item.target = operand();
  return item;
}

/// What starts with a parenthesis may be a list of items or an expression; what stands behind the closing one tells. If
/// it is an expression, that becomes the next token, and the result is false.
bool Parser::parenthesized_with_items(std::vector<WithItem>& items) {
  const Token paren = token_;
  advance();
  if (!starts_expression()) {
    push_back(paren, parenthesized_rest(paren.at));
    return false;
  }
  bool has_target = false;
  bool has_comma = false;
  do {
    if (has_comma && at(Kind::RightParen)) break;
    WithItem item{.at = token_.at, .context = starred_or_named(), .target = nullptr};
    if (!has_comma && starts_comprehension()) item.context = generator(paren.at, item.context);
    if (accept(Kind::As)) item.target = operand();
    has_target |= item.target != nullptr;
    has_comma |= at(Kind::Comma);
    items.push_back(item);
  } while (accept(Kind::Comma));
  expect(Kind::RightParen);
  if (has_target || (has_comma && at(Kind::Colon))) return true;

  std::vector<Expr*> contexts;
  contexts.reserve(items.size());
  for (const WithItem& item : items) contexts.push_back(item.context);
  push_back(paren, has_comma ? make_tuple(paren.at, contexts) : contexts[0]);
  items.clear();
  return false;
}

/// Makes `expression`, which was read already and starts with the token `first`, the next token.
void Parser::push_back(const Token& first, Expr* expression) {
  pushed_back_ = token_;
  token_ = first;
  token_.kind = Kind::Parsed;
  parsed_ = expression;
}

Stmt* Parser::async_statement() {
  const Position at = token_.at;
  advance();
  const auto asynchronous = [at](auto* node) -> Stmt* {
    node->at = at;
    node->is_async = true;
    return node;
  };
  switch (token_.kind) {
    case Kind::Def:
      return asynchronous(function_definition());
    case Kind::With:
      return asynchronous(with_statement());
    case Kind::For:
      return asynchronous(for_statement());
    default:
      unexpected_token();
      return make<Pass>(at);
  }
}

// ---- definitions ----

Stmt* Parser::decorated() {
  std::vector<Expr*> decorators;
  while (accept(Kind::At)) {
    decorators.push_back(named());
    expect(Kind::Newline);
  }
  Stmt* node = at(Kind::Class) ? class_definition() : at(Kind::Async) ? async_statement() : function_definition();
  if (Function* function = cast<Function>(node)) {
    function->decorators = keep(decorators);
  } else if (Class* definition = cast<Class>(node)) {
    definition->decorators = keep(decorators);
  } else {
    syntax_error("invalid syntax", node->at);
  }
  return node;
}

Function* Parser::function_definition() {
  Function* node = make<Function>(token_.at);
  expect(Kind::Def);
  node->name = expect_name();
  expect(Kind::LeftParen);
  node->parameters = parameters(Kind::RightParen, AnnotationRule::Allowed);
  expect(Kind::RightParen);
  if (accept(Kind::Arrow)) test();
  node->body = block();
  return node;
}

Class* Parser::class_definition() {
  Class* node = make<Class>(token_.at);
  advance();
  node->name = expect_name();
  if (accept(Kind::LeftParen)) {
    node->arguments = arguments();
    expect(Kind::RightParen);
  }
  node->body = block();
  return node;
}

/// The parameters before `end`, of a lambda if they have no annotations.
Parameters Parser::parameters(Kind end, AnnotationRule annotations) {
  std::vector<Parameter> list;
  Parameter::Kind kind = Parameter::Kind::Positional;
  bool has_slash = false;
  const auto named_parameter = [&](Parameter::Kind parameter_kind) {
    Parameter parameter{.kind = parameter_kind,
                        .at = token_.at,
                        .name = expect_name(),
                        .default_value = nullptr,
                        .annotation = nullptr};
    if (annotations == AnnotationRule::Allowed && accept(Kind::Colon)) parameter.annotation = test();
    return parameter;
  };
  while (!at(end)) {
    if (accept(Kind::Star)) {
      if (kind != Parameter::Kind::Positional) unexpected_token();
      kind = Parameter::Kind::KeywordOnly;
      if (at(Kind::Name)) list.push_back(named_parameter(Parameter::Kind::VarArgs));
    } else if (accept(Kind::DoubleStar)) {
      list.push_back(named_parameter(Parameter::Kind::VarKeywords));
      accept(Kind::Comma);
      break;
    } else if (at(Kind::Slash)) {
      if (list.empty() || has_slash || kind != Parameter::Kind::Positional) unexpected_token();
      has_slash = true;
      for (Parameter& parameter : list) parameter.is_positional_only = true;
      advance();
    } else {
      list.push_back(named_parameter(kind));
      if (accept(Kind::Equal)) list.back().default_value = test();
    }
    if (!accept(Kind::Comma)) break;
  }
  return keep(list);
}

}  // namespace upy
