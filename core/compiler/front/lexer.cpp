#include "compiler/front/lexer.h"

#include <algorithm>
#include <array>
#include <string>

#include "bytecode/utf8.h"

namespace upy {

namespace {

constexpr uint32_t kTabWidth = 8;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr const char* kNotUtf8 = "source is not UTF-8, and no comment in its first two lines says coding: latin-1";

// ---- characters ----

enum CharClass : uint8_t { kNameStart = 1, kNameTail = 2, kDigit = 4, kBlank = 8, kLetter = 16 };

constexpr auto kCharClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 'a' + 'A'] = kNameStart | kNameTail | kLetter;
  for (int c = '0'; c <= '9'; ++c) classes[c] = kNameTail | kDigit;
  for (int c = 0x80; c <= 0xFF; ++c) classes[c] = kNameStart | kNameTail;  // UTF-8
  classes['_'] = kNameStart | kNameTail;
  for (const char c : {' ', '\t', '\v', '\f'}) classes[static_cast<unsigned char>(c)] = kBlank;
  return classes;
}();

bool is(char c, CharClass char_class) { return kCharClasses[static_cast<unsigned char>(c)] & char_class; }

// ---- words and operators ----

struct Spelled {
  std::string_view spelling;
  Token::Kind kind;
};

#define X(name, spelling) Spelled{spelling, Token::Kind::name},
constexpr Spelled kKeywords[] = {UPY_KEYWORDS(X)};
constexpr Spelled kOperators[] = {UPY_OPERATORS(X)};
#undef X
static_assert(std::ranges::is_sorted(kKeywords, {}, &Spelled::spelling));

/// By its first character: where in kOperators an operator is searched for.
constexpr auto kFirstOperators = [] {
  std::array<uint8_t, 256> first{};
  first.fill(std::size(kOperators));
  for (size_t i = std::size(kOperators); i-- > 0;) first[static_cast<unsigned char>(kOperators[i].spelling[0])] = i;
  return first;
}();

Token::Kind keyword_or_name(std::string_view text) {
  const auto* found = std::ranges::lower_bound(kKeywords, text, {}, &Spelled::spelling);
  return found != std::end(kKeywords) && found->spelling == text ? found->kind : Token::Kind::Name;
}

int bracket_change(Token::Kind kind) {
  switch (kind) {
    case Token::Kind::LeftParen:
    case Token::Kind::LeftBracket:
    case Token::Kind::LeftBrace:
      return 1;
    case Token::Kind::RightParen:
    case Token::Kind::RightBracket:
    case Token::Kind::RightBrace:
      return -1;
    default:
      return 0;
  }
}

bool is_quote(char c) { return c == '\'' || c == '"'; }

}  // namespace

Lexer::Lexer(std::string_view source, Token::Kind debug, Arena& arena, FirstError& error)
    : cursor_(source.data()), end_(source.data() + source.size()), debug_(debug), arena_(arena), error_(error) {
  if (source.starts_with(kByteOrderMark)) cursor_ += kByteOrderMark.size();
  counted_ = cursor_;
}

Token Lexer::next() {
  if (error_.occurred()) return make(Token::Kind::End, cursor_, position());
  if (at_line_start_) {
    if (const std::optional<Token> token = line_start()) return *token;
  }
  if (pending_dedents_ > 0) {
    --pending_dedents_;
    return make(Token::Kind::Dedent, cursor_, position());
  }
  take_blanks();
  if (at_end() || at_newline()) return line_end();
  line_is_open_ = true;
  const char c = *cursor_;
  if (const size_t length = string_prefix_length(); is_quote(peek(length))) return string(length);
  if (is(c, kNameStart)) return name();
  if (is(c, kDigit) || (c == '.' && is(peek(1), kDigit))) return number();
  return operator_or_delimiter();
}

void Lexer::skip_leading_blanks() {
  while (is(peek(), kBlank) || at_newline()) at_newline() ? take_newline() : step();
  at_line_start_ = false;
}

Lexer::Surroundings Lexer::enter_field() {
  const Surroundings surroundings{brackets_, field_};
  field_ = ++brackets_;
  return surroundings;
}

void Lexer::leave_field(Surroundings surroundings) {
  brackets_ = surroundings.brackets;
  field_ = surroundings.field;
}

// ---- places ----

/// The position of the cursor. Characters are counted once: positions are asked for in the order of the source.
ast::Position Lexer::position() {
  for (; counted_ != cursor_; ++counted_) {
    if ((reinterpret_cast<uintptr_t>(counted_) & (kBytesPerCheck - 1)) == 0 && error_.is_stopped()) break;
    if (!is_continuation(*counted_)) ++counted_column_;
  }
  return {line_, counted_column_};
}

Token Lexer::make(Token::Kind kind, const char* start, ast::Position at) const {
  Token token;
  token.kind = kind;
  token.at = at;
  token.source = {start, static_cast<size_t>(cursor_ - start)};
  return token;
}

// ---- lines and blanks ----

void Lexer::take_newline() {
  const bool pair = peek() == '\r' && peek(1) == '\n';
  if (pair) step();
  step();
  ++line_;
  counted_ = cursor_;
  counted_column_ = 1;
}

