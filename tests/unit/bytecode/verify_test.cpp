#include "bytecode/verify.h"

#include <gtest/gtest.h>

#include "bytecode/opcode_info.h"
#include "support/sanitizers.h"
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
  expect_problem({op(Op::RETURN, 0)}, "register 0 may hold Unset");
  // One of two branches leaves r1 unset.
  expect_problem({set(0), jump(Op::JUMP_IF, 1, 0), set(1), op(Op::RETURN, 1)}, "register 1 may hold Unset");
  EXPECT_EQ(problem({set(0), jump(Op::JUMP_IF, 2, 0), set(1), jump(Op::JUMP, 1), set(1), op(Op::RETURN, 1)}), "");
  // The second turn of the loop meets r0 unset.
  expect_problem({set(0), op(Op::MOVE, 1, 0), op(Op::NOT, 2, 1), unset(0), jump(Op::LOOP, -4)},
                 "register 1 may hold Unset");
  EXPECT_EQ(problem({op(Op::CHECK_BOUND, 0, 0), op(Op::RETURN, 0)}), "");
}

TEST(Verify, NothingReadsWhatACallLeft) {
  const Instr call = op(Op::CALL, 1, 0, counts(0, 0));
  const std::string left = "register 2 may hold what a call left";
  expect_problem({set(1), set(2), call, op(Op::RETURN, 2)}, left);
  expect_problem({set(1), call, op(Op::CHECK_BOUND, 2, 0), return_none()}, left);
  expect_problem({set(1), call, op(Op::MAKE_CELL, 2), return_none()}, left);
  expect_problem({set(1), call, op(Op::SET_HANDLED, 2), return_none()}, left);
  expect_problem({set(1), call, op(Op::MOVE, 0, 2), return_none()}, left);
  EXPECT_EQ(problem({set(0), set(1), op(Op::CALL, 1, 3, counts(0, 0)), op(Op::ADD, 0, 0, 3), op(Op::RETURN, 0)}), "");
}

TEST(Verify, AMethodStaysTogether) {
  const Instr load = op(Op::LOAD_METHOD, 1, 0, 0);
  EXPECT_EQ(problem({set(0), load, op(Op::CALL_METHOD, 1, 0), return_none()}), "");
  EXPECT_EQ(problem({set(0), load, op(Op::MOVE_METHOD, 2, 1), op(Op::CALL_METHOD, 2, 0), return_none()}), "");
  expect_problem({set(0), load, op(Op::CALL, 1, 0), return_none()}, "register 1 may hold Method, not Value");
  expect_problem({set(0), load, op(Op::MOVE, 3, 2), return_none()}, "register 2 may hold Receiver");
  expect_problem({set(0), load, op(Op::STORE_GLOBAL, 1, 0, 1), return_none()}, "register 1 may hold Method");
  expect_problem({set(0), load, set(2), op(Op::CALL_METHOD, 1, 0), return_none()}, "register 2 may hold Value");
  // The function of one with the self of another.
  expect_problem({set(0), load, op(Op::LOAD_METHOD, 2, 0, 0), op(Op::CALL_METHOD, 1, 0), return_none()},
                 "register 2 may hold Method, not Receiver");
  expect_problem({set(0), set(1), op(Op::CALL_METHOD, 0, 0), return_none()}, "register 0 may hold Value, not Method");
}

TEST(Verify, TheReceiverOfACallExIsThatOfItsMethod) {
  std::vector<Instr> code = {set(4), op(Op::LOAD_METHOD, 0, 4, 0), set(2),
                             set(3), op(Op::CALL_EX, 0, 0, 0, 1),  return_none()};
  EXPECT_EQ(problem(code, 5), "");
  code[4].k = 0;
  EXPECT_NE(problem(code, 5).find("register 0 may hold Method, not Value"), std::string::npos);
}

