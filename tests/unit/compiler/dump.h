#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/front/parser.h"

namespace upy {

/// Writes syntax trees as text, so that tests can state them: (operator child ...), names and constants as they are,
/// an absent child as `-`, statements of a block in braces.
class Dump {
 public:
  static std::string of(const ast::Module& module) {
    Dump dump;
    for (ast::Stmt* statement : module.body) {
      if (!dump.out_.empty()) dump.out_ += '\n';
      dump.put(statement);
    }
    return dump.out_;
  }

  void operator()(ast::LiteralExpr& node) { put(node.value); }
  void operator()(ast::Name& node) { put(node.id); }
  void operator()(ast::FString& node) { list("fstring", node.parts); }
  void operator()(ast::FormattedValue& node) {
    list(node.conversion != 0 ? std::string("format!") + node.conversion : "format", node.value, node.spec);
  }
  void operator()(ast::Tuple& node) { list("tuple", node.items); }
  void operator()(ast::List& node) { list("list", node.items); }
  void operator()(ast::Set& node) { list("set", node.items); }
  void operator()(ast::Dict& node) { list("dict", node.items); }
  void operator()(ast::Comprehension& node) {
    static constexpr const char* kNames[] = {"gen", "listcomp", "setcomp", "dictcomp"};
    const char* name = kNames[static_cast<int>(node.result)];
    if (node.value != nullptr) {
      list(name, node.element, node.value, node.clauses);
    } else {
      list(name, node.element, node.clauses);
    }
  }
  void operator()(ast::Lambda& node) { list("lambda", node.parameters, node.body); }
  void operator()(ast::Unary& node) {
    static constexpr const char* kNames[] = {"not", "-", "+", "~"};
    list(kNames[static_cast<int>(node.op)], node.operand);
  }
  void operator()(ast::Binary& node) { list("binary", node.first, node.rest); }
  void operator()(ast::Logical& node) { list(node.op == ast::LogicalOp::And ? "and" : "or", node.operands); }
  void operator()(ast::Compare& node) { list("compare", node.first, node.rest); }
  void operator()(ast::Conditional& node) { list("if", node.test, node.if_true, node.if_false); }
  void operator()(ast::NamedExpr& node) { list(":=", node.target, node.value); }
  void operator()(ast::Attribute& node) { list(".", node.object, node.name); }
  void operator()(ast::Subscript& node) { list("[]", node.object, node.index); }
  void operator()(ast::Slice& node) { list("slice", node.lower, node.upper, node.step); }
  void operator()(ast::Call& node) { list("call", node.callee, node.arguments); }
  void operator()(ast::Await& node) { list("await", node.value); }
  void operator()(ast::Yield& node) { list("yield", node.value); }
  void operator()(ast::YieldFrom& node) { list("yield-from", node.value); }
  void operator()(ast::Starred& node) { list("*", node.value); }

  void operator()(ast::ExprStmt& node) { put(node.value); }
  void operator()(ast::Assign& node) { list("=", node.targets, node.value); }
  void operator()(ast::AugAssign& node) { list(std::string(spelling(node.op)) + "=", node.target, node.value); }
  void operator()(ast::Annotation& node) { list("annotation", node.target); }
  void operator()(ast::Return& node) { list("return", node.value); }
  void operator()(ast::Raise& node) { list("raise", node.exception, node.cause); }
  void operator()(ast::Global& node) { list("global", node.names); }
  void operator()(ast::Nonlocal& node) { list("nonlocal", node.names); }
  void operator()(ast::Delete& node) { list("del", node.target); }
  void operator()(ast::Pass&) { put("pass"); }
  void operator()(ast::Break&) { put("break"); }
  void operator()(ast::Continue&) { put("continue"); }
  void operator()(ast::Assert& node) { list("assert", node.test, node.message); }
  void operator()(ast::Import& node) { list("import", node.modules); }
  void operator()(ast::ImportFrom& node) {
    list("from", std::string(node.level, '.') + std::string(node.module), node.names);
  }
  void operator()(ast::If& node) { list("if", node.branches, node.orelse); }
  void operator()(ast::While& node) { list("while", node.test, node.body, node.orelse); }
  void operator()(ast::For& node) {
    list(node.is_async ? "async-for" : "for", node.target, node.iterable, node.body, node.orelse);
  }
  void operator()(ast::Try& node) {
    if (node.has_finally) {
      list("try", node.body, node.handlers, node.orelse, "finally", node.finalbody);
    } else {
      list("try", node.body, node.handlers, node.orelse);
    }
  }
  void operator()(ast::With& node) { list(node.is_async ? "async-with" : "with", node.items, node.body); }
  void operator()(ast::Function& node) {
    list(node.is_async ? "async-def" : "def", node.name, node.parameters, node.body, node.decorators);
  }
  void operator()(ast::Class& node) { list("class", node.name, node.arguments, node.body, node.decorators); }