void Lexer::take_comment() {
  while (!at_end() && !at_newline()) step();
}

/// Takes what separates tokens. Stops at the newline that ends a logical line.
void Lexer::take_blanks() {
  while (!at_end()) {
    const char c = *cursor_;
    if (is(c, kBlank)) {
      step();
    } else if (c == '#') {
      take_comment();
    } else if (at_newline() && brackets_ > 0) {
      take_newline();
    } else if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
      ++cursor_;
      take_newline();
      line_is_open_ = true;
      ended_open_ |= at_end();
    } else {
      return;
    }
  }
}

/// Takes the blanks a line starts with and tells how far they indent it.
uint32_t Lexer::take_indentation() {
  uint32_t width = 0;
  for (; is(peek(), kBlank); step()) {
    if (*cursor_ == '\f') {
      width = 0;
    } else if (*cursor_ == '\t') {
      width = (width / kTabWidth + 1) * kTabWidth;
    } else {
      ++width;
    }
  }
  return width;
}

/// Finds the next line that is not blank and compares its indentation with that of the blocks around it. Returns
/// nothing if it goes on in the same block, or with the dedents that are then pending.
std::optional<Token> Lexer::line_start() {
  uint32_t width = take_indentation();
  while (peek() == '#' || at_newline()) {
    take_comment();
    if (!at_end()) take_newline();
    width = take_indentation();
  }
  if (at_end()) width = 0;
  at_line_start_ = false;
  if (width > indentations_.back()) {
    indentations_.push_back(width);
    return make(Token::Kind::Indent, cursor_, position());
  }
  for (; width < indentations_.back(); indentations_.pop_back()) ++pending_dedents_;
  if (width != indentations_.back()) return make(Token::Kind::DedentMismatch, cursor_, position());
  return std::nullopt;
}

/// The end of a logical line, and at the end of the source the end of everything.
Token Lexer::line_end() {
  if (!line_is_open_ && at_end()) return make(Token::Kind::End, cursor_, position());
  const Token token = make(Token::Kind::Newline, cursor_, position());
  ended_open_ |= at_end() && brackets_ > 0;
  if (!at_end()) take_newline();
  line_is_open_ = false;
  at_line_start_ = true;
  return token;
}

// ---- names, numbers, operators ----

Token Lexer::name() {
  const ast::Position at = position();
  const char* start = cursor_;
  bool ascii = true;
  for (; !at_end() && is(*cursor_, kNameTail); step()) ascii &= static_cast<signed char>(*cursor_) >= 0;
  Token token = make(Token::Kind::Name, start, at);
  token.text = token.source;
  token.kind = keyword_or_name(token.text);
  if (token.text == "__debug__") token.kind = debug_;
  if (token.text.size() > kMaxNameBytes) error_.report(Diagnostic::Kind::RuntimeError, "name too long", at);
  if (!ascii && !is_utf8(token.text)) error_.report(Diagnostic::Kind::UnicodeError, kNotUtf8, at);
  return token;
}

/// A number takes all letters, digits and dots that follow, whether they make sense or not.
Token Lexer::number() {
  const ast::Position at = position();
  const char* start = cursor_;
  const char base = static_cast<char>(peek(1) | 0x20);
  const bool prefixed = *cursor_ == '0' && (base == 'x' || base == 'o' || base == 'b');
  for (; !at_end(); step()) {
    const char c = *cursor_;
    const bool exponent = !prefixed && (c == 'e' || c == 'E');
    if (exponent && (peek(1) == '+' || peek(1) == '-')) {
      ++cursor_;
    } else if (!is(c, kDigit) && !is(c, kLetter) && c != '.' && c != '_') {
      break;
    }
  }
  Token token = make(Token::Kind::Number, start, at);
  token.text = token.source;
  return token;
}

Token Lexer::operator_or_delimiter() {
  const ast::Position at = position();
  const char* start = cursor_;
  if (directly_in_field() && (*cursor_ == ':' || (*cursor_ == '!' && peek(1) != '='))) {
    ++cursor_;
    return make(*start == ':' ? Token::Kind::FieldColon : Token::Kind::FieldBang, start, at);
  }
  const std::string_view rest(cursor_, static_cast<size_t>(end_ - cursor_));
  for (size_t i = kFirstOperators[static_cast<unsigned char>(*cursor_)];
       i < std::size(kOperators) && kOperators[i].spelling[0] == *cursor_; ++i) {
    if (!rest.starts_with(kOperators[i].spelling)) continue;
    cursor_ += kOperators[i].spelling.size();
    brackets_ = std::max(0, brackets_ + bracket_change(kOperators[i].kind));
    return make(kOperators[i].kind, start, at);
  }
  ++cursor_;
  return make(Token::Kind::Invalid, start, at);
}

// ---- strings ----

/// The length of the prefix that a literal starting here would have; whether a quote follows it remains to be seen.
size_t Lexer::string_prefix_length() const {
  const auto lower = [this](size_t index) { return static_cast<char>(peek(index) | 0x20); };
  const char first = lower(0);
  const char second = lower(1);
  if (first == 'r') return second == 'b' || second == 'f' ? 2 : 1;
  if (first == 'b' || first == 'f') return second == 'r' ? 2 : 1;
  return first == 'u' ? 1 : 0;
}

