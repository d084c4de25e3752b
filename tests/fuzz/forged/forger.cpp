#include "forger.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "bytecode/opcode_info.h"
#include "bytecode/verify.h"

using upy::CodeUnit;
using upy::Constant;
using upy::Instr;
using upy::Op;
using upy::Operand;

namespace {

void collect(CodeUnit& unit, std::vector<CodeUnit*>& units) {
  units.push_back(&unit);
  for (CodeUnit& child : unit.children) collect(child, units);
}

size_t entries(const CodeUnit& unit, Operand kind) {
  switch (kind) {
#define INDEX(name, table, what) \
  case Operand::name:            \
    return unit.table.size();
#include "defs/opcodes.def"
    default:
      return 0;
  }
}

}  // namespace

size_t Forger::number(size_t limit) { return one_in(2) ? below(std::min<size_t>(limit, 8)) : below(limit); }

std::optional<CodeUnit> Forger::forge(const CodeUnit& original) {
  constexpr int kMostRepairs = 300;
  CodeUnit forged = original, pristine = original;
  std::vector<CodeUnit*> units, originals;
  collect(forged, units);
  collect(pristine, originals);
  const size_t which = below(units.size());
  if (one_in(5)) write_anew(*units[which], *originals[which]);
  for (size_t changes = 1 + number(one_in(4) ? 64 : 8); changes > 0; --changes) change(*units[which]);
  for (int i = 0; i < kMostRepairs; ++i) {
    const std::optional<std::string> problem = upy::verify(forged);
    if (!problem) return forged;
    if (!repair(*units[which], *originals[which], *problem)) return std::nullopt;
  }
  return std::nullopt;
}

/// Undoes or replaces the instruction that the verifier names. False: it names none.
bool Forger::repair(CodeUnit& unit, const CodeUnit& original, const std::string& problem) {
  const size_t found = problem.find("instruction ");
  if (found == std::string::npos) return false;
  const size_t at = std::strtoul(problem.c_str() + found + sizeof "instruction " - 1, nullptr, 10);
  if (at >= unit.code.size()) return false;
  const size_t way = below(4);
  if (way == 0) {
    unit.code[at] = any_instruction(unit, at);
  } else if (way == 1) {
    unit.code[at] = Instr(Op::NOP, 0, 0, 0, 0);
  } else if (at < original.code.size()) {
    unit.code[at] = original.code[at];
  }
  return true;
}

// ---- changes ----

/// Puts random code in place of the unit's, and no code at all in place of the original, to which repairs go back.
void Forger::write_anew(CodeUnit& unit, CodeUnit& original) {
  unit.handlers.clear();
  unit.lines = {{0, 1}};
  unit.register_count = static_cast<uint16_t>(unit.parameters.size() + 4 + number(20));
  const size_t size = unit.register_count + 8 + number(100);
  unit.code.assign(size, Instr(Op::NOP, 0, 0, 0, 0));
  unit.code.back() = Instr(Op::RETURN_NONE, 0, 0, 0, 0);
  original = unit;
  size_t at = 0;
  for (uint16_t reg = static_cast<uint16_t>(unit.parameters.size()); reg < unit.register_count; ++reg) {
    unit.code[at++] = one_in(2) ? Instr(Op::LOAD_INT, 0, reg, static_cast<int32_t>(number(100)))
                                : Instr(Op::LOAD_SINGLETON, static_cast<uint8_t>(below(5)), reg, 0, 0);
  }
  for (; at + 1 < size; ++at) unit.code[at] = any_instruction(unit, at);
}

void Forger::change(CodeUnit& unit) {
  switch (below(16)) {
    case 0:
    case 1:
      return change_handlers(unit);
    case 2:
      return change_table(unit);
    case 3:
      return change_signature(unit);
    case 4:
    case 5:
    case 6:
      return change_run(unit);
    default:
      return change_instruction(unit);
  }
}

void Forger::change_instruction(CodeUnit& unit) {
  const size_t at = below(unit.code.size());
  Instr& instr = unit.code[at];
  const Instr other = any_instruction(unit, at);
  switch (below(6)) {
    case 0:
      instr = other;
      break;
    case 1:
      instr.a = any_register(unit);
      break;
    case 2:
      (one_in(2) ? instr.b : instr.c) = any_register(unit);
      break;
    case 3:
      (one_in(2) ? instr.b : instr.c) = unit.code[below(unit.code.size())].a;
      break;
    case 4:
      instr.k = static_cast<uint8_t>(number(256));
      break;
    case 5:
      std::swap(instr, unit.code[below(unit.code.size())]);
      break;
  }
}

/// Writes a few new instructions, or copies of others, over what is there.
void Forger::change_run(CodeUnit& unit) {
  const size_t to = below(unit.code.size()), from = below(unit.code.size());
  const size_t count = std::min(1 + number(12), unit.code.size() - std::max(to, from));
  const bool copies = one_in(2);
  for (size_t i = 0; i < count; ++i) {
    unit.code[to + i] = copies ? unit.code[from + i] : any_instruction(unit, to + i);
  }
}

