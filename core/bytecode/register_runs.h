#pragma once

#include <array>
#include <cstdint>

#include "bytecode/opcode.h"

namespace upy {

/// How an instruction uses a run of registers.
enum class Access : uint8_t {
  Read,       ///< reads values; none may be unset
  ReadUnset,  ///< reads registers that may be unset
  Write,      ///< leaves values
  Unset,      ///< leaves what is no value for other instructions: unset, or the state of a loop
};

/// The use of the registers first .. first + count - 1.
struct RegisterRun {
  Access access;
  uint32_t first, count;
};

/// What an instruction does to registers: its runs in the order in which they take effect, reads before writes.
///
/// Calls leave every register from their base up unset (before the result is written), so that the frame of the called
/// function may lie over them; that is `clobbered_from`. MOVE appears as ReadUnset and Write, though its target is
/// unset when its source is; FOR_NEXT writes its item only where it jumps.
struct RegisterRuns {
  static constexpr uint32_t kNothingClobbered = UINT32_MAX;

  std::array<RegisterRun, 6> runs;
  uint8_t count = 0;
  uint32_t clobbered_from = kNothingClobbered;

  const RegisterRun* begin() const { return runs.data(); }
  const RegisterRun* end() const { return runs.data() + count; }
};

/// The register use of `instr`, whose op must be valid and whose operands may be anything.
RegisterRuns register_runs(const Instr& instr);

}  // namespace upy
