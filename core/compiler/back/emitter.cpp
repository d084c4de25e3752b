#include "compiler/back/emitter.h"

#include <bit>
#include <cassert>
#include <string>

#include "bytecode/opcode_info.h"

namespace upy {
namespace {

/// A text that is the same for two literals if and only if their constants are equal.
std::string key_of(const ast::Literal& literal) {
  const auto bytes_of = [](uint64_t word) {
    std::string bytes;
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(word >> shift);
    return bytes;
  };
  std::string key(1, static_cast<char>(literal.kind));
  switch (literal.kind) {
    case Constant::Kind::None:
    case Constant::Kind::False:
    case Constant::Kind::True:
    case Constant::Kind::Ellipsis:
      break;
    case Constant::Kind::Int:
      key += bytes_of(static_cast<uint64_t>(literal.integer));
      break;
    case Constant::Kind::Float:
    case Constant::Kind::Imaginary:
      key += bytes_of(std::bit_cast<uint64_t>(literal.number));
      break;
    case Constant::Kind::BigInt:
    case Constant::Kind::Str:
    case Constant::Kind::Bytes:
      (key += bytes_of(literal.text.size())) += literal.text;
      break;
    case Constant::Kind::Tuple:
      key += bytes_of(literal.items.size());
      for (const ast::Literal& item : literal.items) key += key_of(item);
      break;
  }
  return key;
}

/// Whether all uses of a name with `op` share one site: what they find depends on the name alone.
bool shares_site(Op op) {
  switch (op) {
    case Op::LOAD_GLOBAL:
    case Op::STORE_GLOBAL:
    case Op::DELETE_GLOBAL:
    case Op::LOAD_NAME:
    case Op::STORE_NAME:
    case Op::DELETE_NAME:
      return true;
    default:
      return false;
  }
}

bool is_narrow(Op op) { return is_jump(op) && !is_wide(op); }

}  // namespace

Label::Label(Emitter& emitter) : id_(emitter.positions_.size()) { emitter.positions_.push_back(Emitter::kUnbound); }

Emitter::Emitter(size_t variables, std::string_view block, FirstError& errors, Budget& budget)
    : block_(block), errors_(errors), budget_(budget), flow_(IndexSet(variables)), deletable_(variables) {}

// ---- instructions ----

void Emitter::append(const Instr& instr) {
  assert(is_legal_k(instr.op, instr.k));
  const auto at = static_cast<uint32_t>(code_.size());
  if (!lines_.empty() && lines_.back().start == at) lines_.pop_back();
  if (lines_.empty() || lines_.back().line != line_) lines_.push_back({at, line_});
  code_.push_back(instr);
  budget_.charge(2 * sizeof(Instr));
  if (never_falls_through(instr.op)) flow_.reset();
}

void Emitter::emit(Op op, uint32_t a, uint32_t b, uint32_t c, uint8_t k) {
  if (is_reached()) append(Instr(op, k, static_cast<uint16_t>(a), static_cast<uint16_t>(b), static_cast<uint16_t>(c)));
}

void Emitter::emit_immediate(Op op, uint32_t a, int32_t immediate) {
  if (is_reached()) append(Instr(op, 0, static_cast<uint16_t>(a), immediate));
}

// ---- jumps ----

void Emitter::forward(const Instr& instr, Label& label) {
  if (!is_reached()) return;
  if (label.flow_) {
    label.flow_->intersect(*flow_);
  } else {
    label.flow_ = flow_;
  }
  jumps_.push_back({static_cast<uint32_t>(code_.size()), label.id_});
  append(instr);
}

void Emitter::jump(Label& label) { forward(Instr(is_bound(label) ? Op::LOOP : Op::JUMP, 0, 0, 0), label); }

void Emitter::jump_if(Sense sense, Reg reg, Label& label) {
  forward(Instr(sense == Sense::IfTrue ? Op::JUMP_IF : Op::JUMP_IF_NOT, 0, reg, 0), label);
}

void Emitter::compare_jump(Op op, Reg a, uint16_t b, Sense sense, Label& label) {
  forward(Instr(op, sense == Sense::IfTrue, a, b, 0), label);
}

void Emitter::for_next(Reg state, Reg item, Label& label) { forward(Instr(Op::FOR_NEXT, 0, state, item, 0), label); }

void Emitter::bind(Label& label) {
  drop_idle_jump(label);
  if (!label.flow_) {
    // Nothing jumps here.
  } else if (flow_) {
    flow_->intersect(*label.flow_);
  } else {
    flow_ = std::move(label.flow_);
  }
  last_bound_ = positions_[label.id_] = static_cast<uint32_t>(code_.size());
}

/// Drops a JUMP to `label` that would lead to what follows it, unless another label stands between the two.
void Emitter::drop_idle_jump(const Label& label) {
  const auto here = static_cast<uint32_t>(code_.size());
  const bool is_idle = !jumps_.empty() && jumps_.back().at + 1 == here && jumps_.back().label == label.id_ &&
                       code_.back().op == Op::JUMP && last_bound_ != here;
  if (!is_idle) return;
  jumps_.pop_back();
  code_.pop_back();
  for (auto handler = handlers_.rbegin(); handler != handlers_.rend() && handler->end == here; ++handler)
    --handler->end;
}

void Emitter::bind_loop(Label& label, const Label* entry) {
  if (entry != nullptr) flow_ = entry->flow_;
  if (flow_) flow_->subtract(deletable_);
  last_bound_ = positions_[label.id_] = static_cast<uint32_t>(code_.size());
}

// ---- variables ----

void Emitter::mark_assigned(uint32_t variable) {
  if (flow_) flow_->add(variable);
}

void Emitter::mark_unset(uint32_t variable) {
  if (flow_) flow_->remove(variable);
}

// ---- exception handlers ----

void Emitter::end_region(Region& region, Label& handler, Reg reg) {
  const auto end = static_cast<uint32_t>(code_.size());
  if (!region.flow || region.start == end) return;
  handlers_.push_back({region.start, end, handler.id_, reg});
  handler.flow_ = std::move(region.flow);
  handler.flow_->subtract(deletable_);
}

// ---- tables ----

uint16_t Emitter::checked_index(size_t index) {
  if (index <= UINT16_MAX) return static_cast<uint16_t>(index);
  overflow();
  return 0;
}

void Emitter::overflow() {
  errors_.report(Diagnostic::Kind::RuntimeError, "bytecode overflow", {.line = line_, .column = 1}, block_);
}

uint16_t Emitter::constant(const ast::Literal& value) {
  if (!is_reached()) return 0;
  const auto [entry, is_new] = constant_index_.try_emplace(key_of(value), 0);
  if (is_new) {
    entry->second = checked_index(constants_.size());
    constants_.push_back(value.to_constant());
    budget_.charge(2 * sizeof(Constant) + 2 * entry->first.size());
  }
  return entry->second;
}

uint16_t Emitter::name(std::string_view name) {
  if (!is_reached()) return 0;
  const auto [entry, is_new] = name_index_.try_emplace(name, 0);
  if (is_new) {
    entry->second = checked_index(names_.size());
    names_.emplace_back(name);
    budget_.charge(2 * sizeof(std::string) + name.size());
  }
  return entry->second;
}

uint16_t Emitter::site(Op op, std::string_view name) {
  if (!is_reached()) return 0;
  const uint16_t name_index = this->name(name);
  const auto add = [&] {
    sites_.push_back(name_index);
    budget_.charge(sizeof(uint32_t));
    return checked_index(sites_.size() - 1);
  };
  if (!shares_site(op)) return add();
  const auto [entry, is_new] = site_index_.try_emplace(uint64_t{name_index} << 8 | static_cast<uint8_t>(op), 0);
  if (is_new) entry->second = add();
  return entry->second;
}

uint16_t Emitter::child(CodeUnit unit) {
  if (!is_reached()) return 0;
  children_.push_back(std::move(unit));
  budget_.charge(2 * sizeof(CodeUnit));
  return checked_index(children_.size() - 1);
}

// ---- finishing ----

void Emitter::finish(CodeUnit& unit) {
  thread_jumps();
  widen_jumps();
  set_offsets();
  unit.code = std::move(code_);
  unit.lines = std::move(lines_);
  unit.names = std::move(names_);
  unit.sites = std::move(sites_);
  unit.constants = std::move(constants_);
  unit.children = std::move(children_);
  for (const PendingHandler& handler : handlers_) {
    if (handler.start == handler.end) continue;  // it held no more than a dropped jump
    unit.handlers.push_back({handler.start, handler.end, positions_[handler.label], handler.reg});
  }
}

/// Leads forward jumps that arrive at another jump straight to where it goes.
void Emitter::thread_jumps() {
  constexpr int kMostSteps = 16;
  std::unordered_map<uint32_t, uint32_t> label_of;  // by instruction, for the unconditional jumps
  for (const Jump& jump : jumps_) {
    if (code_[jump.at].op == Op::JUMP || code_[jump.at].op == Op::LOOP) label_of.emplace(jump.at, jump.label);
  }
  std::vector<Jump> kept;
  for (Jump jump : jumps_) {
    Instr& instr = code_[jump.at];
    for (int step = 0; step < kMostSteps && !jumps_backward(instr.op); ++step) {
      const uint32_t target = positions_[jump.label];
      const Op next = code_[target].op;
      if (next == Op::JUMP) {
        jump.label = label_of.at(target);
      } else if (next == Op::LOOP && instr.op == Op::JUMP && positions_[label_of.at(target)] <= jump.at) {
        jump.label = label_of.at(target);
        instr.op = Op::LOOP;
      } else {
        break;
      }
    }
    if (instr.op == Op::JUMP && code_[positions_[jump.label]].op == Op::RETURN_NONE) {
      instr = Instr(Op::RETURN_NONE, 0, 0, 0);
    } else {
      kept.push_back(jump);
    }
  }
  jumps_ = std::move(kept);
}

/// Replaces 16-bit jumps that lead too far. A compare jump is turned around and skips a JUMP to the target; a FOR_NEXT
/// jumps to a LOOP in front of it, which is skipped on the way to the FOR_NEXT.
void Emitter::widen_jumps() {
  std::vector<bool> wide = jumps_to_widen();
  if (!wide.empty()) widen(wide);
}

/// Per instruction whether it is a jump that leads too far, empty if none does. An instruction becomes at most three,
/// so a third of the reach is always within reach.
std::vector<bool> Emitter::jumps_to_widen() const {
  constexpr int64_t kSafeReach = INT16_MAX / 3;
  std::vector<bool> wide;
  for (const Jump& jump : jumps_) {
    const int64_t distance = this->distance(jump);
    if (!is_narrow(code_[jump.at].op) || (distance <= kSafeReach && distance >= -kSafeReach)) continue;
    wide.resize(code_.size());
    wide[jump.at] = true;
  }
  return wide;
}

void Emitter::widen(const std::vector<bool>& wide) {
  std::vector<uint32_t> moved;  // per old instruction the index of what replaces it
  std::vector<Instr> code;
  moved.reserve(code_.size() + 1);
  for (size_t at = 0; at < code_.size(); ++at) {
    moved.push_back(static_cast<uint32_t>(code.size()));
    Instr instr = code_[at];
    if (!wide[at]) {
      code.push_back(instr);
    } else if (instr.op == Op::FOR_NEXT) {
      instr.c = static_cast<uint16_t>(-2);
      code.insert(code.end(), {Instr(Op::JUMP, 0, 0, 1), Instr(Op::LOOP, 0, 0, 0), instr});
    } else {
      instr.k ^= 1;
      instr.c = 1;
      code.insert(code.end(), {instr, Instr(Op::JUMP, 0, 0, 0)});
    }
  }
  moved.push_back(static_cast<uint32_t>(code.size()));

  for (Jump& jump : jumps_) jump.at = moved[jump.at] + (wide[jump.at] ? 1 : 0);
  for (uint32_t& position : positions_) {
    if (position != kUnbound) position = moved[position];
  }
  for (PendingHandler& handler : handlers_) {
    handler.start = moved[handler.start];
    handler.end = moved[handler.end];
  }
  for (LineEntry& entry : lines_) entry.start = moved[entry.start];
  code_ = std::move(code);
}

void Emitter::set_offsets() {
  for (const Jump& jump : jumps_) {
    Instr& instr = code_[jump.at];
    if (is_narrow(instr.op)) {
      instr.c = static_cast<uint16_t>(distance(jump));
    } else {
      instr.imm = static_cast<int32_t>(distance(jump));
    }
  }
}

}  // namespace upy
