#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/compiler.h"
#include "compiler/front/arena.h"
#include "compiler/front/ast.h"
#include "compiler/front/const_table.h"
#include "compiler/front/first_error.h"
#include "compiler/front/lexer.h"
#include "compiler/front/parser.h"

// The parser: recursive descent with one token of lookahead and no way back, a function per rule of the grammar.
//
// A function starts with its first token as token_ and returns with token_ behind its last. It always returns a node:
// after an error token_ is End for ever, which no rule takes and every loop ends at, so the rules need not ask whether
// something failed; what they build then is never seen.
//
// Two things are bounded. `Nesting` counts the recursion in depth_: every way from a rule back to itself leads through
// one. The tree may be deeper than that, because a node that is made after its first child, as for a.b().c[d], puts
// that one level down without recursion; `Subtree` accounts for it in peak_, the depth of the deepest node so far.

namespace upy {

class Parser {
 public:
  Parser(std::string_view source, const CompileOptions& options, Arena& arena, FirstError& error)
      : options_(options),
        arena_(arena),
        error_(error),
        lexer_(source, options.opt_level == 0 ? Kind::True : Kind::False, arena, error) {}

  /// Parses the whole source.
  ast::Module* parse();
  /// As Lexer::ended_open.
  bool ended_open() const { return lexer_.ended_open(); }

 private:
  using Kind = Token::Kind;
  using Item = ast::Expr* (Parser::*)();

  /// One level of recursion, while it lives.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      parser_.peak_ = std::max(parser_.peak_, ++parser_.depth_);
      if (parser_.depth_ > kMaxNesting) parser_.too_deep(kMaxNesting);
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  /// An expression being read, while it lives.
  class Subtree {
   public:
    explicit Subtree(Parser& parser) : parser_(parser), outer_peak_(std::exchange(parser.peak_, parser.depth_)) {}
    ~Subtree() { parser_.peak_ = std::max(parser_.peak_, outer_peak_); }
    Subtree(const Subtree&) = delete;
    Subtree& operator=(const Subtree&) = delete;

    /// What was read of the expression becomes the child of another node.
    void put_down() {
      if (++parser_.peak_ > kMaxTreeDepth) parser_.too_deep(kMaxTreeDepth);
    }

   private:
    Parser& parser_;
    int outer_peak_;
  };

  enum class AnnotationRule { Allowed, None };
  class StringParts;

  // tokens
  bool at(Kind kind) const { return token_.kind == kind; }
  bool accept(Kind kind);
  void expect(Kind kind);
  void advance();
  std::string_view expect_name();
  bool starts_expression() const;
  bool starts_comprehension() const { return at(Kind::For) || at(Kind::Async); }
  void push_back(const Token& first, ast::Expr* expression);

  // errors
  void fail(Diagnostic::Kind kind, std::string_view message, ast::Position at);
  void syntax_error(std::string_view message, ast::Position at);
  void unexpected_token();
  void too_deep(int limit);

  // nodes
  template <class T>
  T* make(ast::Position at) {
    T* node = arena_.make<T>();
    node->at = at;
    return node;
  }
  template <class T>
  std::span<T> keep(const std::vector<T>& items) {
    return arena_.copy(std::span<const T>(items));
  }
  ast::Expr* make_literal(ast::Position at, const ast::Literal& value);
  ast::Expr* make_tuple(ast::Position at, const std::vector<ast::Expr*>& items);
  ast::Expr* make_unary(ast::Position at, ast::UnaryOp op, ast::Expr* operand);
  ast::Expr* make_logical(ast::Position at, ast::LogicalOp op, const std::vector<ast::Expr*>& operands);

