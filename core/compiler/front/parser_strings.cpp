#include <string>

#include "compiler/front/parser_impl.h"

namespace upy {

using namespace ast;

/// The parts of a str that is written with adjacent literals and f-strings. Texts that follow each other become one.
class Parser::StringParts {
 public:
  explicit StringParts(Parser& parser) : parser_(parser), at_(parser.token_.at) {}

  void add(std::string_view text) {
    if (!text.empty()) texts_.push_back(text);
  }

  void add(FormattedValue* value) {
    if (!texts_.empty()) flush();
    parts_.push_back(value);
  }

  /// What follows is an f-string, with or without fields.
  void begin_fstring() { has_fstring_ = true; }

  /// A LiteralExpr if there are only texts of plain literals, else an FString.
  Expr* finish() {
    if (!has_fstring_ && parts_.empty()) return parser_.make_literal(at_, joined());
    if (parts_.empty() || !texts_.empty()) flush();
    FString* node = parser_.make<FString>(at_);
    node->parts = parser_.keep(parts_);
    return node;
  }

 private:
  /// Makes a part of the texts, of which there may be none.
  void flush() {
    parts_.push_back(parser_.make_literal(at_, joined()));
    texts_.clear();
  }

  Literal joined() const { return Literal(Literal::Kind::Str, join(texts_, parser_.arena_)); }

  Parser& parser_;
  Position at_;
  std::vector<std::string_view> texts_;
  std::vector<Expr*> parts_;
  bool has_fstring_ = false;
};

/// Adjacent literals of str.
Expr* Parser::strings() {
  StringParts parts(*this);
  while (at(Kind::String) || at(Kind::FStringStart)) {
    if (at(Kind::FStringStart)) {
      fstring(parts);
    } else {
      parts.add(token_.text);
    }
    advance();
  }
  return parts.finish();
}

/// Adjacent literals of bytes.
Expr* Parser::bytes() {
  const Position at = token_.at;
  std::vector<std::string_view> texts;
  for (; this->at(Kind::Bytes); advance()) texts.push_back(token_.text);
  return make_literal(at, Literal(Literal::Kind::Bytes, join(texts, arena_)));
}

/// The content of the f-string that token_ opens, up to its closing quote.
void Parser::fstring(StringParts& parts) {
  const Token start = token_;
  parts.begin_fstring();
  while (!error_.occurred()) {
    const Lexer::TextPiece piece = lexer_.fstring_text(start.style);
    parts.add(piece.text);
    switch (piece.end) {
      case Lexer::TextPiece::End::Text:
        break;
      case Lexer::TextPiece::End::Quote:
        return;
      case Lexer::TextPiece::End::Field:
        replacement_field(start.style, parts);
        break;
      case Lexer::TextPiece::End::Brace:
      case Lexer::TextPiece::End::Error:
        return malformed_fstring(start.at);
    }
  }
}

/// {values [=] [!conversion] [:spec]} after its opening brace, up to its closing one.
void Parser::replacement_field(StringStyle style, StringParts& parts) {
  const Nesting nesting(*this);
  const Lexer::Surroundings surroundings = lexer_.enter_field();
  const char* start = lexer_.cursor();
  advance();
  FormattedValue* node = make<FormattedValue>(token_.at);
  if (at(Kind::RightBrace) || at(Kind::FieldBang) || at(Kind::FieldColon)) malformed_fstring(token_.at);
  node->value = at(Kind::Yield) ? yield() : list_of(&Parser::starred_or_named);
  if (accept(Kind::Equal)) parts.add({start, static_cast<size_t>(token_.source.data() - start)});
  if (accept(Kind::FieldBang)) node->conversion = conversion();
  if (at(Kind::FieldColon)) {
    node->spec = format_spec(style, token_.at);
  } else if (!at(Kind::RightBrace)) {
    unexpected_token();
  }
  lexer_.leave_field(surroundings);
  parts.add(node);
}

/// r, s or a behind an exclamation mark.
char Parser::conversion() {
  const Token token = token_;
  expect(Kind::Name);
  const bool known = token.text == "r" || token.text == "s" || token.text == "a";
  if (!known) malformed_fstring(token.at);
  return known ? token.text[0] : '\0';
}

/// The spec behind the colon that is token_, up to the closing brace of its field.
Expr* Parser::format_spec(StringStyle style, Position at) {
  const Nesting nesting(*this);
  StringParts parts(*this);
  while (!error_.occurred()) {
    const Lexer::TextPiece piece = lexer_.format_spec_text(style);
    parts.add(piece.text);
    if (piece.end == Lexer::TextPiece::End::Brace) break;
    if (piece.end == Lexer::TextPiece::End::Field) {
      replacement_field(style, parts);
    } else {
      malformed_fstring(at);
    }
  }
  return parts.finish();
}

void Parser::malformed_fstring(Position at) { syntax_error("malformed f-string", at); }

}  // namespace upy
