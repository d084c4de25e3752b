#include "bytecode/register_flow.h"

// An abstract interpretation: the code is followed along every way, with what each register may hold in place of what
// it holds. States are kept at the heads of blocks only: where a jump or a handler leads, and where the code begins. A
// block is walked from its head with a running state, which is then merged into what is already known at its
// successors. A head that learns something new is walked again. The lowest head goes first: jumps lead forward except
// for loops, so an inner loop is settled before what follows it is looked at.
//
// An exception may leave an instruction at any point of it. So a handler learns the state before the first instruction
// that may raise, and from there on each change that an instruction makes, whether or not it raises after that.
//
// Time and memory are bounded by the code's length. Compiled code stays far below the bounds: a loop is walked a few
// times per level of nesting.

#include <algorithm>
#include <cstdint>
#include <queue>
#include <vector>

#include "bytecode/opcode_info.h"
#include "bytecode/register_state.h"

namespace upy {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

/// Per instruction the handler that takes its exceptions: the first in the table that covers it.
std::vector<uint32_t> handler_of_each(const CodeUnit& unit) {
  if (unit.handlers.empty()) return {};
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

std::string names_of(content::Set contents) {
  if (contents == content::kAnything) return "what a call left";
  std::string names;
#define CONTENT(name, meaning) \
  if (contents & content::name) names += (names.empty() ? "" : " or ") + std::string(#name);
#include "defs/opcodes.def"
  return names;
}

class RegisterFlow {
 public:
  RegisterFlow(const CodeUnit& unit, Meter& meter) : unit_(unit), meter_(meter) {}

  std::optional<std::string> check() {
    constexpr size_t kBytesPerInstruction = 2 * sizeof(uint32_t);
    constexpr size_t kBytesPerHandler = 4 * sizeof(uint32_t);
    charge(unit_.code.size() * kBytesPerInstruction + unit_.handlers.size() * kBytesPerHandler);
    if (problem_) return problem_;
    handler_of_ = handler_of_each(unit_);
    find_heads();
    RegisterState entry;
    entry.set(content::Value, 0, static_cast<uint32_t>(unit_.parameters.size()));
    if (!problem_) merge(0, std::move(entry));
    while (!waiting_.empty() && !problem_) {
      const uint32_t head = waiting_.top();
      waiting_.pop();
      blocks_[head_of_[head]].is_waiting = false;
      walk(head);
    }
    return problem_;
  }

 private:
  struct Block {
    RegisterState state;
    bool is_reached = false;
    bool is_waiting = false;
    size_t charged = 0;
  };
  // Steps are instructions walked and, as they are cheaper by far, groups of registers merged.
  static constexpr size_t kRegistersPerStep = 64;
  static constexpr size_t kStepsPerInstruction = 256;
  static constexpr size_t kStepsPerPoll = 2048;
  static constexpr size_t kFreeSteps = 1u << 20;

  void fail(uint32_t at, const std::string& what) {
    if (!problem_) {
      problem_ = "instruction " + std::to_string(at) + " (" + std::string(info(unit_.code[at].op).name) + "): " + what;
    }
  }

  void charge(size_t bytes) {
    if (!problem_ && !meter_.charge(bytes)) problem_ = kOutOfMemory;
  }

  void step(size_t registers) {
    const size_t before = steps_;
    steps_ += 1 + registers / kRegistersPerStep;
    if (steps_ / kStepsPerPoll == before / kStepsPerPoll || problem_) return;
    if (!meter_.poll()) problem_ = kAbandoned;
    if (steps_ > kFreeSteps + kStepsPerInstruction * unit_.code.size()) problem_ = "too entangled";
  }

  void find_heads() {
    head_of_.assign(unit_.code.size(), kNone);
    mark_head(0);
    for (size_t at = 0; at < unit_.code.size(); ++at) {
      if (is_jump(unit_.code[at].op)) mark_head(jump_target(unit_.code[at], at));
    }
    for (const Handler& handler : unit_.handlers) mark_head(handler.target);
    charge(heads_ * (sizeof(Block) + sizeof(uint32_t)));
    if (!problem_) blocks_.resize(heads_);
  }

  void mark_head(size_t at) {
    if (head_of_[at] == kNone) head_of_[at] = heads_++;
  }

  uint32_t handler_of(uint32_t at) const { return handler_of_.empty() ? kNone : handler_of_[at]; }

  // ---- what is known at heads ----

  /// Notes that `state` may reach the head `at`.
  void merge(uint32_t at, RegisterState state) {
    Block& block = blocks_[head_of_[at]];
    step(std::max(state.size(), block.state.size()));
    if (!block.is_reached) {
      block.state = std::move(state);
      block.is_reached = true;
    } else if (!block.state.merge(state)) {
      return;
    }
    learned(at, block);
  }

  /// Sees to it that the head `at` is walked with what is new there.
  void learned(uint32_t at, Block& block) {
    if (block.state.size() > block.charged) {
      charge(block.state.size() - block.charged);
      block.charged = block.state.size();
    }
    if (block.is_waiting) return;
    block.is_waiting = true;
    waiting_.push(at);
  }

  void merge_into_handler(const Handler& handler, RegisterState state) {
    state.set(content::Value, handler.reg);
    merge(handler.target, std::move(state));
  }

  // ---- following the code ----

  /// Follows the code from the head `at` to the next head or to where it does not go on.
  void walk(uint32_t at) {
    state_ = blocks_[head_of_[at]].state;
    step(state_.size());
    for (handler_ = kNone; !problem_;) {
      const Instr& instr = unit_.code[at];
      enter_handler(at, instr);
      apply(instr, at);
      step(0);
      if (never_falls_through(instr.op)) return;
      if (head_of_[++at] != kNone) return merge(at, std::move(state_));
    }
  }

  /// Lets the handler of the instruction learn the present state, if it does not follow the changes already.
  void enter_handler(uint32_t at, const Instr& instr) {
    if (handler_ != kNone && handler_ != handler_of(at)) handler_ = kNone;
    if (handler_ != kNone || handler_of(at) == kNone || info(instr.op).effect == Effect::Plain) return;
    handler_ = handler_of(at);
    merge_into_handler(unit_.handlers[handler_], state_);
  }

  /// Checks what `instr` reads, and carries out what it writes.
  void apply(const Instr& instr, uint32_t at) {
    const RegisterUses uses = register_uses(instr);
    content::Set copied = 0;
    for (const RegisterUse& use : uses) {
      if (use.kind != RegisterUse::Kind::Read) continue;
      require(use, at);
      copied = state_[use.first];
    }
    if (instr.op == Op::MAKE_FUNCTION) require_captures(unit_.children[instr.b], at);
    if (uses.clobbered_from != RegisterUses::kNothingClobbered) clobber(uses.clobbered_from);
    for (const RegisterUse& use : uses) {
      if (use.kind == RegisterUse::Kind::Write) write(use.content, use.first, use.count);
      if (use.kind == RegisterUse::Kind::WriteCopy) write(copied, use.first, use.count);
    }
    if (is_jump(instr.op)) jump(instr, at, uses);
  }

  void require(const RegisterUse& use, uint32_t at) {
    step(use.count);
    if (state_.holds(use.content, use.first, use.count)) return;
    uint32_t reg = use.first;
    while (state_.holds(use.content, reg, 1)) ++reg;
    fail(at,
         "register " + std::to_string(reg) + " may hold " + names_of(state_[reg]) + ", not " + names_of(use.content));
  }

  void require_captures(const CodeUnit& child, uint32_t at) {
    step(child.captures.size() * kRegistersPerStep);
    for (const Capture& capture : child.captures) {
      if (capture.from_free || state_[capture.index] == content::Cell) continue;
      return fail(at, "captured register " + std::to_string(capture.index) + " may hold " +
                          names_of(state_[capture.index]) + ", not Cell");
    }
  }

  void write(content::Set content, uint32_t first, uint32_t count) {
    step(count);
    state_.set(content, first, count);
    if (handler_ == kNone) return;
    const Handler& handler = unit_.handlers[handler_];
    Block& block = blocks_[head_of_[handler.target]];
    bool is_new = false;
    if (handler.reg < first || handler.reg >= first + count) {
      is_new = block.state.add(content, first, count);
    } else {
      is_new = block.state.add(content, first, handler.reg - first);
      is_new |= block.state.add(content, handler.reg + 1, first + count - handler.reg - 1);
    }
    if (is_new) learned(handler.target, block);
  }

  void clobber(uint32_t first) {
    step(state_.size() - std::min<size_t>(state_.size(), first));
    state_.clobber(first);
    if (handler_ != kNone) merge_into_handler(unit_.handlers[handler_], state_);
  }

  void jump(const Instr& instr, uint32_t at, const RegisterUses& uses) {
    RegisterState state = state_;
    for (const RegisterUse& use : uses) {
      if (use.kind == RegisterUse::Kind::OnJump) state.set(use.content, use.first, use.count);
    }
    merge(static_cast<uint32_t>(jump_target(instr, at)), std::move(state));
  }

  const CodeUnit& unit_;
  Meter& meter_;
  std::vector<uint32_t> handler_of_;  // empty if there are none
  std::vector<uint32_t> head_of_;     // per instruction its number among the heads, or kNone
  size_t heads_ = 0;
  std::vector<Block> blocks_;  // by number of the head
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> waiting_;
  RegisterState state_;       // where the walk is
  uint32_t handler_ = kNone;  // the handler that follows its changes
  size_t steps_ = 0;
  std::optional<std::string> problem_;
};

}  // namespace

std::optional<std::string> check_register_flow(const CodeUnit& unit, Meter& meter) {
  return RegisterFlow(unit, meter).check();
}

}  // namespace upy
