#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/front/ast.h"

namespace upy {

class Scope;

/// A name bound in a function, lambda, generator expression or comprehension, or the __class__ of a class body: it
/// lives in a register of its frame, or in a cell that the register holds.
struct Variable {
  std::string_view name;
  Scope* scope;              ///< where it is bound
  uint32_t index;            ///< among all variables of its frame
  bool is_captured = false;  ///< an inner unit uses it, so it lives in a cell
  bool is_rebound = false;   ///< the target of a :=, so it may change in the middle of an expression
};

/// Where a name of a scope is found.
struct Binding {
  enum class Storage : uint8_t {
    Register,   ///< `variable`'s register
    Cell,       ///< the cell in `variable`'s register
    Captured,   ///< the captured cell `captured` of the frame
    Global,     ///< the globals, then the builtins
    Namespace,  ///< the namespace dict in register 0, then as Global
  };
  Storage storage = Storage::Global;
  Variable* variable = nullptr;  ///< Register, Cell and Captured only
  uint16_t captured = 0;         ///< Captured only
};

/// A region of the source with names of its own. Its frame is the scope that becomes a code unit: itself, except for
/// comprehensions, whose code and registers are part of the unit they stand in.
class Scope {
 public:
  enum class Kind : uint8_t {
    Module,         ///< names live in the globals
    Namespace,      ///< a module whose names live in a namespace dict
    Class,          ///< names live in a namespace dict, and inner scopes do not see them
    Function,       ///< names are variables, as in all kinds below
    Lambda,         ///< as Function
    Generator,      ///< a generator expression; its first parameter is the outermost iterator
    Comprehension,  ///< list, set or dict comprehension
  };

  /// What a scope does with a name.
  enum class Use : uint8_t { Reads, Binds, DeclaresGlobal, DeclaresNonlocal };

  struct Symbol {
    std::string_view name;
    Use use;
    ast::Position at;  ///< of the first use
    Binding binding;   ///< known once the analysis is over
  };

  Scope(Kind kind, std::string_view name, Scope* parent, ast::Position at);

  const Kind kind;
  const std::string_view name;  ///< as CodeUnit::name
  Scope* const parent;          ///< null for the module
  const ast::Position at;
  Scope* const frame;  ///< the scope whose code unit this one is part of

  bool is_generator = false;            ///< frames only: yields
  bool is_coroutine = false;            ///< frames only: async def, or a generator expression that awaits
  std::deque<Variable> variables;       ///< what the scope binds; the parameters come first, in the order of registers
  std::vector<Variable*> captured;      ///< frames only: the variables of outer frames that it uses
  uint32_t frame_variables = 0;         ///< frames only: the number of variables, those of its comprehensions included
  std::vector<Variable*> may_be_unset;  ///< frames only: the variables that are deleted somewhere

  /// Whether names that the scope binds are variables.
  bool has_variables() const { return kind >= Kind::Function; }

  /// Where `name`, which the scope uses, is found.
  const Binding& binding(std::string_view name) const { return symbols_[index_.at(name)].binding; }
  /// The symbol of `name`, null if the scope does not use it.
  Symbol* find(std::string_view name);
  /// The symbol of `name`, with `use` if it is new.
  Symbol& find_or_add(std::string_view name, Use use, ast::Position at);
  /// All symbols in the order of their first use.
  std::vector<Symbol>& symbols() { return symbols_; }
  /// A new variable of this scope.
  Variable& add_variable(std::string_view name);
  /// The number under which the frame captures `variable` of an outer one.
  uint16_t capture(Variable& variable);

 private:
  std::vector<Symbol> symbols_;
  std::unordered_map<std::string_view, uint32_t> index_;
  std::unordered_map<const Variable*, uint16_t> capture_index_;
};

/// The first parameter of units that take what no source can name: a namespace dict or an iterator.
inline constexpr std::string_view kHiddenParameter = ".0";
/// The class in which a function stands, as zero-argument super() and scripts find it.
inline constexpr std::string_view kClassCell = "__class__";

}  // namespace upy