bool Lexer::at_quote(StringStyle style) const {
  return peek() == style.quote && (!style.triple || (peek(1) == style.quote && peek(2) == style.quote));
}

Token Lexer::string(size_t prefix_length) {
  const ast::Position at = position();
  const char* start = cursor_;
  const auto has_prefix = [&](char letter) {
    return std::any_of(start, start + prefix_length, [&](char c) { return (c | 0x20) == letter; });
  };
  cursor_ += prefix_length;
  StringStyle style{.quote = *cursor_, .triple = true, .raw = has_prefix('r')};
  style.triple = at_quote(style);
  cursor_ += style.triple ? 3 : 1;

  Token token;
  if (has_prefix('f')) {
    token = make(Token::Kind::FStringStart, start, at);
  } else {
    const ContentKind content = has_prefix('b') ? ContentKind::Bytes : ContentKind::Str;
    const char* body = cursor_;
    const bool closed = take_string_body(style);
    std::string_view text(body, static_cast<size_t>(cursor_ - body));
    if (closed) cursor_ += style.triple ? 3 : 1;
    const bool valid = closed && decode(text, style, content, at, text);
    token = make(!valid                          ? Token::Kind::Invalid
                 : content == ContentKind::Bytes ? Token::Kind::Bytes
                                                 : Token::Kind::String,
                 start, at);
    token.text = text;
  }
  token.style = style;
  return token;
}

/// Takes a backslash and the character after it, which thereby can't end the literal.
void Lexer::take_escaped() {
  step();
  if (at_newline()) {
    take_newline();
  } else if (!at_end()) {
    step();
  }
}

/// Takes characters up to the closing quote; false if there is none.
bool Lexer::take_string_body(StringStyle style) {
  while (!at_end()) {
    const char c = *cursor_;
    if (c == style.quote && at_quote(style)) return true;
    if (c == '\\') {
      take_escaped();
    } else if (!at_newline()) {
      step();
    } else if (style.triple) {
      take_newline();
    } else {
      return false;
    }
  }
  ended_open_ |= style.triple;
  return false;
}

/// Decodes what stands between the quotes of the literal at `at`. False if it is malformed; an error that is more
/// than that is reported.
bool Lexer::decode(std::string_view body, StringStyle style, ContentKind content, ast::Position at,
                   std::string_view& text) {
  const StringFault fault = style.raw ? decode_raw_string(body, content, arena_, error_, text)
                                      : decode_string(body, content, arena_, error_, text);
  if (fault == StringFault::NameEscape) {
    error_.report(Diagnostic::Kind::NotImplementedError, "unicode name escapes", at);
  } else if (fault == StringFault::NotUtf8) {
    error_.report(Diagnostic::Kind::UnicodeError, kNotUtf8, at);
  }
  return fault == StringFault::None;
}

/// The text from `start` to the cursor, which then skips `skip` more characters.
Lexer::TextPiece Lexer::text_piece(StringStyle style, const char* start, size_t skip, TextPiece::End end) {
  TextPiece piece{end, {start, static_cast<size_t>(cursor_ - start)}};
  cursor_ += skip;
  if (!decode(piece.text, style, ContentKind::Str, position(), piece.text)) piece.end = TextPiece::End::Error;
  return piece;
}

Lexer::TextPiece Lexer::fstring_text(StringStyle style) {
  const char* start = cursor_;
  while (!at_end()) {
    const char c = *cursor_;
    if (c == style.quote && at_quote(style))
      return text_piece(style, start, style.triple ? 3 : 1, TextPiece::End::Quote);
    if (c == '{' || c == '}') {
      if (peek(1) != c) return text_piece(style, start, 1, c == '{' ? TextPiece::End::Field : TextPiece::End::Brace);
      ++cursor_;  // the first of two braces belongs to the text
      return text_piece(style, start, 1, TextPiece::End::Text);
    }
    if (c == '\\' && peek(1) != '{' && peek(1) != '}') {
      take_escaped();
    } else if (!at_newline()) {
      step();
    } else if (style.triple) {
      take_newline();
    } else {
      break;
    }
  }
  ended_open_ |= at_end() && style.triple;
  return {TextPiece::End::Error, {}};
}

Lexer::TextPiece Lexer::format_spec_text(StringStyle style) {
  const char* start = cursor_;
  while (!at_end() && !(at_newline() && !style.triple)) {
    const char c = *cursor_;
    if (c == '{') return text_piece(style, start, 1, TextPiece::End::Field);
    if (c == '}') return text_piece(style, start, 1, TextPiece::End::Brace);
    if (c == style.quote && at_quote(style)) break;
    if (c == '\\') {
      take_escaped();
    } else if (at_newline()) {
      take_newline();
    } else {
      step();
    }
  }
  ended_open_ |= at_end() && style.triple;
  return {TextPiece::End::Error, {}};
}

}  // namespace upy
