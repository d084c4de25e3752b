#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/front/position.h"

namespace upy {

// clang-format off
/// The keywords: the name of the token and its spelling, in the order of the spellings.
#define UPY_KEYWORDS(X)                                                                                       \
  X(False, "False") X(None, "None") X(True, "True") X(And, "and") X(As, "as") X(Assert, "assert")             \
  X(Async, "async") X(Await, "await") X(Break, "break") X(Class, "class") X(Continue, "continue")             \
  X(Def, "def") X(Del, "del") X(Elif, "elif") X(Else, "else") X(Except, "except") X(Finally, "finally")       \
  X(For, "for") X(From, "from") X(Global, "global") X(If, "if") X(Import, "import") X(In, "in") X(Is, "is")   \
  X(Lambda, "lambda") X(Nonlocal, "nonlocal") X(Not, "not") X(Or, "or") X(Pass, "pass") X(Raise, "raise")     \
  X(Return, "return") X(Try, "try") X(While, "while") X(With, "with") X(Yield, "yield")

/// The operators and delimiters: the name of the token and its spelling. Of those that start alike the longer ones
/// come first.
#define UPY_OPERATORS(X)                                                                                      \
  X(LeftParen, "(") X(RightParen, ")") X(LeftBracket, "[") X(RightBracket, "]") X(LeftBrace, "{")             \
  X(RightBrace, "}") X(Comma, ",") X(Semicolon, ";") X(Tilde, "~") X(Walrus, ":=") X(Colon, ":")              \
  X(Ellipsis, "...") X(Dot, ".") X(NotEqual, "!=")                                                            \
  X(ShiftLeftEqual, "<<=") X(ShiftLeft, "<<") X(LessEqual, "<=") X(Less, "<")                                 \
  X(ShiftRightEqual, ">>=") X(ShiftRight, ">>") X(GreaterEqual, ">=") X(Greater, ">")                         \
  X(DoubleStarEqual, "**=") X(DoubleStar, "**") X(StarEqual, "*=") X(Star, "*")                               \
  X(DoubleSlashEqual, "//=") X(DoubleSlash, "//") X(SlashEqual, "/=") X(Slash, "/")                           \
  X(PlusEqual, "+=") X(Plus, "+") X(MinusEqual, "-=") X(Arrow, "->") X(Minus, "-")                            \
  X(PercentEqual, "%=") X(Percent, "%") X(AmpersandEqual, "&=") X(Ampersand, "&")                             \
  X(BarEqual, "|=") X(Bar, "|") X(CaretEqual, "^=") X(Caret, "^") X(AtEqual, "@=") X(At, "@")                 \
  X(EqualEqual, "==") X(Equal, "=")
// clang-format on

/// How the literal a string token starts is written.
struct StringStyle {
  char quote = '\'';
  bool triple = false;
  bool raw = false;
};

/// A token of the source.
struct Token {
  enum class Kind : uint8_t {
    End,             ///< the end of the source, for ever; also after an error
    Newline,         ///< the end of a logical line
    Indent,          ///< the block that starts here is indented deeper
    Dedent,          ///< a block has ended
    DedentMismatch,  ///< indented less than the block above, but like none around it
    Name,
    Number,        ///< `text` has the digits; see number_literal.h
    String,        ///< `text` has the decoded content
    Bytes,         ///< `text` has the decoded content
    FStringStart,  ///< the opening quote, described by `style`; its content is fetched by Lexer::fstring_text
    FieldColon,    ///< the colon before a format spec in an f-string
    FieldBang,     ///< the exclamation mark before a conversion in an f-string
    Parsed,        ///< an expression that the parser has read already
    Invalid,       ///< nothing that the language knows
#define X(name, spelling) name,
    UPY_KEYWORDS(X) UPY_OPERATORS(X)
#undef X
  };
  Kind kind = Kind::End;
  StringStyle style;
  ast::Position at;
  std::string_view source;  ///< the characters of the token in the source
  std::string_view text;    ///< the name, or what `kind` says
};

}  // namespace upy
