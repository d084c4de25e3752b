// A forward data-flow analysis over sets of registers. The state at an instruction is the set of registers that hold a
// value on every way there. States are kept at the heads of blocks only: where a jump or a handler leads, and where the
// code begins. A block is walked from its head with a running state, which is then met (intersected) with what is
// already known at its successors. A head whose state shrinks is walked again. The lowest head goes first: jumps lead
// forward except for loops, so an inner loop is settled before what follows it is looked at.
//
// An exception may leave an instruction before it wrote anything, so what meets the state of a handler is the state
// before each instruction it covers. As the state grows within a block, looking at it where the covered range or the
// block begins and after each instruction that unsets something will do.
#include "bytecode/register_flow.h"

#include <algorithm>
#include <cstdint>
#include <queue>
#include <vector>

#include "bytecode/index_set.h"
#include "bytecode/opcode_info.h"
#include "bytecode/register_runs.h"

namespace upy {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

/// Per instruction the handler that takes its exceptions: the first in the table that covers it.
std::vector<uint32_t> handler_of_each(const CodeUnit& unit) {
  std::vector<uint32_t> by_start(unit.handlers.size());
  for (uint32_t i = 0; i < by_start.size(); ++i) by_start[i] = i;
  std::stable_sort(by_start.begin(), by_start.end(),
                   [&](uint32_t i, uint32_t j) { return unit.handlers[i].start < unit.handlers[j].start; });

  std::vector<uint32_t> handler_of(unit.code.size(), kNone);
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> open;
  size_t next = 0;
  for (size_t at = 0; at < unit.code.size(); ++at) {
    for (; next < by_start.size() && unit.handlers[by_start[next]].start <= at; ++next) open.push(by_start[next]);
    while (!open.empty() && unit.handlers[open.top()].end <= at) open.pop();
    if (!open.empty()) handler_of[at] = open.top();
  }
  return handler_of;
}

class RegisterFlow {
 public:
  explicit RegisterFlow(const CodeUnit& unit)
      : unit_(unit), handler_of_(handler_of_each(unit)), head_of_(unit.code.size(), kNone) {}

  std::optional<std::string> check() {
    find_heads();
    if (heads_ * (unit_.register_count / 8 + sizeof(IndexSet)) > kMaxStateBytes) return "too many registers and jumps";

    IndexSet entry(unit_.register_count);
    for (size_t i = 0; i < unit_.parameters.size(); ++i) entry.add(i);
    meet(0, entry);
    for (size_t visits = 0; !waiting_.empty(); ++visits) {
      if (visits > kMaxVisitsPerHead * heads_) return "too entangled jumps";
      const uint32_t head = waiting_.top();
      waiting_.pop();
      is_waiting_[head_of_[head]] = false;
      walk(head);
      if (error_) return error_;
    }
    return std::nullopt;
  }

 private:
  // Compiled code stays far below both: a loop is walked a few times per level of nesting.
  static constexpr size_t kMaxStateBytes = 256u << 20;
  static constexpr size_t kMaxVisitsPerHead = 1000;

  void find_heads() {
    mark_head(0);
    for (size_t at = 0; at < unit_.code.size(); ++at) {
      if (is_jump(unit_.code[at].op)) mark_head(jump_target(unit_.code[at], at));
    }
    for (const Handler& handler : unit_.handlers) mark_head(handler.target);
    states_.assign(heads_, std::nullopt);
    is_waiting_.assign(heads_, false);
  }

  void mark_head(size_t at) {
    if (head_of_[at] == kNone) head_of_[at] = heads_++;
  }

  /// Notes that `state` may reach the head `at`.
  void meet(size_t at, const IndexSet& state) {
    const uint32_t head = head_of_[at];
    if (!states_[head]) {
      states_[head] = state;
    } else if (!states_[head]->intersect(state)) {
      return;
    }
    if (is_waiting_[head]) return;
    is_waiting_[head] = true;
    waiting_.push(at);
  }

  /// Follows the code from the head `at` to the next head or to where it does not go on.
  void walk(uint32_t at) {
    IndexSet state = *states_[head_of_[at]];
    uint32_t met_handler = kNone;
    for (;;) {
      const Instr& instr = unit_.code[at];
      if (handler_of_[at] != met_handler) {
        met_handler = handler_of_[at];
        if (met_handler != kNone) meet_handler(unit_.handlers[met_handler], state);
      }
      if (apply(instr, state, at)) met_handler = kNone;
      if (error_) return;
      if (is_jump(instr.op)) jump(instr, at, state);
      if (never_falls_through(instr.op)) return;
      ++at;
      if (head_of_[at] != kNone) return meet(at, state);
    }
  }

  void jump(const Instr& instr, uint32_t at, const IndexSet& state) {
    const size_t target = jump_target(instr, at);
    if (instr.op != Op::FOR_NEXT) return meet(target, state);
    IndexSet with_item = state;
    with_item.add(instr.b);
    meet(target, with_item);
  }

  void meet_handler(const Handler& handler, const IndexSet& state) {
    IndexSet with_exception = state;
    with_exception.add(handler.reg);
    meet(handler.target, with_exception);
  }

  /// Carries out what `instr` does to `state`; whether anything may have been unset.
  bool apply(const Instr& instr, IndexSet& state, uint32_t at) {
    const bool moves_unset = instr.op == Op::MOVE && !state.has(instr.b);
    const RegisterRuns runs = register_runs(instr);
    bool unset = moves_unset;
    for (const RegisterRun& run : runs) {
      if (run.access == Access::Read) require(run, state, at);
    }
    if (runs.clobbered_from != RegisterRuns::kNothingClobbered) {
      state.remove_from(runs.clobbered_from);
      unset = true;
    }
    for (const RegisterRun& run : runs) {
      for (uint32_t reg = run.first; reg < run.first + run.count; ++reg) {
        if (run.access == Access::Write && !(instr.op == Op::FOR_NEXT)) {
          state.add(reg);
        } else if (run.access == Access::Unset) {
          state.remove(reg);
          unset = true;
        }
      }
    }
    if (moves_unset) state.remove(instr.a);
    return unset;
  }

  void require(const RegisterRun& run, const IndexSet& state, uint32_t at) {
    for (uint32_t reg = run.first; reg < run.first + run.count; ++reg) {
      if (state.has(reg)) continue;
      error_ = "instruction " + std::to_string(at) + " (" + std::string(info(unit_.code[at].op).name) + "): register " +
               std::to_string(reg) + " may be unset";
      return;
    }
  }

  const CodeUnit& unit_;
  const std::vector<uint32_t> handler_of_;
  std::vector<uint32_t> head_of_;  // per instruction its number among the heads, or kNone
  size_t heads_ = 0;
  std::vector<std::optional<IndexSet>> states_;
  std::vector<bool> is_waiting_;
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> waiting_;
  std::optional<std::string> error_;
};

}  // namespace

std::optional<std::string> check_register_flow(const CodeUnit& unit) { return RegisterFlow(unit).check(); }

}  // namespace upy
