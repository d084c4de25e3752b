#include "compiler/front/parser.h"

#include <string>

#include "compiler/front/parser_impl.h"

namespace upy {

using namespace ast;

ast::Module* parse(std::string_view source, const CompileOptions& options, Arena& arena,
                   std::optional<Diagnostic>& error) {
  FirstError first_error(options.stopped);
  ast::Module* module = Parser(source, options, arena, first_error).parse();
  error = first_error.take();
  return error ? nullptr : module;
}

ast::Module* Parser::parse() {
  ast::Module* module = arena_.make<ast::Module>();
  std::vector<Stmt*> body;
  switch (options_.mode) {
    case CompileOptions::Mode::Module:
    case CompileOptions::Mode::Namespace:
    case CompileOptions::Mode::Pasted:
      advance();
      module->body = statements_until(Kind::End);
      break;
    case CompileOptions::Mode::Single:
      advance();
      if (!at(Kind::End)) statement(body);
      break;
    case CompileOptions::Mode::Eval: {
      lexer_.skip_leading_blanks();
      advance();
      ExprStmt* statement = make<ExprStmt>(token_.at);
      statement->value = value_list();
      body.push_back(statement);
      accept(Kind::Newline);
      break;
    }
  }
  expect(Kind::End);
  if (!body.empty()) module->body = keep(body);
  return module;
}

// ---- tokens ----

void Parser::advance() {
  last_end_ = token_.source.data() + token_.source.size();
  token_ = pushed_back_ ? *std::exchange(pushed_back_, std::nullopt) : lexer_.next();
  if (error_.occurred()) token_.kind = Kind::End;
  if (arena_.exhausted()) {
    arena_.host_refused() ? error_.report_host_out_of_memory(token_.at)
                          : error_.report_out_of_memory(options_, token_.at);
    token_.kind = Kind::End;
  }
}

bool Parser::accept(Kind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

void Parser::expect(Kind kind) {
  if (!at(kind)) return unexpected_token();
  if (kind != Kind::End) advance();
}

std::string_view Parser::expect_name() {
  const std::string_view name = token_.text;
  expect(Kind::Name);
  return name;
}

bool Parser::starts_expression() const {
  switch (token_.kind) {
    case Kind::Name:
    case Kind::Number:
    case Kind::String:
    case Kind::Bytes:
    case Kind::FStringStart:
    case Kind::None:
    case Kind::True:
    case Kind::False:
    case Kind::Ellipsis:
    case Kind::LeftParen:
    case Kind::LeftBracket:
    case Kind::LeftBrace:
    case Kind::Plus:
    case Kind::Minus:
    case Kind::Tilde:
    case Kind::Star:
    case Kind::Not:
    case Kind::Lambda:
    case Kind::Await:
      return true;
    default:
      return false;
  }
}

// ---- errors ----

void Parser::fail(Diagnostic::Kind kind, std::string_view message, Position at) {
  error_.report(kind, std::string(message), at);
  token_.kind = Kind::End;
}

void Parser::syntax_error(std::string_view message, Position at) { fail(Diagnostic::Kind::SyntaxError, message, at); }

void Parser::unexpected_token() {
  switch (token_.kind) {
    case Kind::Indent:
      return fail(Diagnostic::Kind::IndentationError, "unexpected indent", token_.at);
    case Kind::DedentMismatch:
      return fail(Diagnostic::Kind::IndentationError, "unindent doesn't match any outer indent level", token_.at);
    default:
      return syntax_error("invalid syntax", token_.at);
  }
}

void Parser::too_deep(int limit) { syntax_error(too_deep_message(limit), token_.at); }

}  // namespace upy
