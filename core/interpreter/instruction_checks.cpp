#include "interpreter/instruction_checks.h"

#ifndef NDEBUG

#include <algorithm>
#include <cassert>

#include "bytecode/opcode_info.h"
#include "bytecode/register_use.h"
#include "objects/model/function.h"

namespace upy {

namespace {

/// A value as scripts have it: set, no internal mark, and no cell of the heap that was freed.
bool is_live(const Vm& vm, Value value) {
  if (!value || value.is_absent() || value.is_stop()) return false;
  return !value.is_object() || !vm.heap.contains(value.as_object()) || value.as_object()->shape;
}

bool may_hold(const Vm& vm, content::Set content, Value value) {
  if (!value) return content & (content::Unset | content::Receiver | content::Cursor | content::Step);
  if (content & (content::Cursor | content::Step)) return true;  // nobody's value: the state's kind tells what it is
  return is_live(vm, value) && (!(content & content::Cell) || content & content::Value || is_exactly(value, cell_type));
}

}  // namespace

void InstructionChecks::before(const Vm& vm, const Instr& instr, const Value* R) {
  assert(info(running_).effect >= Effect::Allocates || vm.heap.allocated() == allocated_ || running_ == Op::NOP);
  for (const RegisterUse& use : register_uses(instr)) {
    if (use.kind != RegisterUse::Kind::Read) continue;
    for (uint32_t reg = use.first; reg < use.first + use.count; ++reg) assert(may_hold(vm, use.content, R[reg]));
    if (use.content == content::Source && R[use.first].is_small_int())
      assert(R[use.first + 1].is_small_int() && R[use.first + 2].is_small_int());
  }
  running_ = instr.op;
  allocated_ = vm.heap.allocated();
}

void InstructionChecks::forget_clobbered(const Instr& instr, Value* R, size_t count) {
  const uint32_t first = register_uses(instr).clobbered_from;
  if (first < count) std::fill(R + first, R + count, Value());
}

}  // namespace upy

#endif