TEST(Verify, FollowsTheStateOfLoops) {
  const Instr next = op(Op::FOR_NEXT, 0, 3, static_cast<uint16_t>(-2));
  EXPECT_EQ(problem({set(0), op(Op::FOR_PREP, 0), jump(Op::JUMP, 1), op(Op::NOT, 3, 3), next, return_none()}), "");
  expect_problem({set(0), op(Op::FOR_PREP, 0), op(Op::RETURN, 0)}, "register 0 may hold Source");
  // After the loop there may have been no item.
  expect_problem({set(0), op(Op::FOR_PREP, 0), jump(Op::JUMP, 1), op(Op::NOP), next, op(Op::RETURN, 3)},
                 "register 3 may hold Unset");
  // A state that no FOR_PREP made, or not that of R[a].
  expect_problem({jump(Op::JUMP, 1), op(Op::NOP), next, return_none()}, "register 0 may hold Unset, not Source");
  expect_problem({set(0), set(1), set(2), jump(Op::JUMP, 1), op(Op::NOP), next, return_none()},
                 "register 0 may hold Value, not Source");
  expect_problem({set(0), op(Op::FOR_PREP, 0), set(1), jump(Op::JUMP, 1), op(Op::NOP), next, return_none()},
                 "register 1 may hold Value, not Cursor");
  expect_problem({set(1), op(Op::FOR_PREP, 1), jump(Op::JUMP, 1), op(Op::NOP), next, return_none()},
                 "register 0 may hold Unset, not Source");
  // The body's call overwrites it.
  expect_problem({set(0), op(Op::FOR_PREP, 0), jump(Op::JUMP, 2), set(1), op(Op::CALL, 1, 3),
                  op(Op::FOR_NEXT, 0, 3, static_cast<uint16_t>(-3)), return_none()},
                 "register 1 may hold");
}

TEST(Verify, CellsAreNoValues) {
  EXPECT_EQ(
      problem({op(Op::MAKE_CELL, 0), set(1), op(Op::STORE_CELL, 0, 1), op(Op::LOAD_CELL, 1, 0, 0), op(Op::RETURN, 0)}),
      "");
  expect_problem({op(Op::MAKE_CELL, 0), op(Op::NOT, 1, 0), return_none()}, "register 0 may hold Cell");
  expect_problem({op(Op::MAKE_CELL, 0), op(Op::CHECK_BOUND, 0, 0), return_none()}, "register 0 may hold Cell");
  expect_problem({set(0), op(Op::LOAD_CELL, 1, 0, 0), return_none()}, "register 0 may hold Value, not Cell");
  expect_problem({set(0), op(Op::STORE_CELL, 0, 0), return_none()}, "register 0 may hold Value, not Cell");
  expect_problem({set(0), op(Op::DELETE_CELL, 0), return_none()}, "register 0 may hold Value, not Cell");
}

TEST(Verify, WhatIsCapturedIsACell) {
  CodeUnit unit = module_of({op(Op::MAKE_CELL, 3), op(Op::MAKE_FUNCTION, 0, 0), return_none()});
  unit.children[0].captures = {{false, 3}};
  EXPECT_EQ(problem(unit), "");
  unit.code[0] = set(3);
  expect_problem(unit, "captured register 3 may hold Value, not Cell");
}

TEST(Verify, ASiteIsForOneOperation) {
  EXPECT_EQ(problem({op(Op::LOAD_GLOBAL, 0, 0, 0), op(Op::LOAD_GLOBAL, 0, 0, 0), op(Op::STORE_GLOBAL, 0, 0, 1),
                     return_none()}),
            "");
  expect_problem({op(Op::LOAD_GLOBAL, 0, 0, 0), op(Op::STORE_GLOBAL, 0, 0, 0), return_none()},
                 "site of another operation");
  expect_problem({set(0), op(Op::LOAD_METHOD, 1, 0, 0), op(Op::LOAD_ATTR, 0, 0, 0), return_none()},
                 "site of another operation");
}

TEST(Verify, FollowsExceptionsIntoHandlers) {
  CodeUnit unit = module_of({set(0), set(1), op(Op::NOT, 2, 0), op(Op::RETURN, 2), op(Op::RETURN, 1)});
  unit.handlers = {{0, 3, 4, 3}};
  EXPECT_EQ(problem(unit), "");  // what comes before the NOT raises nothing
  unit.code[1] = op(Op::LOAD_GLOBAL, 1, 0, 0);
  expect_problem(unit, "register 1 may hold Unset");
  unit.handlers = {{2, 3, 4, 3}};
  EXPECT_EQ(problem(unit), "");
  unit.code[4] = op(Op::RETURN, 3);  // the exception itself
  EXPECT_EQ(problem(unit), "");
}

TEST(Verify, AHandlerMeetsWhatACallLeft) {
  CodeUnit unit = module_of({set(1), set(2), op(Op::CALL, 1, 0), return_none(), op(Op::RETURN, 2)});
  unit.handlers = {{2, 3, 4, 3}};
  expect_problem(unit, "register 2 may hold what a call left");
  unit.code[4] = op(Op::RETURN, 3);
  EXPECT_EQ(problem(unit), "");
}

