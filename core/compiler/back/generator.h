#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "bytecode/code_unit.h"
#include "compiler/back/emitter.h"
#include "compiler/back/scope_analysis.h"
#include "compiler/compiler.h"
#include "compiler/front/ast.h"
#include "compiler/front/budget.h"
#include "compiler/front/first_error.h"

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
  /// Whether `reg` is above the variables of the function, so that it may be written at any time.
  bool is_temporary(Reg reg) const { return reg >= first_temporary_; }
  /// `dst` if it may be written before its value is complete, else a new temporary.
  Reg work_register(Reg dst) { return is_temporary(dst) ? dst : take(); }
  /// R[dst] = R[src], if they are not the same register anyway.
  void move(Reg dst, Reg src);
  /// R[dst] = None, unset, an integer, or a str.
  void load_none(Reg dst) { emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 1); }
  void load_unset(Reg dst) { emitter_.emit(Op::LOAD_SINGLETON, dst, 0, 0, 0); }
  void load_int(Reg dst, int32_t value) { emitter_.emit_immediate(Op::LOAD_INT, dst, value); }
  void load_text(Reg dst, std::string_view text) { emitter_.emit(Op::LOAD_CONST, dst, emitter_.text_constant(text)); }

  /// Where `name` is found in the current scope.
  const Binding& binding(std::string_view name) const { return scope_->binding(name); }
  /// The register of `variable`, which belongs to this frame.
  Reg register_of(const Variable& variable) const { return registers_[variable.index]; }
  /// The register of the variable that `name` stands for, if it is held in one directly.
  std::optional<Reg> variable_register(std::string_view name) const;
  /// The same for an expression that is a name; null is none.
  std::optional<Reg> variable_register(const ast::Expr* node) const;
  /// Puts what the register of `variable` holds, or nothing, into a new cell there.
  void make_cell(const Variable& variable);
  /// Makes sure that `variable` is set, at run time unless it is known.
  void check_bound(const Variable& variable);
  /// R[dst] = what `name` stands for.
  void load(std::string_view name, Reg dst);
  /// R[dst] = the global or builtin `name`, whatever the current scope binds.
  void load_global(std::string_view name, Reg dst);
  /// Binds `name` to R[value].
  void store(std::string_view name, Reg value);
  /// Unbinds `name`.
  void remove(std::string_view name);
  /// Notes that an instruction has written the variable `name` in its register.
  void note_stored(std::string_view name);

  /// What is emitted next belongs to the line of `position`.
  void at(ast::Position position) { emitter_.set_line(position.line); }
  /// Reports a SyntaxError.
  void error(std::string_view message, ast::Position at);
  /// Whether generating on is of no use.
  bool has_failed() const { return compilation_.errors.occurred() || compilation_.budget.exhausted(); }

  // ---- units (definitions.cpp) ----

  /// Each generates the whole unit of `node`.
  void function(ast::Function& node);
  void lambda(ast::Lambda& node);
  void class_body(ast::Class& node);
  void generator_expression(ast::Comprehension& node);
  /// Declares the parameters and makes the cells of a function.
  void set_parameters(ast::Parameters parameters);
  /// Completes the unit, once all code is emitted.
  void finish();
  /// Where a unit within finds the cell of `variable`, which it captures.
  Capture capture_of(const Variable& variable) const;

  /// The code of a `def` or `class` with its decorators.
  void definition(ast::Function& node);
  void definition(ast::Class& node);
  template <class Definition, class Make>
  void decorated(Definition& node, Make make);
  /// The last name of `decorator` if it is one of @micropython.native and its like, which say how to compile; else
  /// empty. All code becomes bytecode.
  std::string_view emitter_named_by(ast::Expr& decorator);
  /// Refuses the types of viper that its bytecode cannot stand in for: as annotations those of items larger than a
  /// byte, which buffers do not have, and all of them as functions.
  void check_viper_annotations(ast::Parameters parameters);
  void check_viper_name(const ast::Name& name);
  void refuse_viper_type(const ast::Name& name);
  /// R[dst] = the function, class or generator expression.
  void make_function(ast::Function& node, Reg dst);
  void make_class(ast::Class& node, Reg dst);
  void make_generator(ast::Comprehension& node, Reg dst);
  template <class Node>
  uint16_t add_child(Node& node, void (Generator::*generate)(Node&));
  /// R[dst] = a function of the child `unit`.
  void make_closure(uint16_t unit, ast::Parameters parameters, Reg dst);
  /// R[dst] = the tuple of the defaults of positional parameters.
  void default_tuple(ast::Parameters parameters, Reg dst);
  /// R[dst] = the dict of the defaults of keyword-only parameters.
  void default_dict(ast::Parameters parameters, Reg dst);

  // ---- statements (statements.cpp) ----

  /// Generates statements; each `generate` one of them.
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
  /// R[reg] = the module `name`, `level` packages up, imported with the names in R[reg].
  void import_module(std::string_view name, uint32_t level, Reg reg, ast::Position at);

  // ---- leaving blocks (exits.cpp) ----

  // See contexts.h.
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
  /// A `break` or `continue` at `at`.
  void leave_loop(Exit::Kind kind, ast::Position at);
  /// Goes to the code of `cleanup`, which then goes on with `exit`.
  void leave_through(Cleanup& cleanup, const Exit& exit);
  /// Makes the exception of the innermost `except` or `finally` from `context` (null: none) outward the handled one.
  void set_handled(const Context* context);
  /// After the code of `cleanup`: takes the exits that led there. Goes on where there was none.
  void dispatch_exits(const Cleanup& cleanup);
  /// Whether more than loops is left by a return.
  bool return_needs_code() const;
  /// A `raise` of the exception that the code around is handling or letting through.
  void raise_again();
  /// Jumps to `label` if what led to `cleanup` was no exception.
  void branch_if_not_raised(const Cleanup& cleanup, Label& label);
  /// Returns the value of an expression; each arm of a conditional one returns by itself.
  void return_value(ast::Expr& value);
  /// The label ahead that `body` does no more than jump to, null if there is none.
  Label* jump_of(ast::Stmts body);

  // ---- try and with (try.cpp) ----

  /// A try without its `finally`.
  void try_except(ast::Try& node);
  /// A try with a `finally`.
  void try_finally(ast::Try& node);
  /// One `except`: goes on at `end` if it takes the exception, else behind itself.
  void handler(ast::Except& node, Reg exception, Label& end);
  /// The body of an `except`. However it ends, its name goes away, which takes a handler of its own.
  void handler_body(ast::Except& node, Reg exception, Label& end);
  /// Unsets the name of the exception, if it has one, which the script may have unset already.
  void unset_exception_name(const HandlerBody& handler);

  /// Whether a with is async.
  enum class Async : bool { No, Yes };
  /// The items of `node` from `item` on, each in the block of the one before, and the body.
  void with(ast::With& node, size_t item);
  /// R[dst] = what entering the context of `item` gives. R[manager], R[manager + 1] = what exit_context needs: the
  /// method
  /// __exit__, or if `async` the manager itself.
  void enter_context(Async async, ast::WithItem& item, Reg manager, Reg dst);
  /// R[dst] = what leaving the context gives, because of the exception R[*exception] or in the normal way.
  void exit_context(Async async, Reg manager, std::optional<Reg> exception, Reg dst);

  // ---- loops (loops.cpp) ----

  /// R[state..] = the state of a loop over `iterable`.
  void prepare_loop(ast::Expr& iterable, Reg state);
  /// The same for what looks like a call of range; whether it does.
  bool prepare_range(ast::Expr& iterable, Reg state);
  /// A loop over the prepared `state`: `body` generates what is done with each item; `next` goes on with the next one.
  template <class Body>
  void iterate(Reg state, ast::Expr& target, Label& next, Body body);
  /// An `async for`.
  void async_for(ast::For& node);
  /// R[iterator] = the asynchronous iterator of `iterable`.
  void prepare_async_loop(ast::Expr& iterable, Reg iterator);
  /// As `iterate`, awaiting the items of the asynchronous `iterator`.
  template <class Body>
  void iterate_async(Reg iterator, ast::Expr& target, Label& next, Body body);
  /// Calls the method `name`, without arguments, of R[object].
  void call_method(Reg object, std::string_view name, Reg dst);
  /// Readies the registers of the variables of `node`, whose scope is the current one.
  void comprehension_variables(ast::Comprehension& node);
  /// R[state..] = the state of the loop of a clause of a comprehension.
  void prepare_clause(const ast::CompFor& loop, Reg state);
  /// The loops of `node` from `clause` on, the first of which is prepared in R[state].
  void clauses(ast::Comprehension& node, size_t clause, Reg state, Reg result);
  /// Adds an item to the container R[result], or yields it.
  void comprehension_item(ast::Comprehension& node, Reg result);
  /// Reports that `count` nested blocks in one statement or expression are too many, if so.
  bool check_nesting(size_t count, ast::Position at);

  // ---- targets (targets.cpp) ----

  /// Assigns R[value] to `target`.
  void assign(ast::Expr& target, Reg value);
  /// Assigns the value of an expression to `target`, straight into its register where it has one.
  void assign_from(ast::Expr& target, ast::Expr& value);
  /// Assigns the items of a tuple that is written out to as many targets without making the tuple. Whether it did: the
  /// value may be something else.
  bool assign_pairwise(ast::Exprs targets, ast::Expr& value);
  /// Assigns the items of R[value] to `targets`, one of which may be starred.
  void unpack(ast::Exprs targets, Reg value, ast::Position at);
  /// Whether `targets` are variables in registers, each another one.
  bool are_distinct_variables(ast::Exprs targets) const;
  /// The code of `del target`.
  void remove(ast::Expr& target);
  /// Reports that `target` is none.
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

  /// Each evaluates `node` to R[dst] as `into` has it.
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

  /// R[dst] = a constant.
  void load_literal(const ast::Literal& value, Reg dst);
  /// R[dst] = R[left] op right, where `op` is the form with a register.
  void binary(Op op, uint8_t k, Reg dst, Reg left, ast::Expr& right, ast::Position at);
  /// R[dst] = the outcome of a comparison.
  void compare(ast::CompareOp op, Reg dst, Reg left, ast::Expr& right, ast::Position at);
  void compare(ast::CompareOp op, Reg dst, Reg left, Reg right, ast::Position at);
  /// The operations that make a container of items.
  struct Display {
    Op build, add, extend;
  };
  /// Lists, which arguments and long tuples are first, and sets.
  static constexpr Display kListDisplay = {Op::BUILD_LIST, Op::LIST_APPEND, Op::LIST_EXTEND};
  static constexpr Display kSetDisplay = {Op::BUILD_SET, Op::SET_ADD, Op::SET_UPDATE};
  /// An item of a display, or an iterable whose items are.
  struct Item {
    ast::Expr* value;
    bool is_unpacked;
  };
  /// The items that `nodes` stand for, some of which may be starred.
  static std::vector<Item> items_of(ast::Exprs nodes);
  /// R[dst] = a tuple.
  void tuple(ast::Exprs nodes, Reg dst, ast::Position at);
  /// R[dst] = a container of `items`.
  void display(const Display& kind, std::span<const Item> items, Reg dst, ast::Position at);
  /// Makes the container R[result], a temporary, of the values in `leading` and of `items`.
  void build_display(const Display& kind, Run leading, std::span<const Item> items, Reg result, ast::Position at);
  /// Three registers with the parts of a slice.
  Reg slice_run(ast::Slice& node);
  /// Reports `message` where no function is around that can await; also a comprehension that awaits in one that can't.
  void check_await(std::string_view message, ast::Position at);
  /// Reports `message` where the current scope can't yield.
  void check_yield(std::string_view message, ast::Position at);
  /// Delegates to R[iterable] and puts the value at its end into R[dst].
  void yield_from(Reg iterable, Reg dst);

  // ---- conditions (conditions.cpp) ----

  /// Jumps to `label` if the truth of `test` is as `sense` says, else goes on.
  void branch(ast::Expr& test, Sense sense, Label& label);
  /// The same for `and` and `or`, for comparisons, and for one comparison of two values.
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
  /// Evaluates what is called to the start of a call.
  Callee callee(ast::Expr& node, const Shape& shape);
  /// Passes the values in `leading`, which stand right behind what start_call took, and `arguments`.
  void finish_call(Callee callee, Run leading, ast::Arguments arguments, const Shape& shape, Reg dst, ast::Position at);
  /// Makes the list R[base + 2] of the positional arguments and the dict R[base + 3] of the others.
  void spread_arguments(Reg base, Run leading, ast::Arguments arguments, ast::Position at);
  /// R[mapping] = the dict of the keyword arguments, unset if there are none.
  void spread_keywords(Reg mapping, ast::Arguments arguments);
  /// Adds name=value to the keyword arguments R[mapping]; where the name `may_repeat` one of them, that is found out.
  void keyword_argument(Reg mapping, std::string_view name, ast::Expr& value, bool may_repeat);
  /// Whether `node` is a super() that stands for super(__class__, self).
  bool is_super_call(const ast::Expr& node) const;
  /// Such a super() as a value.
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
  bool is_viper_ = false;  // a function of @micropython.viper
};

}  // namespace upy
