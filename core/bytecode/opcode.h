#pragma once

#include <cstdint>

namespace upy {

/// The operation of an instruction; see defs/opcodes.def for what each does.
enum class Op : uint8_t {
#define OP(name, a, b, c, k, effect, flow, meaning) name,
#include "defs/opcodes.def"
};

/// What an operand of an instruction means; see defs/opcodes.def.
enum class Operand : uint8_t {
#define OPERAND(name) name,
#include "defs/opcodes.def"
};

/// One instruction: a fixed-width 64-bit word.
struct Instr {
  Op op;
  uint8_t k = 0;
  uint16_t a = 0;
  union {
    struct {
      uint16_t b, c;
    };
    int32_t imm;  ///< Imm32 and 32-bit jumps: b and c as one signed number
  };

  constexpr Instr(Op op, uint8_t k, uint16_t a, uint16_t b, uint16_t c) : op(op), k(k), a(a), b(b), c(c) {}
  constexpr Instr(Op op, uint8_t k, uint16_t a, int32_t imm) : op(op), k(k), a(a), imm(imm) {}
  /// c as a signed jump offset.
  constexpr int16_t offset() const { return static_cast<int16_t>(c); }
};
static_assert(sizeof(Instr) == 8);

}  // namespace upy
