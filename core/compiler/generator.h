#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "bytecode/code_unit.h"
#include "compiler/ast.h"
#include "compiler/budget.h"
#include "compiler/compiler.h"
#include "compiler/emitter.h"
#include "compiler/first_error.h"
#include "compiler/scope_analysis.h"

// Generation of the code of one unit from its part of the syntax tree.
//
// Registers. The parameters come first, then the other variables of the function, then temporaries, which are taken and
// given back like a stack: whoever needs some opens a Temporaries and takes from it. An instruction names the register
// of a variable directly where it reads one, and writes its result straight to where it is wanted (`into`).
//
// Two rules keep that right. `into` writes the register of a variable only by the last instruction of the expression,
// when nothing can fail any more and no operand is needed any more; temporaries may be written early. And an operand
// that must survive the evaluation of others is taken by `held`, which copies a variable that a := may rebind in
// between; nothing else can rebind one, as what inner functions assign lives in cells.
//
// At a call everything from its base up is lost, so what lives longer is taken before the base.

namespace upy {

/// What the generators of one compilation share.
struct Compilation {
  const CompileOptions& options;
  ScopeTree& scopes;
  FirstError& errors;
  Budget& budget;
};

/// Generates one unit; makes further generators for the units within.
class Generator {
 public:
  /// `scope` is a frame; `outer` generates the unit around it and is null for the module.
  Generator(Compilation& compilation, Scope& scope, Generator* outer);

  /// The unit of a whole source text, good for nothing if an error was reported.
  CodeUnit module(ast::Module& node);

 private:
  /// A run of registers.
  struct Run {
    Reg first;
    uint32_t count;
  };

  // ---- registers and names (generator.cpp) ----

  /// Temporaries taken while it lives are given back at its end.
  class Temporaries {
   public:
    explicit Temporaries(Generator& generator) : generator_(generator), top_(generator.top_) {}
    ~Temporaries() { generator_.top_ = top_; }
    Temporaries(const Temporaries&) = delete;
    Temporaries& operator=(const Temporaries&) = delete;

   private:
    Generator& generator_;
    const uint32_t top_;
  };