void Forger::change_handlers(CodeUnit& unit) {
  const size_t size = unit.code.size();
  if (!unit.handlers.empty() && one_in(4)) {
    unit.handlers.erase(unit.handlers.begin() + static_cast<ptrdiff_t>(below(unit.handlers.size())));
    return;
  }
  uint32_t ends[3] = {static_cast<uint32_t>(below(size)), static_cast<uint32_t>(below(size)),
                      static_cast<uint32_t>(below(size))};
  std::sort(ends, ends + 3);
  if (ends[0] == ends[1]) return;
  const upy::Handler handler{ends[0], ends[1], ends[2], any_register(unit)};
  if (!unit.handlers.empty() && one_in(2)) {
    unit.handlers[below(unit.handlers.size())] = handler;
  } else {
    unit.handlers.insert(unit.handlers.begin() + static_cast<ptrdiff_t>(below(unit.handlers.size() + 1)), handler);
  }
}

void Forger::change_table(CodeUnit& unit) {
  switch (below(6)) {
    case 0:
      if (!unit.sites.empty()) unit.sites[below(unit.sites.size())] = static_cast<uint32_t>(below(unit.names.size()));
      break;
    case 1:
      if (!unit.names.empty()) unit.sites.push_back(static_cast<uint32_t>(below(unit.names.size())));
      break;
    case 2:
      if (!unit.constants.empty()) {
        Constant& constant = unit.constants[below(unit.constants.size())];
        constant = one_in(2) ? Constant{.kind = static_cast<Constant::Kind>(below(4))}
                             : unit.constants[below(unit.constants.size())];
      }
      break;
    case 3:
      if (!unit.captures.empty()) {
        unit.captures[below(unit.captures.size())] = {one_in(2), static_cast<uint16_t>(number(32))};
      }
      break;
    case 4:
      unit.captures.push_back({one_in(2), static_cast<uint16_t>(number(32))});
      break;
    case 5:
      if (!unit.children.empty()) {
        CodeUnit& child = unit.children[below(unit.children.size())];
        for (upy::Capture& capture : child.captures) capture.index = static_cast<uint16_t>(number(16));
      }
      break;
  }
}

void Forger::change_signature(CodeUnit& unit) {
  switch (below(4)) {
    case 0:
      unit.register_count = static_cast<uint16_t>(unit.register_count + below(8));
      break;
    case 1:
      unit.register_count = static_cast<uint16_t>(number(300));
      break;
    case 2:
      unit.flags ^= static_cast<uint8_t>(1u << below(6));
      break;
    case 3:
      if (unit.positional_count > 0) {
        --unit.positional_count;
        ++unit.keyword_only_count;
      }
      break;
  }
}

// ---- instructions ----

uint16_t Forger::any_register(const CodeUnit& unit) {
  return unit.register_count ? static_cast<uint16_t>(number(unit.register_count)) : 0;
}

/// An instruction whose operands are in range for their kinds, as far as there is something to choose from.
Instr Forger::any_instruction(CodeUnit& unit, size_t at) {
  const Op op = static_cast<Op>(below(upy::kOpCount));
  const upy::OpInfo& info = upy::info(op);
  uint8_t k = 0;
  for (int tries = 0; tries < 20 && !upy::is_legal_k(op, k = static_cast<uint8_t>(number(256))); ++tries) {
  }
  int32_t wide = 0;
  const uint16_t a = any_operand(unit, info.a, at, wide), b = any_operand(unit, info.b, at, wide);
  if (upy::is_wide(op)) return Instr(op, k, a, wide);
  return Instr(op, k, a, b, any_operand(unit, info.c, at, wide));
}

uint16_t Forger::any_operand(CodeUnit& unit, Operand kind, size_t at, int32_t& wide) {
  switch (upy::family(kind)) {
    case upy::OperandFamily::Register:
    case upy::OperandFamily::Run:
      return any_register(unit);
    case upy::OperandFamily::Index: {
      constexpr size_t kMostSites = 1000;
      const bool may_add = kind == Operand::Site && !unit.names.empty() && unit.sites.size() < kMostSites;
      if (may_add && !one_in(4)) unit.sites.push_back(static_cast<uint32_t>(below(unit.names.size())));
      const size_t size = entries(unit, kind);
      return size ? static_cast<uint16_t>(below(size)) : 0;
    }
    case upy::OperandFamily::Number:
      wide = static_cast<int32_t>(number(1000)) - 4;
      if (kind == Operand::None) return 0;
      return upy::counts(static_cast<uint32_t>(number(5)), one_in(8) && kind == Operand::Counts ? 1 : 0);
    case upy::OperandFamily::Jump: {
      const bool is_back = kind == Operand::Back16 || kind == Operand::Back32;
      const size_t target = is_back ? below(at + 1) : at + below(unit.code.size() - at);
      wide = static_cast<int32_t>(target) - static_cast<int32_t>(at) - 1;
      return static_cast<uint16_t>(wide);
    }
  }
  return 0;
}
