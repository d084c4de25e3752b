#include "bytecode/register_runs.h"

#include "bytecode/opcode_info.h"

namespace upy {
namespace {

class Collector {
 public:
  explicit Collector(const Instr& instr) : instr_(instr) {}

  RegisterRuns collect() {
    plain(info(instr_.op).a, instr_.a, Operand::Reg);
    plain(info(instr_.op).b, instr_.b, Operand::Reg);
    plain(info(instr_.op).c, instr_.c, Operand::Reg);
    special();
    plain(info(instr_.op).a, instr_.a, Operand::Dst);
    plain(info(instr_.op).b, instr_.b, Operand::Dst);
    return runs_;
  }

 private:
  void add(Access access, uint32_t first, uint32_t count = 1) { runs_.runs[runs_.count++] = {access, first, count}; }

  /// The single register of an operand of kind `wanted`, unless the operation treats it in its own way.
  void plain(Operand kind, uint16_t reg, Operand wanted) {
    if (kind != wanted || has_own_reads()) return;
    add(wanted == Operand::Reg ? Access::Read : Access::Write, reg);
  }

  /// Operations whose single registers are not simply read and written.
  bool has_own_reads() const {
    switch (instr_.op) {
      case Op::MOVE:
      case Op::CHECK_BOUND:
      case Op::MAKE_CELL:
      case Op::SET_HANDLED:
      case Op::LOAD_SINGLETON:
      case Op::FORMAT:
      case Op::IMPORT_STAR:
        return true;
      default:
        return false;
    }
  }

  void call(uint32_t fixed) {
    add(Access::Read, instr_.a + fixed, low_count(instr_.c) + 2 * high_count(instr_.c));
    runs_.clobbered_from = instr_.a;
  }

  void special() {
    const uint32_t a = instr_.a, b = instr_.b, c = instr_.c;
    switch (instr_.op) {
      case Op::MOVE:
        add(Access::ReadUnset, b);
        return add(Access::Write, a);
      case Op::CHECK_BOUND:
      case Op::MAKE_CELL:
        add(Access::ReadUnset, a);
        return add(Access::Write, a);
      case Op::SET_HANDLED:
        return add(Access::ReadUnset, a);
      case Op::LOAD_SINGLETON:
        return add(instr_.k == 0 ? Access::Unset : Access::Write, a);
      case Op::FORMAT:
        add(Access::Read, b);
        if ((instr_.k & 128) == 0) add(Access::Read, c);
        return add(Access::Write, a);
      case Op::IMPORT_STAR:
        add(Access::Read, a);
        if (instr_.k == 1) add(Access::Read, b);
        return;
      case Op::LOAD_METHOD:
        add(Access::Write, a);
        return add(Access::Unset, a + 1);
      case Op::LOAD_SUPER:
        add(Access::Read, a, 2);
        add(Access::Write, a);
        return add(Access::Unset, a + 1);
      case Op::GET_SLICE:
      case Op::SET_SLICE:
      case Op::DEL_SLICE:
        return add(Access::Read, c, 3);
      case Op::BUILD_SLICE:
        return add(Access::Read, b, 3);
      case Op::FOR_PREP:
        add(Access::Read, a);
        return add(Access::Unset, a, 3);
      case Op::FOR_RANGE:
        add(Access::Read, a, 1 + low_count(instr_.c));
        return add(Access::Unset, a, 3);
      case Op::FOR_NEXT:
        return add(Access::ReadUnset, a, 3);
      case Op::UNPACK:
        return add(Access::Write, a, c);
      case Op::UNPACK_EX:
        return add(Access::Write, a, low_count(instr_.c) + 1 + high_count(instr_.c));
      case Op::BUILD_TUPLE:
      case Op::BUILD_LIST:
      case Op::BUILD_SET:
      case Op::BUILD_STRING:
        return add(Access::Read, b, c);
      case Op::BUILD_MAP:
        return add(Access::Read, b, 2 * c);
      case Op::MAKE_FUNCTION:
        if (instr_.k & 1) add(Access::Read, c);
        if (instr_.k & 2) add(Access::Read, c + 1);
        return;
      case Op::CALL:
        add(Access::Read, a);
        return call(1);
      case Op::CALL_METHOD:
        add(Access::Read, a);
        add(Access::ReadUnset, a + 1);
        return call(2);
      case Op::CALL_EX:
        add(Access::Read, a);
        add(Access::ReadUnset, a + 1);
        add(Access::Read, a + 2);
        add(Access::ReadUnset, a + 3);
        runs_.clobbered_from = a;
        return;
      case Op::YIELD_FROM:
        return add(Access::Read, a, 2);
      case Op::IMPORT_NAME:
        add(Access::Read, a);
        return add(Access::Write, a);
      default:
        return;
    }
  }

  const Instr& instr_;
  RegisterRuns runs_;
};

}  // namespace

RegisterRuns register_runs(const Instr& instr) { return Collector(instr).collect(); }

}  // namespace upy
