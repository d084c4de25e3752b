#pragma once

#include "bytecode/opcode.h"
#include "objects/runtime/vm.h"

namespace upy {

#ifdef NDEBUG

/// In a debug build, asserts before each instruction what verify() has proved of its registers, and after it what
/// defs/opcodes.def says of its effect. In other builds, nothing.
struct InstructionChecks {
  void before(const Vm&, const Instr&, const Value*) {}
  void raised() {}
  static void forget_clobbered(const Instr&, Value*, size_t) {}
};

#else

class InstructionChecks {
 public:
  /// `instr` is next to run, after the one that was told last; R are the registers.
  void before(const Vm& vm, const Instr& instr, const Value* R);
  /// The instruction that was told last did not end: an exception goes elsewhere.
  void raised() { running_ = Op::NOP; }
  /// After the call `instr`, empties the registers that it may have overwritten, so that nobody takes what is left
  /// there for a value. The frame has `count` of them.
  static void forget_clobbered(const Instr& instr, Value* R, size_t count);

 private:
  Op running_ = Op::NOP;
  size_t allocated_ = 0;  ///< Heap::allocated before it
};

#endif

}  // namespace upy
