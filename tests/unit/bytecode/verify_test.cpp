#include "bytecode/verify.h"

#include <gtest/gtest.h>

#include "bytecode/opcode_info.h"
#include "units.h"

namespace upy::testing {
namespace {

std::string problem(const CodeUnit& unit) { return verify(unit).value_or(""); }
std::string problem(std::vector<Instr> code, uint16_t registers = 4) {
  return problem(module_of(std::move(code), registers));
}

void expect_problem(const CodeUnit& unit, const std::string& text) {
  EXPECT_NE(problem(unit).find(text), std::string::npos) << "problem: " << problem(unit) << "\nexpected: " << text;
}
void expect_problem(std::vector<Instr> code, const std::string& text) {
  expect_problem(module_of(std::move(code)), text);
}

TEST(Verify, AcceptsPlainCode) { EXPECT_EQ(problem({set(0), op(Op::ADD, 1, 0, 0), op(Op::RETURN, 1)}), ""); }

TEST(Verify, ChecksOperations) {
  expect_problem({Instr(static_cast<Op>(kOpCount), 0, 0, 0, 0), return_none()}, "unknown operation");
  expect_problem({op(Op::LOAD_SINGLETON, 0, 0, 0, 5), return_none()}, "illegal k");
  expect_problem({set(0), op(Op::LT, 1, 0, 0, 1), return_none()}, "illegal k");
  expect_problem({op(Op::NOP, 1), return_none()}, "unused operand");
}

TEST(Verify, ChecksOperandRanges) {
  expect_problem({set(4), return_none()}, "register out of range");
  expect_problem({op(Op::LOAD_CONST, 0, 1), return_none()}, "constant out of range");
  expect_problem({set(0), op(Op::CHECK_BOUND, 0, 2), return_none()}, "name out of range");
  expect_problem({op(Op::LOAD_GLOBAL, 0, 0, 2), return_none()}, "site out of range");
  expect_problem({op(Op::MAKE_FUNCTION, 0, 1, 0), return_none()}, "child unit out of range");
  expect_problem({op(Op::LOAD_FREE, 0, 0, 0), return_none()}, "captured cell out of range");
}

TEST(Verify, ChecksRegisterRuns) {
  EXPECT_EQ(problem({op(Op::BUILD_TUPLE, 0, 0, 0), op(Op::RETURN, 0)}), "");
  expect_problem({set(0), op(Op::CALL, 3, 0, counts(1, 0)), return_none()}, "register out of range");
  expect_problem({set(0), op(Op::LOAD_METHOD, 3, 0, 0), return_none()}, "register out of range");
  expect_problem({set(2), op(Op::FOR_PREP, 2), return_none()}, "register out of range");
  expect_problem({set(0), op(Op::UNPACK, 2, 0, 3), return_none()}, "register out of range");
  expect_problem({set(0), op(Op::BUILD_MAP, 0, 0, 3), return_none()}, "register out of range");
  expect_problem({set(0), op(Op::GET_SLICE, 0, 0, 2), return_none()}, "register out of range");
}

TEST(Verify, ChecksJumps) {
  expect_problem({jump(Op::JUMP, 5), return_none()}, "jump out of the code");
  expect_problem({jump(Op::JUMP, -1), return_none()}, "wrong direction");
  expect_problem({jump(Op::LOOP, 0), return_none()}, "wrong direction");
  expect_problem({set(0)}, "goes on after its end");
  EXPECT_EQ(problem({set(0), jump(Op::LOOP, -2)}), "");
}

TEST(Verify, FollowsRegistersThroughBranches) {
  expect_problem({op(Op::RETURN, 0)}, "register 0 may be unset");
  // One of two branches leaves r1 unset.
  expect_problem({set(0), jump(Op::JUMP_IF, 1, 0), set(1), op(Op::RETURN, 1)}, "register 1 may be unset");
  EXPECT_EQ(problem({set(0), jump(Op::JUMP_IF, 2, 0), set(1), jump(Op::JUMP, 1), set(1), op(Op::RETURN, 1)}), "");
  // The second turn of the loop meets r0 unset.
  expect_problem({set(0), op(Op::MOVE, 1, 0), op(Op::NOT, 2, 1), unset(0), jump(Op::LOOP, -4)},
                 "register 1 may be unset");
  EXPECT_EQ(problem({op(Op::CHECK_BOUND, 0, 0), op(Op::RETURN, 0)}), "");
}

TEST(Verify, CountsRegistersFromTheBaseOfACallAsUnset) {
  expect_problem({set(1), set(2), op(Op::CALL, 1, 0, counts(0, 0)), op(Op::RETURN, 2)}, "register 2 may be unset");
  EXPECT_EQ(problem({set(0), set(1), op(Op::CALL, 1, 3, counts(0, 0)), op(Op::ADD, 0, 0, 3), op(Op::RETURN, 0)}), "");
}

TEST(Verify, FollowsTheStateOfLoops) {
  EXPECT_EQ(problem({set(0), op(Op::FOR_PREP, 0), jump(Op::JUMP, 1), op(Op::NOT, 3, 3),
                     op(Op::FOR_NEXT, 0, 3, static_cast<uint16_t>(-2)), return_none()}),
            "");
  expect_problem({set(0), op(Op::FOR_PREP, 0), op(Op::RETURN, 0)}, "register 0 may be unset");
  // After the loop there may have been no item.
  expect_problem({set(0), op(Op::FOR_PREP, 0), jump(Op::JUMP, 1), op(Op::NOP),
                  op(Op::FOR_NEXT, 0, 3, static_cast<uint16_t>(-2)), op(Op::RETURN, 3)},
                 "register 3 may be unset");
}

TEST(Verify, FollowsExceptionsIntoHandlers) {
  CodeUnit unit = module_of({set(0), set(1), op(Op::NOT, 2, 0), op(Op::RETURN, 2), op(Op::RETURN, 1)});
  unit.handlers = {{0, 3, 4, 3}};
  expect_problem(unit, "register 1 may be unset");
  unit.handlers = {{2, 3, 4, 3}};
  EXPECT_EQ(problem(unit), "");
  unit.code[4] = op(Op::RETURN, 3);  // the exception itself
  EXPECT_EQ(problem(unit), "");
}

TEST(Verify, TheFirstHandlerThatCoversTakesTheException) {
  CodeUnit unit = module_of({set(0), op(Op::NOT, 1, 0), op(Op::RETURN, 1), op(Op::RETURN, 3), op(Op::RETURN, 2)});
  unit.handlers = {{0, 2, 3, 3}, {0, 2, 4, 3}};
  EXPECT_EQ(problem(unit), "");
  std::swap(unit.handlers[0], unit.handlers[1]);
  expect_problem(unit, "register 2 may be unset");
}

TEST(Verify, ChecksHandlersAndLines) {
  CodeUnit unit = module_of({set(0), op(Op::RETURN, 0), return_none()});
  for (const Handler& handler : {Handler{1, 1, 2, 0}, Handler{0, 3, 2, 0}, Handler{0, 1, 3, 0}}) {
    unit.handlers = {handler};
    expect_problem(unit, "handler out of order");
  }
  unit.handlers = {{0, 1, 2, 4}};
  expect_problem(unit, "handler register");
  unit.handlers.clear();
  unit.lines = {{1, 1}, {1, 2}};
  expect_problem(unit, "lines out of order");
  unit.lines = {{3, 1}};
  expect_problem(unit, "line beyond the code");
}

TEST(Verify, ChecksSignatures) {
  CodeUnit unit = module_of({return_none()});
  CodeUnit& child = unit.children[0];
  child.positional_count = 2;
  expect_problem(unit, "parameters do not match");
  child.positional_count = 1;
  child.flags = CodeUnit::kVarArgs;
  expect_problem(unit, "parameters do not match");
  child.parameters = {0, 0};
  expect_problem(unit, "fewer registers");
  child.register_count = 2;
  expect_problem(unit, "two parameters of the same name");
  child.names.push_back("y");
  child.parameters = {0, 1};
  EXPECT_EQ(problem(unit), "");
  child.parameters = {0, 2};
  expect_problem(unit, "parameter name out of range");
  child.flags = CodeUnit::kCoroutine;
  child.parameters = {0};
  expect_problem(unit, "coroutine");
  child.flags = CodeUnit::kClassBody | CodeUnit::kGenerator;
  expect_problem(unit, "one parameter");
  child.flags = CodeUnit::kNamespace;
  expect_problem(unit, "only a module");
  child.flags = 64;
  expect_problem(unit, "unknown flags");
}

TEST(Verify, ModulesTakeNothing) {
  CodeUnit unit = module_of({return_none()});
  unit.flags = CodeUnit::kGenerator;
  expect_problem(unit, "a module has no parameters");
  unit.flags = CodeUnit::kNamespace;
  unit.positional_count = 1;
  unit.parameters = {0};
  EXPECT_EQ(problem(unit), "");
  unit.captures = {{false, 0}};
  expect_problem(unit, "a module captures nothing");
}

TEST(Verify, ChecksCaptures) {
  CodeUnit unit = module_of({return_none()});
  unit.children[0].captures = {{false, 3}};
  EXPECT_EQ(problem(unit), "");
  unit.children[0].captures = {{false, 4}};
  expect_problem(unit, "capture out of range");
  unit.children[0].captures = {{true, 0}};
  expect_problem(unit, "capture out of range");
}

TEST(Verify, OnlyGeneratorsYield) {
  CodeUnit unit = module_of({return_none()});
  CodeUnit& child = unit.children[0];
  child.code = {op(Op::YIELD, 0, 0), return_none()};
  expect_problem(unit, "yield outside");
  child.flags = CodeUnit::kGenerator;
  EXPECT_EQ(problem(unit), "");
}

TEST(Verify, ChecksNames) {
  CodeUnit unit = module_of({return_none()});
  unit.names[0] = std::string(255, 'a');
  EXPECT_EQ(problem(unit), "");
  unit.names[0] += 'a';
  expect_problem(unit, "name too long");
  unit.names[0] = "\xff";
  expect_problem(unit, "name that is not UTF-8");
  unit.names[0] = "\xed\xa0\x80";
  expect_problem(unit, "name that is not UTF-8");
}

TEST(Verify, ChecksConstants) {
  const auto with = [](Constant constant) {
    CodeUnit unit = module_of({return_none()});
    unit.constants.push_back(std::move(constant));
    return problem(unit);
  };
  const auto big = [&](std::string text) { return with(text_constant(Constant::Kind::BigInt, std::move(text))); };
  EXPECT_EQ(big("4000000000000000"), "");
  EXPECT_EQ(big("-4000000000000001"), "");
  EXPECT_EQ(big("123456789abcdef0123456789"), "");
  for (const char* text : {"", "-", "012345678901234567890", "0x1234567890123456789", "A000000000000000000",
                           "3fffffffffffffff", "-4000000000000000", "1"}) {
    EXPECT_NE(big(text), "") << text;
  }
  EXPECT_EQ(with(int_constant(kSmallIntMin)), "");
  EXPECT_NE(with(int_constant(kSmallIntMax + 1)), "");
  EXPECT_EQ(with(text_constant(Constant::Kind::Str, "\xed\xa0\x80 \xc3\xa4")), "");
  EXPECT_NE(with(text_constant(Constant::Kind::Str, "\xc0\x80")), "");
  EXPECT_EQ(with(text_constant(Constant::Kind::Bytes, "\xc0\x80")), "");
  EXPECT_NE(with(tuple_constant({int_constant(INT64_MAX)})), "");
}

TEST(Verify, SettlesCodeFullOfLoops) {
  std::vector<Instr> code = {set(0)};
  for (int i = 0; i < 20000; ++i) {
    code.push_back(jump(Op::JUMP_IF, 1, 0));
    code.push_back(jump(Op::LOOP, -static_cast<int32_t>(code.size()) - 1 + i % 7));
  }
  code.push_back(return_none());
  EXPECT_EQ(problem(std::move(code), 1000), "");
}

}  // namespace
}  // namespace upy::testing