  // statements
  void statement(std::vector<ast::Stmt*>& out);
  void simple_statements(std::vector<ast::Stmt*>& out);
  ast::Stmts block();
  ast::Stmts statements_until(Kind end);
  ast::Stmts else_block();
  ast::Stmt* small_statement();
  ast::Stmt* expression_statement();
  ast::Stmt* evaluation(ast::Position at, ast::Expr* value);
  ast::Stmt* annotated(ast::Position at, ast::Expr* target);
  ast::Stmt* augmented(ast::Position at, ast::Expr* target, ast::BinaryOp op);
  ast::Stmt* assignment(ast::Position at, const std::vector<ast::Expr*>& targets, ast::Expr* value);
  ast::Expr* define_constant(std::string_view name, ast::Call& call);
  ast::Stmt* delete_statement();
  ast::Stmt* return_statement();
  ast::Stmt* raise_statement();
  ast::Stmt* assert_statement();
  ast::Names name_list();
  ast::Stmt* import_statement();
  ast::Stmt* import_from_statement();
  std::span<ast::Alias> imported_names();
  std::string_view dotted_name();
  std::string_view optional_alias();
  ast::Stmt* if_statement();
  ast::Stmt* while_statement();
  ast::For* for_statement();
  ast::Stmt* try_statement();
  ast::Except except_clause();
  ast::With* with_statement();
  std::span<ast::WithItem> with_items();
  bool parenthesized_with_items(std::vector<ast::WithItem>& items);
  ast::WithItem with_item();
  ast::Stmt* async_statement();
  ast::Stmt* decorated();
  ast::Function* function_definition();
  ast::Class* class_definition();
  ast::Parameters parameters(Kind end, AnnotationRule annotations);

  // expressions
  ast::Expr* list_of(Item item);
  ast::Expr* tuple_of(ast::Position at, ast::Expr* first, Item item);
  ast::Expr* value_list() { return list_of(&Parser::starred_or_test); }
  ast::Expr* target_list() { return list_of(&Parser::starred_or_operand); }
  ast::Expr* value_or_yield();
  ast::Expr* starred_or_test();
  ast::Expr* starred_or_named();
  ast::Expr* starred_or_operand();
  ast::Expr* starred();
  ast::Expr* named();
  ast::Expr* test();
  ast::Expr* lambda();
  ast::Expr* or_test();
  ast::Expr* operand();
  ast::Expr* operation(int min_precedence);
  ast::Expr* negation();
  ast::Expr* chain(ast::Expr* left, int precedence);
  ast::Expr* logical_chain(ast::Expr* left, ast::LogicalOp op, Kind word);
  ast::Expr* comparison_chain(ast::Expr* left);
  std::optional<ast::CompareOp> compare_operator();
  ast::Expr* binary_chain(ast::Expr* left, int precedence);
  ast::Expr* fold(ast::BinaryOp op, ast::Expr* left, ast::Expr* right);
  ast::Expr* unary();
  ast::Expr* power();
  ast::Expr* primary();
  ast::Expr* await();
  ast::Expr* trailer(ast::Expr* object);
  ast::Expr* attribute(ast::Expr* object);
  ast::Expr* call(ast::Expr* callee);
  ast::Expr* subscript(ast::Expr* object);
  ast::Expr* index();
  ast::Expr* optional_bound();
  ast::Arguments arguments();
  ast::Argument argument();
  ast::Expr* yield();
  ast::Expr* comprehension(ast::Comprehension::Result result, ast::Position at, ast::Expr* element, ast::Expr* value);
  ast::Expr* generator(ast::Position at, ast::Expr* element);
  ast::CompFor comprehension_clause();

  // atoms
  ast::Expr* atom();
  ast::Expr* name();
  ast::Expr* number();
  ast::Expr* constant(ast::Literal::Kind kind);
  ast::Expr* parenthesized();
  ast::Expr* parenthesized_rest(ast::Position at);
  ast::Expr* list_display();
  ast::Expr* dict_or_set();
  ast::Expr* dict_display(ast::Position at, ast::DictItem first);
  ast::Expr* set_display(ast::Position at, ast::Expr* first);
  ast::DictItem dict_item();

  // string literals
  ast::Expr* strings();
  ast::Expr* bytes();
  void fstring(StringParts& parts);
  void replacement_field(StringStyle style, StringParts& parts);
  char conversion();
  ast::Expr* format_spec(StringStyle style, ast::Position at);
  void malformed_fstring(ast::Position at);

  const CompileOptions& options_;
  Arena& arena_;
  FirstError& error_;
  Lexer lexer_;
  Token token_;                       ///< the next token to be taken
  std::optional<Token> pushed_back_;  ///< the token behind it, where token_ is Parsed
  ast::Expr* parsed_ = nullptr;       ///< what a Parsed token stands for
  const char* last_end_ = nullptr;    ///< the end of the token taken last
  ConstTable constants_;
  int const_calls_ = 0;  ///< calls of const() whose argument is being read
  int depth_ = 0;        ///< levels of recursion
  int peak_ = 0;         ///< an upper bound of the depth of the nodes in the subtree being read
};

}  // namespace upy
