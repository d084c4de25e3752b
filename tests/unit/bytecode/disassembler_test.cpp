#include "bytecode/disassembler.h"

#include <gtest/gtest.h>

#include "bytecode/opcode_info.h"
#include "units.h"

namespace upy::testing {
namespace {

TEST(Disassembler, ShowsOperandsByTheirMeaning) {
  CodeUnit unit = module_of({op(Op::LOAD_GLOBAL, 0, 0, 1), Instr(Op::LOAD_INT, 0, 1, -3), op(Op::JUMP_LT_K, 0, 1, 1, 1),
                             op(Op::CALL, 0, 2, counts(1, 2)), op(Op::MAKE_FUNCTION, 3, 0, 0), return_none()});
  unit.constants.push_back(text_constant(Constant::Kind::Str, "it's\n\x01"));
  unit.lines = {{0, 1}, {3, 4}};
  unit.handlers = {{0, 2, 5, 1}};
  unit.children[0].captures = {{false, 2}};
  EXPECT_EQ(disassemble(unit),
            R"(<module> (test.py:1) registers=4
  line 1
     0  LOAD_GLOBAL       r0, b
     1  LOAD_INT          r1, -3
     2  JUMP_LT_K         r0, 'it\'s\n\x01', -> 4, k=1
  line 4
     3  CALL              r0.., r2, 1+2
     4  MAKE_FUNCTION     r3, f#0, r0..
     5  RETURN_NONE
  handler 0..1 -> 5 r1

f (test.py:2) registers=1
  parameters x=r0
  captured 0 is the parent's r2
  line 3
     0  RETURN            r0
)");
}

TEST(Disassembler, WritesConstantsAsScriptsDo) {
  const auto shown = [](Constant constant) {
    CodeUnit unit = module_of({op(Op::LOAD_CONST, 0, 0), return_none()});
    unit.constants = {std::move(constant)};
    const std::string listing = disassemble(unit);
    const size_t start = listing.find("r0, ") + 4;
    return listing.substr(start, listing.find('\n', start) - start);
  };
  EXPECT_EQ(shown(float_constant(1)), "1.0");
  EXPECT_EQ(shown(float_constant(-0.0)), "-0.0");
  EXPECT_EQ(shown(float_constant(1e300)), "1e+300");
  EXPECT_EQ(shown(int_constant(-5)), "-5");
  EXPECT_EQ(shown(text_constant(Constant::Kind::BigInt, "-ff0000000000000000")), "-0xff0000000000000000");
  EXPECT_EQ(shown(text_constant(Constant::Kind::Bytes, "a\xff")), "b'a\\xff'");
  EXPECT_EQ(shown(tuple_constant({})), "()");
  EXPECT_EQ(shown(tuple_constant({int_constant(1)})), "(1,)");
  EXPECT_EQ(shown(tuple_constant({int_constant(1), Constant()})), "(1, None)");
}

}  // namespace
}  // namespace upy::testing