 private:
  static std::string_view spelling(ast::BinaryOp op) {
    static constexpr std::string_view kSpellings[] = {"+",  "-",  "*", "/", "//", "%", "**",
                                                      "<<", ">>", "&", "|", "^",  "@"};
    return kSpellings[static_cast<int>(op)];
  }
  static std::string_view spelling(ast::CompareOp op) {
    static constexpr std::string_view kSpellings[] = {"<", "<=", ">", ">=", "==", "!=", "in", "not-in", "is", "is-not"};
    return kSpellings[static_cast<int>(op)];
  }

  template <class... Parts>
  void list(std::string_view head, const Parts&... parts) {
    out_.append("(").append(head);
    (put_after_blank(parts), ...);
    out_ += ')';
  }
  template <class Part>
  void put_after_blank(const Part& part) {
    const size_t before = out_.size();
    put(part);
    if (out_.size() != before) out_.insert(before, " ");
  }
  template <class T>
  void put(const std::span<T>& items) {
    bool first = true;
    for (const T& item : items) {
      if (!first) out_ += ' ';
      first = false;
      put(item);
    }
  }
  void put(const ast::Stmts& block) {
    if (block.empty()) return;
    out_ += '{';
    for (ast::Stmt* statement : block) {
      if (out_.back() != '{') out_ += "; ";
      put(statement);
    }
    out_ += '}';
  }
  void put(ast::Expr* node) { node == nullptr ? put("-") : ast::visit(*node, *this); }
  void put(ast::Stmt* node) { ast::visit(*node, *this); }
  void put(std::string_view text) { out_ += text; }
  void put(const char* text) { out_ += text; }
  void put(const std::string& text) { out_ += text; }
  void put(const ast::DictItem& item) {
    put(item.key != nullptr ? "" : "**");
    if (item.key != nullptr) {
      put(item.key);
      put(":");
    }
    put(item.value);
  }
  void put(const ast::CompFor& clause) {
    list(clause.is_async ? "async-for" : "for", clause.target, clause.iterable, clause.conditions);
  }
  void put(const ast::Parameter& parameter) {
    static constexpr const char* kMarks[] = {"", "kw:", "*", "**"};
    put(kMarks[static_cast<int>(parameter.kind)]);
    put(parameter.name);
    if (parameter.default_value == nullptr) return;
    put("=");
    put(parameter.default_value);
  }
  void put(const ast::BinaryStep& step) {
    put(spelling(step.op));
    put(" ");
    put(step.operand);
  }
  void put(const ast::CompareStep& step) {
    put(spelling(step.op));
    put(" ");
    put(step.operand);
  }
  void put(const ast::Argument& argument) {
    static constexpr const char* kMarks[] = {"", "", "*", "**"};
    put(kMarks[static_cast<int>(argument.kind)]);
    if (argument.kind == ast::Argument::Kind::Keyword) out_.append(argument.name).append("=");
    put(argument.value);
  }
  void put(const ast::Alias& alias) {
    put(alias.name);
    if (!alias.alias.empty()) out_.append(":").append(alias.alias);
  }
  void put(const ast::Branch& branch) { list("when", branch.test, branch.body); }
  void put(const ast::Except& clause) {
    if (clause.name.empty()) {
      list("except", clause.type, clause.body);
    } else {
      list("except", clause.type, clause.name, clause.body);
    }
  }
  void put(const ast::WithItem& item) {
    put(item.context);
    if (item.target == nullptr) return;
    put(":");
    put(item.target);
  }
  void put(const ast::Literal& value) {
    using Kind = ast::Literal::Kind;
    switch (value.kind) {
      case Kind::None:
        return put("None");
      case Kind::True:
        return put("True");
      case Kind::False:
        return put("False");
      case Kind::Ellipsis:
        return put("...");
      case Kind::Int:
        return put(std::to_string(value.integer));
      case Kind::BigInt:
        return list("big", value.text);
      case Kind::Float:
        return put_number(value.number, "");
      case Kind::Imaginary:
        return put_number(value.number, "j");
      case Kind::Str:
        return list("str", value.text);
      case Kind::Bytes:
        return list("bytes", value.text);
      case Kind::Tuple:
        return list("const", value.items);
    }
  }
  void put_number(double number, const char* suffix) {
    char text[40];
    snprintf(text, sizeof text, "%.17g%s", number, suffix);
    std::string_view plain = text;
    put(plain);
    if (plain.find_first_of(".einj") == plain.npos) put(".0");
  }

  std::string out_;
};

/// What parsing `source` yields: the tree as text, or "Kind line:column message".
inline std::string parsed(std::string_view source, const CompileOptions& options = {}) {
  static constexpr const char* kKinds[] = {"SyntaxError",  "IndentationError", "NotImplementedError", "MemoryError",
                                           "RuntimeError", "OverflowError",    "UnicodeError",        "ValueError"};
  Arena arena(options.max_bytes);
  std::optional<Diagnostic> error;
  const ast::Module* module = parse(source, options, arena, error);
  if (module != nullptr) return Dump::of(*module);
  return std::string(kKinds[static_cast<int>(error->kind)]) + " " + std::to_string(error->line) + ":" +
         std::to_string(error->column) + " " + error->message;
}

/// What parsing `source` in `mode` yields.
inline std::string parsed(std::string_view source, CompileOptions::Mode mode) {
  CompileOptions options;
  options.mode = mode;
  return parsed(source, options);
}

}  // namespace upy
