#pragma once

#include <array>
#include <cstdint>

#include "bytecode/opcode.h"

namespace upy {

/// What a register may hold, as a set of the contents that defs/opcodes.def declares.
namespace content {

using Set = uint8_t;
enum class Bit : uint8_t {
#define CONTENT(name, meaning) name,
#include "defs/opcodes.def"
};
#define CONTENT(name, meaning) inline constexpr Set name = 1u << static_cast<uint8_t>(Bit::name);
#include "defs/opcodes.def"
inline constexpr Set kAnything = 0xff;  ///< not even one of those, perhaps: what a call left

}  // namespace content

/// What an instruction does to the registers first .. first + count - 1.
struct RegisterUse {
  enum class Kind : uint8_t {
    Read,       ///< each must hold one of `content`
    Write,      ///< each holds one of `content` afterwards
    WriteCopy,  ///< it holds what the register that is read holds
    OnJump,     ///< it holds one of `content` where the jump is taken
  };
  Kind kind;
  content::Set content;
  uint32_t first, count;
};

/// What an instruction does to registers. All reads take effect before all writes. Calls leave anything in the
/// registers from `clobbered_from` on, before the result is written.
struct RegisterUses {
  static constexpr uint32_t kNothingClobbered = UINT32_MAX;

  std::array<RegisterUse, 6> uses;
  uint8_t count = 0;
  bool idle_a = false, idle_b = false, idle_c = false;  ///< the operand is one for registers, but uses none
  uint32_t clobbered_from = kNothingClobbered;

  const RegisterUse* begin() const { return uses.data(); }
  const RegisterUse* end() const { return uses.data() + count; }
};

/// The register use of `instr`, whose op must be valid and whose operands may be anything.
RegisterUses register_uses(const Instr& instr);

}  // namespace upy
