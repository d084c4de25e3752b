#include <string>
#include <utility>
#include <variant>

#include "compiler/front/number_literal.h"
#include "compiler/front/parser_impl.h"

namespace upy {

using namespace ast;

Expr* Parser::atom() {
  switch (token_.kind) {
    case Kind::Name:
      return name();
    case Kind::Number:
      return number();
    case Kind::String:
    case Kind::FStringStart:
      return strings();
    case Kind::Bytes:
      return bytes();
    case Kind::None:
      return constant(Literal::Kind::None);
    case Kind::True:
      return constant(Literal::Kind::True);
    case Kind::False:
      return constant(Literal::Kind::False);
    case Kind::Ellipsis:
      return constant(Literal::Kind::Ellipsis);
    case Kind::LeftParen:
      return parenthesized();
    case Kind::LeftBracket:
      return list_display();
    case Kind::LeftBrace:
      return dict_or_set();
    case Kind::Parsed:
      advance();
      return parsed_;
    default:
      unexpected_token();
      return make_literal(token_.at, Literal());
  }
}

/// A name, or the value that const() gave it.
Expr* Parser::name() {
  const Token token = token_;
  advance();
  if (const Literal* value = constants_.find(token.text)) return make_literal(token.at, *value);
  Name* node = make<Name>(token.at);
  node->id = token.text;
  return node;
}

Expr* Parser::number() {
  const Token token = token_;
  std::variant<Literal, std::string> value = parse_number(token.text, arena_);
  if (std::string* message = std::get_if<std::string>(&value)) {
    syntax_error(*message, token.at);
    return make_literal(token.at, Literal());
  }
  advance();
  return make_literal(token.at, std::get<Literal>(value));
}

Expr* Parser::constant(Literal::Kind kind) {
  Expr* node = make_literal(token_.at, Literal(kind));
  advance();
  return node;
}

// ---- displays ----

Expr* Parser::parenthesized() {
  const Position at = token_.at;
  advance();
  return parenthesized_rest(at);
}

/// What follows an opening parenthesis: (), (yield a), (a), (a, b) or (a for a in b).
Expr* Parser::parenthesized_rest(Position at) {
  if (accept(Kind::RightParen)) return make_tuple(at, {});
  Expr* content = nullptr;
  if (this->at(Kind::Yield)) {
    content = yield();
  } else {
    content = list_of(&Parser::starred_or_named);
    if (starts_comprehension()) content = generator(at, content);
  }
  expect(Kind::RightParen);
  return content;
}

Expr* Parser::list_display() {
  const Position at = token_.at;
  advance();
  std::vector<Expr*> items;
  while (!this->at(Kind::RightBracket)) {
    items.push_back(starred_or_named());
    if (items.size() == 1 && starts_comprehension()) {
      Expr* node = comprehension(Comprehension::Result::List, at, items[0], nullptr);
      expect(Kind::RightBracket);
      return node;
    }
    if (!accept(Kind::Comma)) break;
  }
  expect(Kind::RightBracket);
  List* node = make<List>(at);
  node->items = keep(items);
  return node;
}

/// The first item tells which it is.
Expr* Parser::dict_or_set() {
  const Position at = token_.at;
  advance();
  if (accept(Kind::RightBrace)) return make<Dict>(at);
  if (accept(Kind::DoubleStar)) return dict_display(at, {nullptr, operand()});
  Expr* first = starred_or_named();
  if (accept(Kind::Colon)) return dict_display(at, {first, test()});
  return set_display(at, first);
}

Expr* Parser::dict_display(Position at, DictItem first) {
  if (first.key != nullptr && starts_comprehension()) {
    Expr* node = comprehension(Comprehension::Result::Dict, at, first.key, first.value);
    expect(Kind::RightBrace);
    return node;
  }
  std::vector<DictItem> items{first};
  while (accept(Kind::Comma) && !this->at(Kind::RightBrace)) items.push_back(dict_item());
  expect(Kind::RightBrace);
  Dict* node = make<Dict>(at);
  node->items = keep(items);
  return node;
}

DictItem Parser::dict_item() {
  if (accept(Kind::DoubleStar)) return {nullptr, operand()};
  const Position at = token_.at;
  Expr* key = test();
  if (this->at(Kind::Comma) || this->at(Kind::RightBrace)) syntax_error("expecting key:value for dict", at);
  expect(Kind::Colon);
  return {key, test()};
}

Expr* Parser::set_display(Position at, Expr* first) {
  if (starts_comprehension()) {
    Expr* node = comprehension(Comprehension::Result::Set, at, first, nullptr);
    expect(Kind::RightBrace);
    return node;
  }
  std::vector<Expr*> items{first};
  while (accept(Kind::Comma) && !this->at(Kind::RightBrace)) items.push_back(starred_or_named());
  if (this->at(Kind::Colon)) syntax_error("expecting just a value for set", items.back()->at);
  expect(Kind::RightBrace);
  Set* node = make<Set>(at);
  node->items = keep(items);
  return node;
}

}  // namespace upy