TEST(Verify, AHandlerMeetsWhatAnInstructionLeftHalfDone) {
  CodeUnit unit = module_of({set(0), op(Op::MAKE_CELL, 1), op(Op::UNPACK, 1, 0, 2), return_none(),
                             op(Op::LOAD_CELL, 0, 1, 0), return_none()});
  unit.handlers = {{2, 3, 4, 3}};
  expect_problem(unit, "register 1 may hold Value or Cell, not Cell");
}

TEST(Verify, TheFirstHandlerThatCoversTakesTheException) {
  CodeUnit unit = module_of({set(0), op(Op::NOT, 1, 0), op(Op::RETURN, 1), op(Op::RETURN, 3), op(Op::RETURN, 2)});
  unit.handlers = {{0, 2, 3, 3}, {0, 2, 4, 3}};
  EXPECT_EQ(problem(unit), "");
  std::swap(unit.handlers[0], unit.handlers[1]);
  expect_problem(unit, "register 2 may hold Unset");
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
  child.flags = CodeUnit::kAsyncGenerator;
  expect_problem(unit, "asynchronous");
  child.flags = 128;
  expect_problem(unit, "unknown flags");
  child.flags = 0;
  child.positional_only_count = 2;
  expect_problem(unit, "more positional-only parameters");
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

/// A host with so much memory, which counts how often it is asked to look up.
struct Host final : Meter {
  bool charge(size_t bytes) override {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  }
  bool poll() override { return ++polls <= most_polls; }
  size_t left = SIZE_MAX, most_polls = SIZE_MAX, polls = 0;
};

/// What code of 50,000 instructions, 0.4 MB, may take at most, however it jumps.
constexpr size_t kSize = kSanitized ? 2'000 : 50'000;
constexpr uint16_t kRegisters = kSanitized ? 2'000 : UINT16_MAX;  // the most
constexpr size_t kMostBytes = 64u << 20, kMostPolls = 10'000;

void expect_bounded(std::vector<Instr> code, uint16_t registers, std::vector<Handler> handlers = {}) {
  code.push_back(return_none());
  CodeUnit unit = module_of(std::move(code), registers);
  unit.handlers = std::move(handlers);
  Host host;
  host.left = kMostBytes;
  const std::string problem = verify(unit, host).value_or("");
  EXPECT_TRUE(problem.empty() || problem.ends_with(kOutOfMemory) || problem.ends_with("too entangled")) << problem;
  EXPECT_LT(host.polls, kMostPolls);
  host.most_polls = 1;
  EXPECT_TRUE(verify(unit, host).value_or("").ends_with(kAbandoned));
}

TEST(Verify, SettlesCodeFullOfLoops) {
  std::vector<Instr> code = {set(0)};
  while (code.size() < kSize) {
    code.push_back(jump(Op::JUMP_IF, 1, 0));
    code.push_back(jump(Op::LOOP, -static_cast<int32_t>(code.size()) - 1 + code.size() / 2 % 7));
  }
  expect_bounded(std::move(code), 1000);
}

TEST(Verify, SettlesLoopsThatLearnOneRegisterAtATime) {
  std::vector<Instr> code = {set(0)};
  for (uint16_t reg = 1; code.size() < kSize; ++reg) {
    code.push_back(op(Op::MOVE, reg, reg - 1));
    code.push_back(jump(Op::JUMP_IF, 1, 0));
    code.push_back(jump(Op::LOOP, -static_cast<int32_t>(code.size())));
  }
  expect_bounded(std::move(code), kRegisters);
}

TEST(Verify, SettlesManyRegistersAtManyJumps) {
  std::vector<Instr> code = {set(kRegisters - 1)};
  while (code.size() < kSize) code.push_back(jump(Op::JUMP_IF, 0, kRegisters - 1));
  expect_bounded(std::move(code), kRegisters);
}

TEST(Verify, SettlesManyCallsBelowAHandler) {
  std::vector<Instr> code = {set(kRegisters - 1)};
  while (code.size() < kSize) {
    code.push_back(set(0));
    code.push_back(op(Op::CALL, 0, kRegisters - 1));
  }
  const auto end = static_cast<uint32_t>(code.size());
  expect_bounded(std::move(code), kRegisters, {{1, end, end, kRegisters - 2}});
}

TEST(Verify, SettlesWideInstructions) {
  std::vector<Instr> code = {set(0), op(Op::UNPACK, 0, 0, kRegisters - 1)};
  while (code.size() < kSize) code.push_back(op(Op::BUILD_TUPLE, 0, 0, kRegisters - 1));
  expect_bounded(std::move(code), kRegisters);
}

}  // namespace
}  // namespace upy::testing
