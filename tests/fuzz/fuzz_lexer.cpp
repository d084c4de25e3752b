// Any bytes fall into tokens: these lie in the source one after the other, and the last is End.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "compiler/front/lexer.h"

namespace upy {
namespace {

using TextEnd = Lexer::TextPiece::End;

void require(bool condition) {
  if (!condition) std::abort();
}

class TokenWalk {
 public:
  explicit TokenWalk(std::string_view source)
      : arena_(1 << 24), lexer_(source, Token::Kind::True, arena_, error_), end_(source.data()) {
    limit_ = source.data() + source.size();
  }

  void run() {
    while (next().kind != Token::Kind::End) {
    }
  }

 private:
  Token next() {
    const Token token = lexer_.next();
    require(token.source.data() >= end_ && token.source.data() + token.source.size() <= limit_);
    require(token.at.line > at_.line || (token.at.line == at_.line && token.at.column >= at_.column));
    end_ = token.source.data() + token.source.size();
    at_ = token.at;
    if (token.kind == Token::Kind::FStringStart) fstring(token.style);
    return token;
  }

  void fstring(StringStyle style) {
    for (TextEnd end = TextEnd::Text; end == TextEnd::Text || end == TextEnd::Field;) {
      end = lexer_.fstring_text(style).end;
      end_ = lexer_.cursor();
      if (end == TextEnd::Field) field();
    }
  }

  void field() {
    const Lexer::Surroundings surroundings = lexer_.enter_field();
    for (Token token = lexer_.next(); token.kind != Token::Kind::RightBrace && token.kind != Token::Kind::End;) {
      token = lexer_.next();
    }
    end_ = lexer_.cursor();
    lexer_.leave_field(surroundings);
  }

  Arena arena_;
  FirstError error_;
  Lexer lexer_;
  const char* end_;
  const char* limit_;
  ast::Position at_;
};

}  // namespace
}  // namespace upy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  upy::TokenWalk(std::string_view(reinterpret_cast<const char*>(data), size)).run();
  return 0;
}