  /// The first of `count` new temporaries in a row.
  Reg take(uint32_t count = 1);
  bool is_temporary(Reg reg) const { return reg >= first_temporary_; }
  /// `dst` if it may be written before its value is complete, else a new temporary.
  Reg work_register(Reg dst) { return is_temporary(dst) ? dst : take(); }
  void move(Reg dst, Reg src);
  void load_none(Reg dst) { emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 1); }
  void load_unset(Reg dst) { emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 0); }
  void load_int(Reg dst, int32_t value) { emitter_.emit_immediate(Op::LOAD_INT, dst, value); }
  void load_text(Reg dst, std::string_view text) { emitter_.emit(Op::LOAD_CONST, dst, emitter_.text_constant(text)); }

  const Binding& binding(std::string_view name) const { return scope_->binding(name); }
  Reg register_of(const Variable& variable) const { return registers_[variable.index]; }
  /// The register of the variable that `name` stands for, if it is held in one directly.
  std::optional<Reg> variable_register(std::string_view name) const;
  std::optional<Reg> variable_register(const ast::Expr* node) const;
  void make_cell(const Variable& variable);
  void check_bound(const Variable& variable);
  void load(std::string_view name, Reg dst);
  void load_global(std::string_view name, Reg dst);
  void store(std::string_view name, Reg value);
  void remove(std::string_view name);
  /// Notes that an instruction has written the variable `name` in its register.
  void note_stored(std::string_view name);

  void at(ast::Position position) { emitter_.set_line(position.line); }
  void error(std::string_view message, ast::Position at);
  bool has_failed() const { return compilation_.errors.occurred() || compilation_.budget.exhausted(); }

  // ---- units (definitions.cpp) ----

  void function(ast::Function& node);
  void lambda(ast::Lambda& node);
  void class_body(ast::Class& node);
  void generator_expression(ast::Comprehension& node);
  void set_parameters(ast::Parameters parameters);
  void finish();
  Capture capture_of(const Variable& variable) const;

  void definition(ast::Function& node);
  void definition(ast::Class& node);
  template <class Definition, class Make>
  void decorated(Definition& node, Make make);
  bool is_builtin_decorator(ast::Expr& decorator);
  void make_function(ast::Function& node, Reg dst);
  void make_class(ast::Class& node, Reg dst);
  void make_generator(ast::Comprehension& node, Reg dst);
  template <class Node>
  uint16_t add_child(Node& node, void (Generator::*generate)(Node&));
  /// R[dst] = a function of the child `unit`.
  void make_closure(uint16_t unit, ast::Parameters parameters, Reg dst);
  void default_tuple(ast::Parameters parameters, Reg dst);
  void default_dict(ast::Parameters parameters, Reg dst);

  // ---- statements (statements.cpp) ----

  void block(ast::Stmts statements);
  void generate(ast::ExprStmt& node);
  void generate(ast::Assign& node);
  void generate(ast::AugAssign& node);
  void generate(ast::Annotation&) {}
  void generate(ast::Return& node);
  void generate(ast::Raise& node);
  void generate(ast::Global&) {}
  void generate(ast::Nonlocal&) {}
  void generate(ast::Delete& node) { remove(*node.target); }
  void generate(ast::Pass&) {}
  void generate(ast::Break& node);
  void generate(ast::Continue& node);
  void generate(ast::Assert& node);
  void generate(ast::Import& node);
  void generate(ast::ImportFrom& node);
  void generate(ast::If& node);
  void generate(ast::While& node);
  void generate(ast::For& node);
  void generate(ast::Try& node);
  void generate(ast::With& node);
  void generate(ast::Function& node) { definition(node); }
  void generate(ast::Class& node) { definition(node); }
  void import_module(std::string_view name, uint32_t level, Reg reg, ast::Position at);

  // ---- leaving blocks (exits.cpp) ----

  struct Context;
  struct Loop;
  struct HandlerBody;
  struct Cleanup;
  struct FinallyBody;

  /// A way to leave blocks early.
  struct Exit {
    enum class Kind : uint8_t { Return, Break, Continue };
    Kind kind;
    Loop* loop = nullptr;  ///< Break and Continue only
    Reg value = 0;         ///< Return only
  };

  /// Goes where `exit` says, through all that must be done on the way.
  void leave(const Exit& exit);
  void leave_loop(Exit::Kind kind, ast::Position at);
  void leave_through(Cleanup& cleanup, const Exit& exit);
  void set_handled(const Context* context);
  void dispatch_exits(const Cleanup& cleanup);
  /// Whether more than loops is left by a return.
  bool return_needs_code() const;
  void raise_again();
  /// Jumps to `label` if what led to `cleanup` was no exception.
  void branch_if_not_raised(const Cleanup& cleanup, Label& label);
  void return_value(ast::Expr& value);
  Label* jump_of(ast::Stmts body);

  // ---- try and with (try.cpp) ----

  void try_except(ast::Try& node);
  void try_finally(ast::Try& node);
  void handler(ast::Except& node, Reg exception, Label& end);
  void handler_body(ast::Except& node, Reg exception, Label& end);
  void unset_exception_name(const HandlerBody& handler);

  /// Whether a with is async.
  enum class Async : bool { No, Yes };
  void with(ast::With& node, size_t item);
  void enter_context(Async async, ast::WithItem& item, Reg manager, Reg dst);
  void exit_context(Async async, Reg manager, std::optional<Reg> exception, Reg dst);

  // ---- loops (loops.cpp) ----

  /// R[state..] = the state of a loop over `iterable`.
  void prepare_loop(ast::Expr& iterable, Reg state);
  bool prepare_range(ast::Expr& iterable, Reg state);
  /// A loop over the prepared `state`: `body` generates what is done with each item; `next` goes on with the next one.
  template <class Body>
  void iterate(Reg state, ast::Expr& target, Label& next, Body body);
  void async_for(ast::For& node);
  /// Calls the method `name`, without arguments, of R[object].
  void call_method(Reg object, std::string_view name, Reg dst);
  void comprehension_variables(ast::Comprehension& node);
  void clauses(ast::Comprehension& node, size_t clause, Reg state, Reg result);
  void comprehension_item(ast::Comprehension& node, Reg result);
  /// Reports that `count` nested blocks in one statement or expression are too many, if so.
  bool check_nesting(size_t count, ast::Position at);

  // ---- targets (targets.cpp) ----

  void assign(ast::Expr& target, Reg value);
  void assign_from(ast::Expr& target, ast::Expr& value);
  bool assign_pairwise(ast::Exprs targets, ast::Expr& value);
  void unpack(ast::Exprs targets, Reg value, ast::Position at);
  bool are_distinct_variables(ast::Exprs targets) const;
  void remove(ast::Expr& target);
  void cannot_assign(const ast::Expr& target) { error("can't assign to expression", target.at); }

  // ---- expressions (expressions.cpp) ----

  /// Evaluates `node` to R[dst], which no operand of the expression may need.
  void into(ast::Expr& node, Reg dst);
  /// A register that holds the value of `node`, right until something else is evaluated.
  Reg operand(ast::Expr& node);
  /// A register that holds the value of `node` while those of `later` (null: none) are evaluated.
  Reg held(ast::Expr& node, std::initializer_list<const ast::Expr*> later);
  /// Evaluates `node` for its effects alone.
  void discard(ast::Expr& node);

  void generate(ast::LiteralExpr& node, Reg dst);
  void generate(ast::Name& node, Reg dst);
  void generate(ast::FString& node, Reg dst);
  void generate(ast::FormattedValue& node, Reg dst);
  void generate(ast::Tuple& node, Reg dst);
  void generate(ast::List& node, Reg dst);
  void generate(ast::Set& node, Reg dst);
  void generate(ast::Dict& node, Reg dst);
  void generate(ast::Comprehension& node, Reg dst);
  void generate(ast::Lambda& node, Reg dst);
  void generate(ast::Unary& node, Reg dst);
  void generate(ast::Binary& node, Reg dst);
  void generate(ast::Logical& node, Reg dst);
  void generate(ast::Compare& node, Reg dst);
  void generate(ast::Conditional& node, Reg dst);
  void generate(ast::NamedExpr& node, Reg dst);
  void generate(ast::Attribute& node, Reg dst);
  void generate(ast::Subscript& node, Reg dst);
  void generate(ast::Slice& node, Reg dst);
  void generate(ast::Call& node, Reg dst);
  void generate(ast::Await& node, Reg dst);
  void generate(ast::Yield& node, Reg dst);
  void generate(ast::YieldFrom& node, Reg dst);
  void generate(ast::Starred& node, Reg dst);

  void load_literal(const ast::Literal& value, Reg dst);
  /// R[dst] = R[left] op right, where `op` is the form with a register.
  void binary(Op op, uint8_t k, Reg dst, Reg left, ast::Expr& right, ast::Position at);
  void compare(ast::CompareOp op, Reg dst, Reg left, ast::Expr& right, ast::Position at);
  void compare(ast::CompareOp op, Reg dst, Reg left, Reg right, ast::Position at);
  /// The operations that make a container of items.
  struct Display {
    Op build, add, extend;
  };
  static constexpr Display kListDisplay = {Op::BUILD_LIST, Op::LIST_APPEND, Op::LIST_EXTEND};
  static constexpr Display kSetDisplay = {Op::BUILD_SET, Op::SET_ADD, Op::SET_UPDATE};
  /// An item of a display, or an iterable whose items are.
  struct Item {
    ast::Expr* value;
    bool is_unpacked;
  };
  static std::vector<Item> items_of(ast::Exprs nodes);
  void tuple(ast::Exprs nodes, Reg dst, ast::Position at);
  void display(const Display& kind, std::span<const Item> items, Reg dst, ast::Position at);
  /// Makes the container R[result], a temporary, of the values in `leading` and of `items`.
  void build_display(const Display& kind, Run leading, std::span<const Item> items, Reg result, ast::Position at);
  /// Three registers with the parts of a slice.
  Reg slice_run(ast::Slice& node);
  void check_yield(std::string_view message, ast::Position at);
  /// Delegates to R[iterable] and puts the value at its end into R[dst].
  void yield_from(Reg iterable, Reg dst);

  // ---- conditions (conditions.cpp) ----

  /// Jumps to `label` if the truth of `test` is as `sense` says, else goes on.
  void branch(ast::Expr& test, Sense sense, Label& label);
  void branch_logical(ast::Logical& node, Sense sense, Label& label);
  void branch_compare(ast::Compare& node, Sense sense, Label& label);
  void branch_step(ast::CompareOp op, Reg left, ast::Expr& right, Sense sense, Label& label, ast::Position at);
  void branch_step(ast::CompareOp op, Reg left, Reg right, Sense sense, Label& label, ast::Position at);

  // ---- calls (calls.cpp) ----

  /// What a list of arguments asks for.
  struct Shape {
    uint32_t positional = 0;
    uint32_t keywords = 0;
    bool spreads = false;  ///< only CALL_EX can pass them
  };
  /// The start of a call: the function, and if `fixed` is 2 the self of a method after it.
  struct Callee {
    Reg base;
    uint32_t fixed;
  };
  /// The shape of `arguments`, with `leading` more positional ones before them; reports what is out of order.
  Shape check_arguments(ast::Arguments arguments, uint32_t leading);
  /// Takes the registers with which a call starts.
  Callee start_call(const Shape& shape, uint32_t fixed);
  Callee callee(ast::Expr& node, const Shape& shape);
  /// Passes the values in `leading`, which stand right behind what start_call took, and `arguments`.
  void finish_call(Callee callee, Run leading, ast::Arguments arguments, const Shape& shape, Reg dst, ast::Position at);
  void spread_arguments(Reg base, Run leading, ast::Arguments arguments, ast::Position at);
  void keyword_argument(Reg mapping, std::string_view name, ast::Expr& value, bool may_repeat);
  bool is_super_call(const ast::Expr& node) const;
  void super_call(ast::Call& node, Reg dst);
  /// R[first] = the class of the function, R[first + 1] = its first parameter.
  void load_super_operands(Reg first, ast::Position at);

  Compilation& compilation_;
  Scope* scope_;  // the current one: the frame, or a comprehension in it
  Generator* const outer_;
  Emitter emitter_;
  std::vector<Reg> registers_;  // per variable of the frame; those of comprehensions while these are generated
  uint32_t first_temporary_ = 0;
  uint32_t top_ = 0;            // the temporaries in use end here
  uint32_t most_ = 0;           // the highest that top_ ever was
  Context* context_ = nullptr;  // the innermost block that leaving takes care of
  CodeUnit unit_;
};

}  // namespace upy
