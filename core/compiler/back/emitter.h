#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bytecode/code_unit.h"
#include "bytecode/index_set.h"
#include "compiler/front/budget.h"
#include "compiler/front/first_error.h"
#include "compiler/front/literal.h"

namespace upy {

using Reg = uint16_t;

/// Which outcome of a condition a jump is for.
enum class Sense : uint8_t { IfFalse, IfTrue };

constexpr Sense opposite(Sense sense) { return sense == Sense::IfFalse ? Sense::IfTrue : Sense::IfFalse; }

class Emitter;

/// A place in the code that jumps lead to. It must be bound once, unless nothing jumps there.
class Label {
 public:
  explicit Label(Emitter& emitter);

 private:
  friend class Emitter;
  const uint32_t id_;
  std::optional<IndexSet> flow_;  ///< what is assigned wherever a jump to it starts; nothing if none was emitted
};

/// A range of instructions that an exception handler covers, while it is being emitted.
struct Region {
  uint32_t start;
  std::optional<IndexSet> flow;  ///< at its start
};

/// Writes the code of one unit, with its tables.
///
/// While it does so it follows which variables are sure to be assigned, and whether the place is reached at all: what
/// is not reached is not emitted, and needs no entries in the tables either. Variables that may be unset again
/// (`deletable`) are never taken for assigned after the head of a loop or in a handler.
///
/// Running out of registers, constants, names, ... is reported as the RuntimeError `bytecode overflow`.
class Emitter {
 public:
  /// `variables`: the number of variables to follow; `block`: the unit's name for errors.
  Emitter(size_t variables, std::string_view block, FirstError& errors, Budget& budget);

  // ---- instructions ----

  /// The line that the next instructions belong to.
  void set_line(uint32_t line) { line_ = line; }
  void emit(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0, uint8_t k = 0);
  void emit_immediate(Op op, uint32_t a, int32_t immediate);

  // ---- jumps ----

  /// Whether execution can arrive at the next instruction.
  bool is_reached() const { return flow_.has_value(); }
  /// Goes on at `label`: forward, or backward if it is bound already.
  void jump(Label& label);
  /// Jumps forward if R[reg] is as `sense` says.
  void jump_if(Sense sense, Reg reg, Label& label);
  /// Jumps forward if the comparison `op` (one of JUMP_LT ..) of R[a] with b, a register or constant, is as `sense`
  /// says.
  void compare_jump(Op op, Reg a, uint16_t b, Sense sense, Label& label);
  /// FOR_NEXT: puts the next item into R[item] and jumps back to `label`, if there is one.
  void for_next(Reg state, Reg item, Label& label);
  /// Whether the place of `label` is known, so that jumps to it lead backward.
  bool is_bound(const Label& label) const { return positions_[label.id_] != kUnbound; }
  /// The place of `label` is here.
  void bind(Label& label);
  /// The same for a label that jumps lead back to. The preceding JUMP `entry`, if there is one, enters the loop
  /// elsewhere.
  void bind_loop(Label& label, const Label* entry = nullptr);

  // ---- variables ----

  bool is_assigned(const uint32_t variable) const { return !flow_ || flow_->has(variable); }
  void mark_assigned(uint32_t variable);
  void mark_unset(uint32_t variable);
  /// Notes that `variable` may be unset somewhere, before any code is emitted.
  void mark_deletable(uint32_t variable) { deletable_.add(variable); }

  // ---- exception handlers ----

  Region begin_region() const { return {static_cast<uint32_t>(code_.size()), flow_}; }
  /// Exceptions since begin_region go on at `handler` with the exception in R[reg]. Inner regions must end first.
  void end_region(Region& region, Label& handler, Reg reg);

  // ---- tables ----

  uint16_t constant(const ast::Literal& value);
  /// A constant of type str.
  uint16_t text_constant(std::string_view text) { return constant(ast::Literal(Constant::Kind::Str, text)); }
  uint16_t name(std::string_view name);
  /// A site for `name`: one of its own for attributes, but a shared one for all uses of a global with the same `op`.
  uint16_t site(Op op, std::string_view name);
  uint16_t child(CodeUnit unit);

  /// Reports that the unit outgrew the instruction set.
  void overflow();
  /// Fills in code, lines, handlers and the tables of `unit`.
  void finish(CodeUnit& unit);

 private:
  friend class Label;
  struct Jump {
    uint32_t at;     ///< the instruction
    uint32_t label;  ///< its target
  };
  struct PendingHandler {
    uint32_t start, end, label;
    Reg reg;
  };
  static constexpr uint32_t kUnbound = UINT32_MAX;

  void append(const Instr& instr);
  void forward(const Instr& instr, Label& label);
  void drop_idle_jump(const Label& label);
  uint16_t checked_index(size_t index);
  void thread_jumps();
  void widen_jumps();
  std::vector<bool> jumps_to_widen() const;
  void widen(const std::vector<bool>& wide);
  void set_offsets();
  int64_t distance(const Jump& jump) const { return int64_t{positions_[jump.label]} - jump.at - 1; }

  const std::string_view block_;
  FirstError& errors_;
  Budget& budget_;
  uint32_t line_ = 1;

  std::vector<Instr> code_;
  std::vector<LineEntry> lines_;
  std::vector<Jump> jumps_;          // in the order of their instructions
  std::vector<uint32_t> positions_;  // of the labels
  uint32_t last_bound_ = kUnbound;   // the position of the label bound last
  std::vector<PendingHandler> handlers_;
  std::optional<IndexSet> flow_;  // the assigned variables; nothing where the code is not reached
  IndexSet deletable_;

  std::vector<std::string> names_;
  std::vector<uint32_t> sites_;
  std::vector<Constant> constants_;
  std::vector<CodeUnit> children_;
  std::unordered_map<std::string_view, uint16_t> name_index_;
  std::unordered_map<std::string, uint16_t> constant_index_;  // by key_of
  std::unordered_map<uint64_t, uint16_t> site_index_;         // by op and name
};

}  // namespace upy
