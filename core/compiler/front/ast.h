#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/front/literal.h"
#include "compiler/front/position.h"

// The syntax tree: what the parser makes of a source text and code is generated from.
//
// Nodes are plain structs in an Arena, told apart by their `kind`; `visit` hands a node to a callable as what it is.
// Absent children are null. Texts and lists point into the arena or the source, which both must outlive the tree.
//
// The tree is bounded: from the root to any node there are at most kMaxTreeDepth (parser.h) steps, so it may
// be walked recursively. Sequences of equal rank (a + b + c, a and b, elif, x = y = z) are lists, of any length.
//
// Constant expressions are folded already: the tree has a LiteralExpr in their place. What const() defined is replaced
// by its value in all later expressions, targets of assignments included.
//
// The parser vouches for the grammar alone. Code generation checks what needs more than that: that targets of
// assignment and deletion can be such, where a Starred may stand, the order of arguments and of parameters, repeated
// names, the scope of names, and what is allowed only inside of a loop, a function or a coroutine.

namespace upy::ast {

// clang-format off
/// Every kind of expression: the name of its struct.
#define UPY_EXPRESSIONS(X)                                                                                \
  X(LiteralExpr) X(Name) X(FString) X(FormattedValue) X(Tuple) X(List) X(Set) X(Dict) X(Comprehension)    \
  X(Lambda) X(Unary) X(Binary) X(Logical) X(Compare) X(Conditional) X(NamedExpr) X(Attribute)             \
  X(Subscript) X(Slice) X(Call) X(Await) X(Yield) X(YieldFrom) X(Starred)

/// Every kind of statement: the name of its struct.
#define UPY_STATEMENTS(X)                                                                                 \
  X(ExprStmt) X(Assign) X(AugAssign) X(Annotation) X(Return) X(Raise) X(Global) X(Nonlocal) X(Delete)     \
  X(Pass) X(Break) X(Continue) X(Assert) X(Import) X(ImportFrom) X(If) X(While) X(For) X(Try) X(With)     \
  X(Function) X(Class)
// clang-format on

/// An expression; the node itself is one of UPY_EXPRESSIONS.
struct Expr {
  enum class Kind : uint8_t {
#define X(name) name,
    UPY_EXPRESSIONS(X)
#undef X
  };
  Kind kind;
  Position at;  ///< where it starts
};

/// A statement; the node itself is one of UPY_STATEMENTS.
struct Stmt {
  enum class Kind : uint8_t {
#define X(name) name,
    UPY_STATEMENTS(X)
#undef X
  };
  Kind kind;
  Position at;  ///< where it starts
};

/// The base of node struct `Kind::K`: knows its own kind.
template <class Base, typename Base::Kind K>
struct Node : Base {
  static constexpr typename Base::Kind kKind = K;
  Node() : Base{K, {}} {}
};
template <Expr::Kind K>
using ExprNode = Node<Expr, K>;
template <Stmt::Kind K>
using StmtNode = Node<Stmt, K>;

using Exprs = std::span<Expr*>;
using Stmts = std::span<Stmt*>;
using Names = std::span<std::string_view>;

/// The operators of Unary.
enum class UnaryOp : uint8_t { Not, Negative, Positive, Invert };

/// The operators of Binary and AugAssign.
enum class BinaryOp : uint8_t {
  Add,
  Subtract,
  Multiply,
  TrueDivide,
  FloorDivide,
  Modulo,
  Power,
  ShiftLeft,
  ShiftRight,
  And,
  Or,
  Xor,
  MatrixMultiply,
};

/// The operators of Compare.
enum class CompareOp : uint8_t { Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, In, NotIn, Is, IsNot };

/// The operators of Logical.
enum class LogicalOp : uint8_t { And, Or };

// ---- expressions ----

/// A constant: a literal or the result of folding.
struct LiteralExpr : ExprNode<Expr::Kind::LiteralExpr> {
  Literal value;
  /// Whether const() and folding take it. As in MicroPython they take no f-string and no arm of a conditional
  /// expression.
  bool folds = true;
};

/// An identifier.
struct Name : ExprNode<Expr::Kind::Name> {
  std::string_view id;
};

/// f"...": the concatenation of its parts, adjacent literals included, at least one. Each is a LiteralExpr (Str) or a
/// FormattedValue. Without a FormattedValue it is no constant all the same, as in MicroPython.
struct FString : ExprNode<Expr::Kind::FString> {
  Exprs parts;
};

/// {value!conversion:spec} in an FString. The text of `{value=}` stands as a literal part before it.
struct FormattedValue : ExprNode<Expr::Kind::FormattedValue> {
  Expr* value = nullptr;
  char conversion = 0;   ///< 'r', 's' or 'a'; 0 if there is none
  Expr* spec = nullptr;  ///< a LiteralExpr (Str) or an FString; null if there is none
};

/// (a, b); items may be Starred. A tuple of constants is a LiteralExpr instead.
struct Tuple : ExprNode<Expr::Kind::Tuple> {
  Exprs items;
};

/// [a, b]; items may be Starred.
struct List : ExprNode<Expr::Kind::List> {
  Exprs items;
};

/// {a, b}, never empty; items may be Starred.
struct Set : ExprNode<Expr::Kind::Set> {
  Exprs items;
};

/// key: value in a Dict, or **value where `key` is null.
struct DictItem {
  Expr* key;
  Expr* value;
};

/// {a: b, **c}.
struct Dict : ExprNode<Expr::Kind::Dict> {
  std::span<DictItem> items;
};

/// for target in iterable if condition ..., one of the clauses of a Comprehension.
struct CompFor {
  Position at;
  bool is_async;
  Expr* target;
  Expr* iterable;
  Exprs conditions;
};

/// (element for ...), [element for ...], {element for ...}, {element: value for ...}.
struct Comprehension : ExprNode<Expr::Kind::Comprehension> {
  enum class Result : uint8_t { Generator, List, Set, Dict };
  Result result = Result::Generator;
  Expr* element = nullptr;     ///< the key where the result is a Dict
  Expr* value = nullptr;       ///< Dict only
  std::span<CompFor> clauses;  ///< at least one
};

/// A parameter of a Function or Lambda. Annotations are not kept.
struct Parameter {
  enum class Kind : uint8_t { Positional, KeywordOnly, VarArgs, VarKeywords };
  Kind kind;
  Position at;
  std::string_view name;
  Expr* default_value;  ///< null if there is none; Positional and KeywordOnly only
  Expr* annotation;     ///< null if there is none; says nothing to the code but where viper has a meaning for it
  bool is_positional_only = false;  ///< stands before a /
};
using Parameters = std::span<Parameter>;  ///< in the order of the source; a bare * or / is no parameter

/// lambda parameters: body.
struct Lambda : ExprNode<Expr::Kind::Lambda> {
  Parameters parameters;
  Expr* body = nullptr;
};

/// op operand.
struct Unary : ExprNode<Expr::Kind::Unary> {
  UnaryOp op = UnaryOp::Not;
  Expr* operand = nullptr;
};

/// An operator and its right operand.
struct BinaryStep {
  BinaryOp op;
  Expr* operand;
};

/// first op operand op operand ..., operators of one precedence, from the left to the right: ((a + b) - c).
/// a ** b has one step.
struct Binary : ExprNode<Expr::Kind::Binary> {
  Expr* first = nullptr;
  std::span<BinaryStep> rest;  ///< at least one
};

/// a and b and c, or a or b or c.
struct Logical : ExprNode<Expr::Kind::Logical> {
  LogicalOp op = LogicalOp::And;
  Exprs operands;  ///< at least two
};

/// An operator and its right operand.
struct CompareStep {
  CompareOp op;
  Expr* operand;
};

/// first op operand op operand ...: true if each neighbouring pair compares so.
struct Compare : ExprNode<Expr::Kind::Compare> {
  Expr* first = nullptr;
  std::span<CompareStep> rest;  ///< at least one
};

/// if_true if test else if_false.
struct Conditional : ExprNode<Expr::Kind::Conditional> {
  Expr* test = nullptr;
  Expr* if_true = nullptr;
  Expr* if_false = nullptr;
};

/// target := value.
struct NamedExpr : ExprNode<Expr::Kind::NamedExpr> {
  Expr* target = nullptr;
  Expr* value = nullptr;
};

/// object.name.
struct Attribute : ExprNode<Expr::Kind::Attribute> {
  Expr* object = nullptr;
  std::string_view name;
};

/// object[index]; the index may be a Slice or a Tuple.
struct Subscript : ExprNode<Expr::Kind::Subscript> {
  Expr* object = nullptr;
  Expr* index = nullptr;
};

/// lower:upper:step as an index, each of them null if absent.
struct Slice : ExprNode<Expr::Kind::Slice> {
  Expr* lower = nullptr;
  Expr* upper = nullptr;
  Expr* step = nullptr;
};

/// An argument of a Call or of a Class: value, name=value, *value or **value.
struct Argument {
  enum class Kind : uint8_t { Positional, Keyword, Unpack, UnpackMapping };
  Kind kind;
  Position at;
  std::string_view name;  ///< Keyword only
  Expr* value;
};
using Arguments = std::span<Argument>;  ///< in the order of the source

/// callee(arguments).
struct Call : ExprNode<Expr::Kind::Call> {
  Expr* callee = nullptr;
  Arguments arguments;
  bool ends_with_comma = false;  ///< f(1,)
};

/// await value.
struct Await : ExprNode<Expr::Kind::Await> {
  Expr* value = nullptr;
};

/// yield value.
struct Yield : ExprNode<Expr::Kind::Yield> {
  Expr* value = nullptr;  ///< null if there is none
};

/// yield from value.
struct YieldFrom : ExprNode<Expr::Kind::YieldFrom> {
  Expr* value = nullptr;
};

/// *value in a display or a target.
struct Starred : ExprNode<Expr::Kind::Starred> {
  Expr* value = nullptr;
};

// ---- statements ----

/// An expression as a statement. Constants, such as documentation strings, are left out of the tree except in
/// CompileOptions::Mode::Single, Pasted and Eval.
struct ExprStmt : StmtNode<Stmt::Kind::ExprStmt> {
  Expr* value = nullptr;
};

/// target = target = value.
struct Assign : StmtNode<Stmt::Kind::Assign> {
  Exprs targets;  ///< at least one
  Expr* value = nullptr;
};

/// target op= value.
struct AugAssign : StmtNode<Stmt::Kind::AugAssign> {
  Expr* target = nullptr;
  BinaryOp op = BinaryOp::Add;
  Expr* value = nullptr;
};

/// target: annotation, with no value: makes a Name local to its function and does nothing else. With a value it is
/// an Assign.
struct Annotation : StmtNode<Stmt::Kind::Annotation> {
  Expr* target = nullptr;
};

/// return value.
struct Return : StmtNode<Stmt::Kind::Return> {
  Expr* value = nullptr;  ///< null if there is none
};

/// raise exception from cause.
struct Raise : StmtNode<Stmt::Kind::Raise> {
  Expr* exception = nullptr;  ///< null if there is none
  Expr* cause = nullptr;      ///< null if there is none
};

/// global names.
struct Global : StmtNode<Stmt::Kind::Global> {
  Names names;
};

/// nonlocal names.
struct Nonlocal : StmtNode<Stmt::Kind::Nonlocal> {
  Names names;
};

/// del target; `del a, b` has a Tuple.
struct Delete : StmtNode<Stmt::Kind::Delete> {
  Expr* target = nullptr;
};

/// pass.
struct Pass : StmtNode<Stmt::Kind::Pass> {};

/// break.
struct Break : StmtNode<Stmt::Kind::Break> {};

/// continue.
struct Continue : StmtNode<Stmt::Kind::Continue> {};

/// assert test, message. At optimization level 1 and above the tree has none.
struct Assert : StmtNode<Stmt::Kind::Assert> {
  Expr* test = nullptr;
  Expr* message = nullptr;  ///< null if there is none
};

/// name as alias: an item of Import, where the name may be dotted, or of ImportFrom.
struct Alias {
  Position at;
  std::string_view name;
  std::string_view alias;  ///< empty if there is none
};

/// import a.b as c, d.
struct Import : StmtNode<Stmt::Kind::Import> {
  std::span<Alias> modules;
};

/// from ..module import a as b, or from module import *.
struct ImportFrom : StmtNode<Stmt::Kind::ImportFrom> {
  std::string_view module;  ///< may be dotted; empty for `from . import`
  uint32_t level = 0;       ///< count of leading dots
  std::span<Alias> names;   ///< empty for *
};

/// if test: body, or elif test: body.
struct Branch {
  Expr* test;
  Stmts body;
};

/// if and elif branches, then else.
struct If : StmtNode<Stmt::Kind::If> {
  std::span<Branch> branches;  ///< at least one
  Stmts orelse;
};

/// while test: body else: orelse.
struct While : StmtNode<Stmt::Kind::While> {
  Expr* test = nullptr;
  Stmts body;
  Stmts orelse;
};

/// for target in iterable: body else: orelse, and async for.
struct For : StmtNode<Stmt::Kind::For> {
  bool is_async = false;
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  Stmts body;
  Stmts orelse;
};

/// except type as name: body.
struct Except {
  Position at;
  Expr* type;             ///< null for a bare except
  std::string_view name;  ///< empty if there is none
  Stmts body;
};

/// try: body, handlers, else: orelse, finally: finalbody. There is a handler or a `finally`.
struct Try : StmtNode<Stmt::Kind::Try> {
  Stmts body;
  std::span<Except> handlers;
  Stmts orelse;
  bool has_finally = false;
  Stmts finalbody;
};

/// context as target, an item of With.
struct WithItem {
  Position at;
  Expr* context;
  Expr* target;  ///< null if there is none
};

/// with items: body, and async with.
struct With : StmtNode<Stmt::Kind::With> {
  bool is_async = false;
  std::span<WithItem> items;  ///< at least one
  Stmts body;
};

/// def name(parameters): body, and async def. It stands at the line of the `def`.
struct Function : StmtNode<Stmt::Kind::Function> {
  bool is_async = false;
  std::string_view name;
  Parameters parameters;
  Stmts body;
  Exprs decorators;  ///< the outermost first
};

/// class name(arguments): body. It stands at the line of the `class`.
struct Class : StmtNode<Stmt::Kind::Class> {
  std::string_view name;
  Arguments arguments;
  Stmts body;
  Exprs decorators;  ///< the outermost first
};

/// A whole source text. In Mode::Eval the body is the one ExprStmt.
struct Module {
  Stmts body;
};

// ---- telling nodes apart ----

/// `node` as a T, which it must be.
template <class T, class Base>
T& as(Base& node) {
  assert(node.kind == T::kKind);
  return static_cast<T&>(node);
}

/// `node` as a T, null if it is null or something else.
template <class T, class Base>
T* cast(Base* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}

/// Calls visitor(node) with the expression as what it is and returns what that returns.
template <class Visitor>
decltype(auto) visit(Expr& node, Visitor&& visitor) {
  switch (node.kind) {
#define X(name)          \
  case Expr::Kind::name: \
    return visitor(static_cast<name&>(node));
    UPY_EXPRESSIONS(X)
#undef X
  }
  __builtin_unreachable();
}

/// Calls visitor(node) with the statement as what it is and returns what that returns.
template <class Visitor>
decltype(auto) visit(Stmt& node, Visitor&& visitor) {
  switch (node.kind) {
#define X(name)          \
  case Stmt::Kind::name: \
    return visitor(static_cast<name&>(node));
    UPY_STATEMENTS(X)
#undef X
  }
  __builtin_unreachable();
}

}  // namespace upy::ast
