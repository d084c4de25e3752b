#include "compiler/front/incomplete.h"

#include <string>

#include "compiler/front/parser_impl.h"

namespace upy {

namespace {

bool starts_compound(std::string_view source) {
  using Kind = Token::Kind;
  Arena arena(CompileOptions().max_bytes);
  FirstError error;
  switch (Lexer(source, Kind::True, arena, error).next().kind) {
    case Kind::At:
    case Kind::Async:
    case Kind::Class:
    case Kind::Def:
    case Kind::For:
    case Kind::If:
    case Kind::Try:
    case Kind::While:
    case Kind::With:
      return true;
    default:
      return false;
  }
}

/// Whether the source ends in the middle of a token or of a logical line.
bool ends_open(std::string_view source) {
  CompileOptions options;
  options.mode = CompileOptions::Mode::Single;
  Arena arena(options.max_bytes);
  FirstError error;
  Parser parser(source, options, arena, error);
  parser.parse();
  return parser.ended_open();
}

}  // namespace

bool is_incomplete(std::string_view source) {
  const bool last_line_is_empty = source.empty() || source.back() == '\n';
  if (!last_line_is_empty && starts_compound(source)) return true;
  return ends_open(std::string(source) + '\n');
}

}  // namespace upy
