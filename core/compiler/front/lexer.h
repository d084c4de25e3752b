#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/compiler.h"
#include "compiler/front/arena.h"
#include "compiler/front/first_error.h"
#include "compiler/front/string_literal.h"
#include "compiler/front/token.h"

namespace upy {

/// Cuts a source text into tokens, on demand and without looking ahead: after a token, nothing beyond it was read. The
/// parser relies on that to have the inside of f-strings read as text or as tokens, as it needs.
///
/// Lines end with LF, CR or CRLF; a byte order mark in front is skipped. Tabs lead to the next multiple of eight
/// columns when indentation is compared, a form feed back to the first column. Inside of brackets there are neither
/// Newline nor Indent and Dedent tokens.
///
/// An error that has a message of its own is reported at once, and all further tokens are End. What is merely wrong
/// becomes an Invalid token.
class Lexer {
 public:
  /// `debug`: True or False, what __debug__ stands for. Tokens point into `source` and `arena`, which both must outlive
  /// them.
  Lexer(std::string_view source, Token::Kind debug, Arena& arena, FirstError& error);

  /// The next token.
  Token next();

  /// Skips blanks and empty lines at the very start of the source, as eval() does.
  void skip_leading_blanks();

  /// A piece of text in an f-string or in a format spec, and what it ends with.
  struct TextPiece {
    enum class End {
      Text,   ///< more text
      Quote,  ///< the closing quote: the f-string is over
      Field,  ///< the opening brace of a replacement field
      Brace,  ///< a closing brace: the end of a format spec, in text an error
      Error,  ///< the literal is malformed or not closed
    };
    End end;
    std::string_view text;  ///< decoded
  };
  /// Reads text of the f-string that an FStringStart opened, at its start or after a replacement field.
  TextPiece fstring_text(StringStyle style);
  /// Reads text of a format spec, in which braces can't be doubled.
  TextPiece format_spec_text(StringStyle style);

  /// What is to be restored after a replacement field; fields nest.
  struct Surroundings {
    int brackets;
    int field;
  };
  /// Starts a replacement field, whose opening brace was read. FieldColon and FieldBang tokens exist directly in it.
  Surroundings enter_field();
  /// Ends the replacement field that enter_field started.
  void leave_field(Surroundings surroundings);

  /// Whether the source ended in the middle of something that a further line would go on with: in brackets, in a string
  /// between triple quotes, or behind a backslash.
  bool ended_open() const { return ended_open_; }
  /// Where the next token is searched for.
  const char* cursor() const { return cursor_; }

 private:
  static constexpr uintptr_t kBytesPerCheck = 16 << 10;

  bool at_end() const { return cursor_ == end_; }
  /// Takes a character. Where the compilation is to end early, the source ends behind it.
  void step() {
    if ((reinterpret_cast<uintptr_t>(++cursor_) & (kBytesPerCheck - 1)) == 0 && error_.is_stopped()) end_ = cursor_;
  }
  char peek(size_t ahead = 0) const { return ahead < size_t(end_ - cursor_) ? cursor_[ahead] : '\0'; }
  bool at_newline() const { return peek() == '\n' || peek() == '\r'; }
  bool at_quote(StringStyle style) const;
  bool directly_in_field() const { return brackets_ == field_; }
  ast::Position position();
  void take_newline();
  void take_comment();
  void take_blanks();
  void take_escaped();
  uint32_t take_indentation();

  Token make(Token::Kind kind, const char* start, ast::Position at) const;
  std::optional<Token> line_start();
  Token line_end();
  Token name();
  Token number();
  Token string(size_t prefix_length);
  Token operator_or_delimiter();
  size_t string_prefix_length() const;
  bool take_string_body(StringStyle style);
  TextPiece text_piece(StringStyle style, const char* start, size_t skip, TextPiece::End end);
  bool decode(std::string_view body, StringStyle style, ContentKind content, ast::Position at, std::string_view& text);

  const char* cursor_;
  const char* end_;
  Token::Kind debug_;
  Arena& arena_;
  FirstError& error_;

  uint32_t line_ = 1;
  const char* counted_;          ///< up to here the columns of the line are counted
  uint32_t counted_column_ = 1;  ///< the column of *counted_

  int brackets_ = 0;           ///< open brackets
  int field_ = -1;             ///< `brackets_` of what stands directly in the innermost replacement field
  bool at_line_start_ = true;  ///< the next line's indentation is still to be looked at
  bool line_is_open_ = false;  ///< a logical line has begun, which a Newline must end
  bool ended_open_ = false;
  size_t pending_dedents_ = 0;  ///< Dedent tokens still to be given
  std::vector<uint32_t> indentations_{0};
};

}  // namespace upy
