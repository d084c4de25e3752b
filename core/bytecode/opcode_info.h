#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bytecode/opcode.h"

namespace upy {

/// Which table of defs/opcodes.def declares an operand.
enum class OperandFamily : uint8_t { Register, Run, Index, Number, Jump };

/// The family of `operand`.
constexpr OperandFamily family(Operand operand) {
  switch (operand) {
#define REG(name, uses, meaning) case Operand::name:
#include "defs/opcodes.def"
    return OperandFamily::Register;
#define RUN(name, uses, meaning) case Operand::name:
#include "defs/opcodes.def"
    return OperandFamily::Run;
#define INDEX(name, table, what) case Operand::name:
#include "defs/opcodes.def"
    return OperandFamily::Index;
#define NUMBER(name, legal, meaning) case Operand::name:
#include "defs/opcodes.def"
    return OperandFamily::Number;
#define JUMP(name, direction, meaning) case Operand::name:
#include "defs/opcodes.def"
    return OperandFamily::Jump;
  }
  __builtin_unreachable();
}

/// What the k of an operation may be.
enum class KRule : uint8_t {
#define K(name, legal, meaning) name,
#include "defs/opcodes.def"
};

/// What an operation may do besides using registers; each may do what those before it do.
enum class Effect : uint8_t {
#define EFFECT(name, meaning) name,
#include "defs/opcodes.def"
};

/// Where execution goes after an operation that does not jump.
enum class Flow : uint8_t {
  Next,    ///< to the following instruction
  Ends,    ///< never there
  Yields,  ///< there, but perhaps out of the generator's frame and back before
};

/// What defs/opcodes.def declares about one operation.
struct OpInfo {
  std::string_view name;  ///< as in the enum, e.g. "LOAD_CONST"
  Operand a, b, c;        ///< the kinds of the operands; Imm32 and 32-bit jumps stand at b and take c too
  KRule k;
  Effect effect;
  Flow flow;
  std::string_view meaning;  ///< one line of pseudo code
};

/// The declarations of all operations, indexed by Op.
inline constexpr OpInfo kOpInfo[] = {
#define OP(name, a, b, c, k, effect, flow, meaning) \
  {#name, Operand::a, Operand::b, Operand::c, KRule::k, Effect::effect, Flow::flow, meaning},
#include "defs/opcodes.def"
};

/// The number of operations; an op byte from here on is none.
inline constexpr size_t kOpCount = sizeof(kOpInfo) / sizeof(kOpInfo[0]);
static_assert(kOpCount <= 256);

/// The declaration of `op`, which must be below kOpCount.
constexpr const OpInfo& info(Op op) { return kOpInfo[static_cast<uint8_t>(op)]; }

/// Whether `k` has a meaning for `op`.
constexpr bool is_legal_k(Op op, uint8_t k) {
  switch (info(op).k) {
#define K(name, legal, meaning) \
  case KRule::name:             \
    return legal;
#include "defs/opcodes.def"
  }
  __builtin_unreachable();
}

/// The low 8-bit number of a Counts operand.
constexpr uint32_t low_count(uint16_t counts) { return counts & 0xff; }

/// The high 8-bit number of a Counts operand.
constexpr uint32_t high_count(uint16_t counts) { return counts >> 8; }

/// A Counts operand of two numbers up to 255.
constexpr uint16_t counts(uint32_t low, uint32_t high) { return static_cast<uint16_t>(low | high << 8); }

/// The form with a constant of `op`, an operation that has one as well as the form with a register.
constexpr Op constant_form(Op op) { return static_cast<Op>(static_cast<uint8_t>(op) + 1); }
static_assert(constant_form(Op::ADD) == Op::ADD_K && constant_form(Op::JUMP_IS) == Op::JUMP_IS_K);

/// Whether b and c of `op` are one 32-bit number.
constexpr bool is_wide(Op op) {
  return info(op).b == Operand::Imm32 || info(op).b == Operand::Ahead32 || info(op).b == Operand::Back32;
}

/// The operand of `op` that is its jump target, Operand::None if it has none.
constexpr Operand jump_operand(Op op) {
  if (family(info(op).b) == OperandFamily::Jump) return info(op).b;
  return family(info(op).c) == OperandFamily::Jump ? info(op).c : Operand::None;
}

/// Whether `op` has a jump target.
constexpr bool is_jump(Op op) { return jump_operand(op) != Operand::None; }

/// The index of the instruction that the jump `instr` at index `at` leads to; outside of the code in a damaged unit.
constexpr int64_t jump_target(const Instr& instr, size_t at) {
  const int64_t next = static_cast<int64_t>(at) + 1;
  return next + (is_wide(instr.op) ? instr.imm : instr.offset());
}

/// Whether execution never goes on at the instruction that follows `op`.
constexpr bool never_falls_through(Op op) { return info(op).flow == Flow::Ends; }

/// Whether the jump `op` leads backward; the others lead forward.
constexpr bool jumps_backward(Op op) {
  constexpr bool Forward = false, Backward = true;
  switch (jump_operand(op)) {
#define JUMP(name, direction, meaning) \
  case Operand::name:                  \
    return direction;
#include "defs/opcodes.def"
    default:
      return Forward;
  }
}

/// A number that differs between builds whose instruction sets differ.
constexpr uint32_t instruction_set_fingerprint() {
  uint32_t hash = 2166136261;  // FNV-1a
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619;
  };
#define REG(name, uses, meaning) add(#name #uses);
#define RUN(name, uses, meaning) add(#name #uses);
#define INDEX(name, table, what) add(#name #table);
#define NUMBER(name, legal, meaning) add(#name #legal);
#define JUMP(name, direction, meaning) add(#name #direction);
#define K(name, legal, meaning) add(#name #legal);
#define OP(name, a, b, c, k, effect, flow, meaning) add(#name #a #b #c #k #effect #flow meaning);
#include "defs/opcodes.def"
  return hash;
}

}  // namespace upy
