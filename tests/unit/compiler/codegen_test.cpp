#include <gtest/gtest.h>

#include <algorithm>

#include "bytecode/disassembler.h"
#include "bytecode/opcode_info.h"
#include "bytecode/verify.h"
#include "compiler/compiler.h"
#include "support/bounded_memory.h"
#include "support/repeated.h"
#include "support/sanitizers.h"

namespace upy {
namespace {

using Mode = CompileOptions::Mode;

/// The unit of `source`, which must compile and verify.
CodeUnit compiled(std::string_view source, CompileOptions options = {}) {
  auto result = compile(source, options);
  if (const auto* error = std::get_if<Diagnostic>(&result)) {
    ADD_FAILURE() << source.substr(0, 200) << "\nline " << error->line << ": " << error->message;
    return {};
  }
  auto& unit = std::get<CodeUnit>(result);
  EXPECT_EQ(verify(unit).value_or(""), "") << source.substr(0, 200);
  return std::move(unit);
}

/// The only function of the module `source`.
CodeUnit function(std::string_view source) {
  CodeUnit module = compiled(source);
  EXPECT_EQ(module.children.size(), 1u);
  return module.children.empty() ? CodeUnit() : std::move(module.children[0]);
}

ptrdiff_t count(const CodeUnit& unit, Op op) {
  return std::count_if(unit.code.begin(), unit.code.end(), [op](const Instr& instr) { return instr.op == op; });
}

/// "line block: message" of the error in `source`.
std::string error_of(std::string_view source, CompileOptions options = {}) {
  const auto result = compile(source, options);
  const auto* error = std::get_if<Diagnostic>(&result);
  if (error == nullptr) return "none";
  return std::to_string(error->line) + " " + error->block + ": " + error->message;
}

// ---- errors ----

TEST(CompileErrors, StatementsOutOfPlace) {
  EXPECT_EQ(error_of("return 1"), "1 <module>: 'return' outside function");
  EXPECT_EQ(error_of("class A:\n  return"), "2 A: 'return' outside function");
  EXPECT_EQ(error_of("yield"), "1 <module>: 'yield' outside function");
  EXPECT_EQ(error_of("[(yield) for x in y]"), "1 <listcomp>: 'yield' outside function");
  EXPECT_EQ(error_of("x = yield from y"), "1 <module>: 'yield' outside function");
  EXPECT_EQ(error_of("await x"), "1 <module>: 'await' outside function");
  EXPECT_EQ(error_of("def f():\n  async with x: pass"), "2 f: async for/with outside async function");
  EXPECT_EQ(error_of("def f():\n  async for x in y: pass"), "2 f: async for/with outside async function");
  EXPECT_EQ(error_of("break"), "1 <module>: 'break'/'continue' outside loop");
  EXPECT_EQ(error_of("while x:\n  def f(): continue"), "2 f: 'break'/'continue' outside loop");
  EXPECT_EQ(error_of("for x in y:\n  pass\nelse:\n  break"), "4 <module>: 'break'/'continue' outside loop");
  EXPECT_EQ(error_of("def f():\n  from a import *"), "2 f: import * not at module level");
}

TEST(CompileErrors, Targets) {
  EXPECT_EQ(error_of("1 = x"), "1 <module>: can't assign to expression");
  EXPECT_EQ(error_of("f() = x"), "1 <module>: can't assign to expression");
  EXPECT_EQ(error_of("(a, b) += 1"), "1 <module>: can't assign to expression");
  EXPECT_EQ(error_of("*a = 1"), "1 <module>: can't assign to expression");
  EXPECT_EQ(error_of("() = 1"), "1 <module>: can't assign to expression");
  EXPECT_EQ(error_of("*a, *b = 1"), "1 <module>: multiple *x in assignment");
  EXPECT_EQ(error_of("x = *a"), "1 <module>: *x must be assignment target");
  EXPECT_EQ(error_of("del f()"), "1 <module>: can't delete expression");
  EXPECT_EQ(error_of("del (a, 1)"), "1 <module>: can't delete expression");
  EXPECT_EQ(error_of("((a, b) := 1)"), "1 : can't assign to expression");
}

TEST(CompileErrors, Names) {
  EXPECT_EQ(error_of("def f(a, a): pass"), "1 f: argument name reused");
  EXPECT_EQ(error_of("def f(a, *a): pass"), "1 f: argument name reused");
  EXPECT_EQ(error_of("lambda a=1, b: 2"), "1 <module>: non-default argument follows default argument");
  EXPECT_EQ(error_of("def f():\n  nonlocal a"), "2 f: no binding for nonlocal found");
  EXPECT_EQ(error_of("nonlocal a"), "1 <module>: can't declare nonlocal in outer code");
  EXPECT_EQ(error_of("def f(a):\n  global a"), "2 f: identifier redefined as global");
  EXPECT_EQ(error_of("def f():\n  a\n  global a"), "3 f: identifier redefined as global");
  EXPECT_EQ(error_of("def f():\n  a = 1\n  def g():\n    a = 2\n    nonlocal a"),
            "5 g: identifier redefined as nonlocal");
  EXPECT_EQ(error_of("[i := 1 for i in x]"), "1 <listcomp>: identifier redefined as global");
  EXPECT_EQ(error_of("def f():\n  (i := 1 for i in x)"), "2 <genexpr>: identifier redefined as nonlocal");
  EXPECT_EQ(error_of("class A:\n  [i := j for j in x]"), "2 <listcomp>: no binding for nonlocal found");
  EXPECT_EQ(error_of("def f():\n  super()"), "2 f: super() can't find self");
}

TEST(CompileErrors, Arguments) {
  EXPECT_EQ(error_of("f(a=1, b)"), "1 <module>: positional arg after keyword arg");
  EXPECT_EQ(error_of("f(**a, b)"), "1 <module>: positional arg after **");
  EXPECT_EQ(error_of("f(**a, *b)"), "1 <module>: * arg after **");
  EXPECT_EQ(error_of("f(a=1, *b)"), "1 <module>: * arg after kwarg");
  EXPECT_EQ(error_of("f(" + repeated("1,", 62) + "*a)"), "1 <module>: too many args");
  compiled("f(" + repeated("1,", 61) + "*a)");
}

TEST(CompileErrors, HandlersAndDecorators) {
  EXPECT_EQ(error_of("try: pass\nexcept: pass\nexcept A: pass"), "2 <module>: default 'except' must be last");
  EXPECT_EQ(error_of("@micropython.asm_z80\ndef f(): pass"), "1 <module>: invalid micropython decorator");
  EXPECT_EQ(error_of("@micropython.native.x\ndef f(): pass"), "1 <module>: invalid micropython decorator");
  EXPECT_EQ(error_of("@micropython\ndef f(): pass"), "1 <module>: invalid micropython decorator");
}

TEST(CompileErrors, AreFoundInDeadCodeToo) {
  EXPECT_EQ(error_of("while True: pass\nreturn"), "2 <module>: 'return' outside function");
  EXPECT_EQ(error_of("if 0:\n  def f():\n    break"), "3 f: 'break'/'continue' outside loop");
}

// ---- limits ----

TEST(CompileLimits, Memory) {
  const std::string source = repeated("x = [a, b, c]\n", 10000);
  EXPECT_EQ(error_of(source, {.max_bytes = 100000}),
            "432 : memory allocation failed, compiling takes more than 100000 bytes (compile_bytes)");
  // Room for the tree, but not for the code.
  EXPECT_EQ(error_of(source, {.max_bytes = 2800000}),
            "1 : memory allocation failed, compiling takes more than 2800000 bytes (compile_bytes)");
  EXPECT_EQ(error_of(source), "none");
}

TEST(CompileLimits, MemoryOfTheHost) {
  const std::string source = repeated("x = [a, b, c]\n", 10000);
  for (const size_t bytes : {size_t{100'000}, size_t{2'800'000}}) {  // room for nothing, and for the tree alone
    BoundedMemory memory(bytes);
    const std::string error = error_of(source, {.memory = &memory});
    EXPECT_NE(error.find("memory allocation failed, the host has no memory left for compiling"), error.npos) << error;
    EXPECT_EQ(memory.left, bytes);
  }
  BoundedMemory enough(64u << 20);
  EXPECT_EQ(error_of(source, {.memory = &enough}), "none");
  EXPECT_EQ(enough.left, 64u << 20);
}

TEST(CompileLimits, BytecodeOverflow) {
  std::string names, constants, locals = "def f():\n";
  for (int i = 0; i < 66000; ++i) {
    names += "n" + std::to_string(i) + "\n";
    constants += "x = 'c" + std::to_string(i) + "'\n";
    locals += " v" + std::to_string(i) + "=0\n";
  }
  EXPECT_EQ(error_of(names), "65537 <module>: bytecode overflow");
  EXPECT_EQ(error_of(constants), "65537 <module>: bytecode overflow");
  EXPECT_EQ(error_of(locals), "1 f: bytecode overflow");
  EXPECT_EQ(error_of("from " + repeated(".", 300) + "a import b"), "1 <module>: bytecode overflow");
  EXPECT_EQ(error_of(repeated("a,", 300) + "*b = c"), "1 <module>: bytecode overflow");
}

TEST(CompileLimits, LongNames) {
  EXPECT_EQ(error_of("import " + repeated("abcdefghi.", 25) + "abcdef"), "1 : name too long");
  EXPECT_EQ(error_of("import " + repeated("abcdefghi.", 25) + "abcde"), "none");
}

TEST(CompileLimits, Nesting) {
  const std::string expected = "1 <module>: nested too deep: more than 201 levels";
  EXPECT_EQ(error_of("[x " + repeated("for x in y ", 202) + "]"), expected);
  EXPECT_EQ(error_of("with " + repeated("a, ", 201) + "a: pass"), expected);
  compiled("[x " + repeated("for x in y ", 201) + "]");
  compiled("with " + repeated("a, ", 200) + "a: pass");
}

TEST(CompileLimits, LongChainsAreNoNesting) {
  constexpr size_t kLong = kSanitized ? 5'000 : 50'000;
  compiled("x = a" + repeated(" + a", kLong));
  compiled("x = a" + repeated(" < a", kLong));
  compiled("if a" + repeated(" and a", kLong) + ": pass");
  compiled("if a: pass\n" + repeated("elif b: pass\n", kLong));
  compiled("x = f'" + repeated("{a}", 1000) + "'");
}

// ---- far jumps ----

/// Statements that take more than 20000 instructions.
std::string long_body(std::string_view indent) { return repeated(std::string(indent) + "f(a, b, c)\n", 5000); }

TEST(FarJumps, ConditionsSkipAJump) {
  const CodeUnit unit = function("def g(a, b):\n if a < b:\n" + long_body("  ") + " return a\n");
  ASSERT_EQ(unit.code[0].op, Op::JUMP_LT);
  EXPECT_EQ(unit.code[0].k, 1);
  EXPECT_EQ(jump_target(unit.code[0], 0), 2);
  ASSERT_EQ(unit.code[1].op, Op::JUMP);
  EXPECT_EQ(unit.code[jump_target(unit.code[1], 1)].op, Op::RETURN);
}

TEST(FarJumps, LoopsGoBackOverALoop) {
  const CodeUnit unit = function("def g(a):\n for b in a:\n" + long_body("  "));
  const auto next =
      std::find_if(unit.code.begin(), unit.code.end(), [](const Instr& instr) { return instr.op == Op::FOR_NEXT; });
  ASSERT_NE(next, unit.code.end());
  EXPECT_EQ((next - 1)->op, Op::LOOP);
  EXPECT_EQ((next - 2)->op, Op::JUMP);
  EXPECT_EQ(next->offset(), -2);
  const auto loop = static_cast<size_t>(next - 1 - unit.code.begin());
  EXPECT_EQ(jump_target(unit.code[loop], loop), 3);
}

TEST(FarJumps, KeepLinesAndHandlers) {
  const CodeUnit unit = function("def g(a, b):\n try:\n  if a < b:\n" + long_body("   ") + " except E:\n  return 1\n");
  ASSERT_EQ(unit.handlers.size(), 1u);
  EXPECT_EQ(unit.code[unit.handlers[0].target].op, Op::SET_HANDLED);
  EXPECT_EQ(unit.lines.back().line, 5005u);
}

// ---- lines ----

std::vector<uint32_t> lines_of(const CodeUnit& unit, Op op) {
  std::vector<uint32_t> lines;
  for (size_t at = 0; at < unit.code.size(); ++at) {
    if (unit.code[at].op != op) continue;
    auto entry = std::upper_bound(unit.lines.begin(), unit.lines.end(), at,
                                  [](size_t at, const LineEntry& entry) { return at < entry.start; });
    lines.push_back((entry - 1)->line);
  }
  return lines;
}

TEST(Lines, CallsBelongToTheirOwnLine) {
  const CodeUnit unit = compiled("a(\n  b(),\n  c(\n    d()))\ne()\n");
  EXPECT_EQ(lines_of(unit, Op::CALL), (std::vector<uint32_t>{2, 4, 3, 1, 5}));
}

TEST(Lines, OperatorsBelongToTheirOwnLine) {
  const CodeUnit unit = compiled("x = [\n  a + b,\n  c.d,\n  e[f],\n]\n");
  EXPECT_EQ(lines_of(unit, Op::ADD), std::vector<uint32_t>{2});
  EXPECT_EQ(lines_of(unit, Op::LOAD_ATTR), std::vector<uint32_t>{3});
  EXPECT_EQ(lines_of(unit, Op::GET_ITEM), std::vector<uint32_t>{4});
  EXPECT_EQ(lines_of(unit, Op::BUILD_LIST), std::vector<uint32_t>{1});
}

TEST(Lines, FunctionsStartAtTheirDef) {
  const CodeUnit unit = compiled("@a\n@b\ndef f():\n  pass\n");
  EXPECT_EQ(unit.children[0].first_line, 3u);
  EXPECT_EQ(lines_of(unit, Op::MAKE_FUNCTION), std::vector<uint32_t>{3});
}

TEST(Lines, AreLeftOutAtOptimizationLevel3) {
  EXPECT_TRUE(compiled("x = 1\ny = 2\n", {.opt_level = 3}).lines.empty());
  EXPECT_EQ(compiled("x = 1\ny = 2\n", {.opt_level = 2}).lines.size(), 2u);
}

// ---- modes ----

TEST(Modes, NamespacesHoldTheNames) {
  const CodeUnit unit = compiled("x = y\ndel x\nglobal g\ng = [z for z in x]\n", {.mode = Mode::Namespace});
  EXPECT_EQ(unit.flags, CodeUnit::kNamespace);
  EXPECT_EQ(unit.parameters.size(), 1u);
  EXPECT_EQ(count(unit, Op::STORE_NAME), 1);
  EXPECT_EQ(count(unit, Op::LOAD_NAME), 2);
  EXPECT_EQ(count(unit, Op::DELETE_NAME), 1);
  EXPECT_EQ(count(unit, Op::STORE_GLOBAL), 1);
}

TEST(Modes, EvalReturnsTheValue) {
  const CodeUnit unit = compiled("a + 1", {.mode = Mode::Eval});
  EXPECT_EQ(unit.code.back().op, Op::RETURN);
  EXPECT_EQ(unit.flags, CodeUnit::kNamespace);
  EXPECT_EQ(compiled("5", {.mode = Mode::Eval}).code.size(), 2u);
}

TEST(Modes, SinglePrintsExpressions) {
  const CodeUnit unit = compiled("for x in y: x\n", {.mode = Mode::Single});
  EXPECT_NE(std::find(unit.names.begin(), unit.names.end(), "__repl_print__"), unit.names.end());
  EXPECT_EQ(count(unit, Op::CALL), 1);
  const CodeUnit outer = compiled("def f(): x\n", {.mode = Mode::Single});
  EXPECT_EQ(count(outer.children[0], Op::CALL), 0);
}

TEST(Modes, CoroutinesAreGenerators) {
  EXPECT_EQ(function("async def f(): pass").flags, CodeUnit::kGenerator | CodeUnit::kCoroutine);
  EXPECT_EQ(function("def f(): await x").flags, CodeUnit::kGenerator);
  EXPECT_EQ(function("lambda: (yield)").flags, CodeUnit::kGenerator);
  EXPECT_EQ(function("(x for x in y)").flags, CodeUnit::kGenerator);
}

// ---- assignment before use ----

TEST(Bound, IsCheckedOnlyWhereAVariableMayBeUnset) {
  const auto checks = [](std::string_view body) {
    return count(function("def f(p):\n" + std::string(body)), Op::CHECK_BOUND);
  };
  EXPECT_EQ(checks(" return p"), 0);
  EXPECT_EQ(checks(" x = 1\n return x"), 0);
  EXPECT_EQ(checks(" return x\n x = 1"), 1);
  EXPECT_EQ(checks(" if p: x = 1\n return x, x"), 1);
  EXPECT_EQ(checks(" if p: x = 1\n else: return\n return x"), 0);
  EXPECT_EQ(checks(" for x in p: x\n return x"), 1);
  EXPECT_EQ(checks(" for x in p: pass\n else: x = 1\n return x"), 0);
  EXPECT_EQ(checks(" while True:\n  x = 1\n  if p: break\n return x"), 0);
  EXPECT_EQ(checks(" try: x = 1\n except: pass\n return x"), 1);
  EXPECT_EQ(checks(" try: x = 1\n except: x = 2\n return x"), 0);
  EXPECT_EQ(checks(" try: p()\n finally: x = 1\n return x"), 0);
  EXPECT_EQ(checks(" del p\n return p"), 1);
  EXPECT_EQ(checks(" x = 1\n while p:\n  x\n  del x"), 1);
  EXPECT_EQ(checks(" p and (x := 1)\n return x"), 1);
  EXPECT_EQ(checks(" if p and (x := 1): return x"), 0);
  EXPECT_EQ(checks(" try: p()\n except E as e: return e"), 0);
  EXPECT_EQ(checks(" try: p()\n except E as e: pass\n return e"), 1);
  EXPECT_EQ(checks(" return [y for x in p if y for y in p]"), 1);
}

// ---- code that need not be there ----

TEST(Code, StopsWhereNothingGoesOn) {
  const CodeUnit unit = function("def f(a):\n while True:\n  a()\n b()\n");
  EXPECT_EQ(unit.code.back().op, Op::LOOP);
  EXPECT_EQ(count(unit, Op::CALL), 1);
  EXPECT_EQ(compiled("raise x\nuse('constant')\n").constants.size(), 0u);
}

TEST(Code, SharesConstantsOfOneKind) {
  const CodeUnit unit =
      compiled("a['x']; a['x']; a[1]; a[1.0]; a[True]; a[0.0]; a[-0.0]; a[b'x']; a[1, 'x']; a[1, 'x']\n");
  EXPECT_EQ(unit.constants.size(), 8u);
}

TEST(Code, SharesSitesOfGlobalsButNotOfAttributes) {
  EXPECT_EQ(compiled("a; a; a\n").sites.size(), 1u);
  EXPECT_EQ(function("def f(a): a.b; a.b").sites.size(), 2u);
}

}  // namespace
}  // namespace upy
