#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "bytecode/opcode.h"

namespace upy {

/// What defs/opcodes.def declares about one operation.
struct OpInfo {
  std::string_view name;    ///< as in the enum, e.g. "LOAD_CONST"
  Operand a, b, c;          ///< the kinds of the operands; Imm32 and Jump32 stand at b and take c too
  std::string_view effect;  ///< one line of pseudo code
};

/// The declarations of all operations, indexed by Op.
inline constexpr OpInfo kOpInfo[] = {
#define OP(name, a, b, c, effect) {#name, Operand::a, Operand::b, Operand::c, effect},
#include "defs/opcodes.def"
#undef OP
};

/// The number of operations; an op byte from here on is none.
inline constexpr size_t kOpCount = sizeof(kOpInfo) / sizeof(kOpInfo[0]);
static_assert(kOpCount <= 256);

/// The declaration of `op`, which must be below kOpCount.
constexpr const OpInfo& info(Op op) { return kOpInfo[static_cast<uint8_t>(op)]; }

/// The low 8-bit number of a Counts operand.
constexpr uint32_t low_count(uint16_t counts) { return counts & 0xff; }

/// The high 8-bit number of a Counts operand.
constexpr uint32_t high_count(uint16_t counts) { return counts >> 8; }

/// A Counts operand of two numbers up to 255.
constexpr uint16_t counts(uint32_t low, uint32_t high) { return static_cast<uint16_t>(low | high << 8); }

/// The form with a constant of `op`, an operation that has one as well as the form with a register.
constexpr Op constant_form(Op op) { return static_cast<Op>(static_cast<uint8_t>(op) + 1); }
static_assert(constant_form(Op::ADD) == Op::ADD_K && constant_form(Op::JUMP_IS) == Op::JUMP_IS_K);

/// Whether `op` has a jump target.
constexpr bool is_jump(Op op) { return info(op).b == Operand::Jump32 || info(op).c == Operand::Jump16; }

/// The index of the instruction that the jump `instr` at index `at` leads to; outside of the code in a damaged unit.
constexpr int64_t jump_target(const Instr& instr, size_t at) {
  const int64_t next = static_cast<int64_t>(at) + 1;
  return next + (info(instr.op).b == Operand::Jump32 ? instr.imm : instr.offset());
}

/// Whether execution never goes on at the instruction that follows `op`.
constexpr bool never_falls_through(Op op) {
  switch (op) {
    case Op::JUMP:
    case Op::LOOP:
    case Op::RETURN:
    case Op::RETURN_NONE:
    case Op::RAISE:
    case Op::RAISE_FROM:
    case Op::RERAISE:
    case Op::RAISE_BARE:
      return true;
    default:
      return false;
  }
}

/// Whether the jump `op` leads backward; the others lead forward.
constexpr bool jumps_backward(Op op) { return op == Op::LOOP || op == Op::FOR_NEXT; }

}  // namespace upy
