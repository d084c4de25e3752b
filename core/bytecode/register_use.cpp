#include "bytecode/register_use.h"

#include <cassert>

#include "bytecode/opcode_info.h"

namespace upy {
namespace {

using namespace content;

/// Carries out the `uses` of the operand tables.
class Collector {
 public:
  explicit Collector(const Instr& instr) : instr_(instr) {}

  RegisterUses collect() {
    const OpInfo& op = info(instr_.op);
    found_.idle_a = !operand(op.a, instr_.a);
    found_.idle_b = !operand(op.b, instr_.b);
    found_.idle_c = !is_wide(instr_.op) && !operand(op.c, instr_.c);
    return found_;
  }

 private:
  using Kind = RegisterUse::Kind;
  static constexpr Set Copied = 0;

  /// Whether `kind` is not one for registers, or uses some.
  bool operand(Operand kind, uint32_t r) {
    const uint32_t k = instr_.k, c = instr_.c;
    const uint8_t before = found_.count;
    switch (kind) {
#define REG(name, uses, meaning) \
  case Operand::name:            \
    uses;                        \
    return found_.count > before;
#define RUN(name, uses, meaning) REG(name, uses, meaning)
#include "defs/opcodes.def"
      default:
        return true;
    }
  }

  void add(Kind kind, Set content, uint32_t first, uint32_t count) {
    if (count == 0) return;
    assert(found_.count < found_.uses.size());
    found_.uses[found_.count++] = {kind, content, first, count};
  }
  void reads(Set content, uint32_t first, uint32_t count = 1) { add(Kind::Read, content, first, count); }
  void writes(Set content, uint32_t first, uint32_t count = 1) {
    add(content == Copied ? Kind::WriteCopy : Kind::Write, content, first, count);
  }
  void on_jump(Set content, uint32_t first) { add(Kind::OnJump, content, first, 1); }
  void clobbers(uint32_t first) { found_.clobbered_from = first; }

  static uint32_t low(uint32_t counts) { return low_count(static_cast<uint16_t>(counts)); }
  static uint32_t high(uint32_t counts) { return high_count(static_cast<uint16_t>(counts)); }

  const Instr& instr_;
  RegisterUses found_;
};

}  // namespace

RegisterUses register_uses(const Instr& instr) { return Collector(instr).collect(); }

}  // namespace upy
