#include <gtest/gtest.h>

#include "dump.h"

namespace upy {
namespace {

/// The expression `source` as it is left after folding.
std::string folded(std::string_view source) { return parsed(source, CompileOptions::Mode::Eval); }

TEST(Folding, IntegersOfAnySize) {
  EXPECT_EQ(folded("1 + 2 * 3 - 4"), "3");
  EXPECT_EQ(folded("4611686018427387903"), "4611686018427387903");
  EXPECT_EQ(folded("4611686018427387904"), "(big 4000000000000000)");
  EXPECT_EQ(folded("-4611686018427387904"), "-4611686018427387904");
  EXPECT_EQ(folded("-4611686018427387905"), "(big -4000000000000001)");
  EXPECT_EQ(folded("1 << 64"), "(big 10000000000000000)");
  EXPECT_EQ(folded("1 + ((1 << 65) - (1 << 65))"), "1");
  EXPECT_EQ(folded("-1 ** 2"), "-1");
  EXPECT_EQ(folded("2 ** 3 ** 2"), "512");
}

TEST(Folding, DivisionRoundsDown) {
  EXPECT_EQ(folded("(-7 // 2, -7 % 2, 7 // -2, 7 % -2)"), "(const -4 1 -4 -1)");
  EXPECT_EQ(folded("(-7.0 // 2, -7.0 % 2, 7.0 % -2)"), "(const -4.0 1.0 -1.0)");
  EXPECT_EQ(folded("(7 / 2, -1 >> 1, 5 >> 100)"), "(const 3.5 -1 0)");
}

TEST(Folding, QuotientsOfIntegersAreRoundedOnce) {
  EXPECT_EQ(folded("(10 ** 20 / 3, -(2 ** 64) / 3, 10 ** 400 / 10 ** 399)"),
            "(const 3.3333333333333332e+19 -6.1489146912365169e+18 10.0)");
  EXPECT_EQ(folded("(2 ** 53 + 1) * 2 ** 11 / 1 - (2 ** 53) * 2 ** 11 / 1"), "0.0");
  EXPECT_EQ(folded("((2 ** 53 + 1) * 2 ** 11 + 1) / 1 - (2 ** 53) * 2 ** 11 / 1"), "4096.0");
  EXPECT_EQ(folded("(0 / -5, 10 ** 400 / 1, -(10 ** 400) / 7)"), "(const -0.0 inf -inf)");
  EXPECT_EQ(folded("1 / (1 << 1070)"), "(binary 1 / (big 4" + std::string(267, '0') + "))");
}

TEST(Folding, BitsOfNegativeIntegers) {
  EXPECT_EQ(folded("(~0, ~-1, -1 & 255, -256 | 1, -1 ^ 1)"), "(const -1 0 255 -255 -2)");
}

TEST(Folding, Floats) {
  EXPECT_EQ(folded("1.5 * 2.5"), "3.75");
  EXPECT_EQ(folded("1 + 0.5"), "1.5");
  EXPECT_EQ(folded("-0.0"), "-0.0");
  EXPECT_EQ(folded("2 ** -2"), "0.25");
  EXPECT_EQ(folded("1e400"), "inf");
  EXPECT_EQ(folded("1e-400"), "0.0");
  EXPECT_EQ(folded("0.0000001e-400"), "0.0");
  EXPECT_EQ(folded("1.0 + 36893488147419103232"), "3.6893488147419103e+19");
  EXPECT_EQ(folded("(1e308 * 10, -1e308 * 10, 10 ** 400 * 1.0)"), "(const inf -inf inf)");
}

TEST(Folding, FailingOperationsAreLeftToTheRunTime) {
  EXPECT_EQ(folded("1 << -1"), "(binary 1 << -1)");
  EXPECT_EQ(folded("1 // 0"), "(binary 1 // 0)");
  EXPECT_EQ(folded("1.0 % 0"), "(binary 1.0 % 0)");
  EXPECT_EQ(folded("0 ** -1"), "(binary 0 ** -1)");
  EXPECT_EQ(folded("(-1) ** 0.5"), "(binary -1 ** 0.5)");
  EXPECT_EQ(folded("1 @ 2"), "(binary 1 @ 2)");
  EXPECT_EQ(folded("~1.5"), "(~ 1.5)");
}

TEST(Folding, LargeResultsAreLeftToTheRunTime) {
  EXPECT_EQ(folded("2 ** 5000"), "(binary 2 ** 5000)");
  EXPECT_EQ(folded("1 << 4096"), "(binary 1 << 4096)");
  EXPECT_EQ(folded("9 ** 9 ** 9 ** 9"), "(binary 9 ** (binary 9 ** 387420489))");
  EXPECT_EQ(folded("1 << (1 << 70)"), "(binary 1 << (big 400000000000000000))");
}

TEST(Folding, OnlyNumbersTakePart) {
  EXPECT_EQ(folded("True + 1"), "(binary True + 1)");
  EXPECT_EQ(folded("'a' + 'b'"), "(binary (str a) + (str b))");
  EXPECT_EQ(folded("-1j"), "(- 1j)");
}

TEST(Folding, ConstantsInFrontOfAChain) {
  EXPECT_EQ(folded("1 + 2 + x + 3 + 4"), "(binary 3 + x + 3 + 4)");
  EXPECT_EQ(folded("x + 1 + 2"), "(binary x + 1 + 2)");
}

TEST(Folding, Not) {
  EXPECT_EQ(folded("not 0"), "True");
  EXPECT_EQ(folded("not not ''"), "False");
  EXPECT_EQ(folded("not ()"), "True");
  EXPECT_EQ(folded("not x"), "(not x)");
}

TEST(Folding, LogicalOperatorsDropWhatDoesNotDecide) {
  EXPECT_EQ(folded("0 or False"), "False");
  EXPECT_EQ(folded("1 or foo"), "1");
  EXPECT_EQ(folded("f() or 1 or foo"), "(or (call f) 1)");
  EXPECT_EQ(folded("f() or 0 or g()"), "(or (call f) (call g))");
  EXPECT_EQ(folded("0 and foo"), "0");
  EXPECT_EQ(folded("1 and True"), "True");
  EXPECT_EQ(folded("f() and 1 and g()"), "(and (call f) (call g))");
}

TEST(Folding, ConditionalsAndFStringsDoNotFold) {
  EXPECT_EQ(folded("(1 if 1 else 2) + 3"), "(binary (if 1 1 2) + 3)");
  EXPECT_EQ(folded("(1, f'a')"), "(tuple 1 (fstring (str a)))");
  EXPECT_EQ(folded("not f''"), "(not (fstring (str)))");
}

TEST(Folding, ConstTakesLargeIntegers) {
  EXPECT_EQ(parsed("A = const((1 << 5000) >> 4999)\nB = 1 << 5000", CompileOptions::Mode::Module),
            "(= A 2)\n(= B (binary 1 << 5000))");
}

TEST(Folding, TuplesOfConstants) {
  EXPECT_EQ(folded("(1, 'a', (None, ...), b'c')"), "(const 1 (str a) (const None ...) (bytes c))");
  EXPECT_EQ(folded("()"), "(const)");
  EXPECT_EQ(folded("1,"), "(const 1)");
  EXPECT_EQ(folded("(1, x)"), "(tuple 1 x)");
  EXPECT_EQ(folded("x[1, 2]"), "([] x (const 1 2))");
}

TEST(Folding, AdjacentLiterals) {
  EXPECT_EQ(folded("'a' \"b\" r'\\c'"), "(str ab\\c)");
  EXPECT_EQ(folded("b'a' rb'\\b'"), "(bytes a\\b)");
}

TEST(Folding, IntegerLiterals) {
  EXPECT_EQ(folded("(0x1F, 0o17, 0b101, 1_000, 1__0_, 00)"), "(const 31 15 5 1000 10 0)");
  EXPECT_EQ(folded("0xFFFFFFFFFFFFFFFFFFFF"), "(big ffffffffffffffffffff)");
  EXPECT_EQ(folded("123456789012345678901234567890"), "(big 18ee90ff6c373e0ee4e3f0ad2)");
  EXPECT_EQ(folded("08"), "SyntaxError 1:1 invalid syntax for integer with base 0: '08'");
  EXPECT_EQ(folded("0xg"), "SyntaxError 1:1 invalid syntax for integer with base 16: 'g'");
  EXPECT_EQ(folded("0b2"), "SyntaxError 1:1 invalid syntax for integer with base 2: '2'");
  EXPECT_EQ(folded("x+123z"), "SyntaxError 1:3 invalid syntax for integer with base 10: '123z'");
}

TEST(Folding, DecimalLiterals) {
  EXPECT_EQ(folded("(1., .5, 1e3, 1_0.5, 2.5j, 1E2J)"), "(const 1.0 0.5 1000.0 10.5 2.5j 100j)");
  EXPECT_EQ(folded("1e"), "SyntaxError 1:1 invalid syntax for number");
  EXPECT_EQ(folded("1.2.3"), "SyntaxError 1:1 invalid syntax for number");
  EXPECT_EQ(folded("5..attr"), "SyntaxError 1:1 invalid syntax for number");
}

// ---- const() ----

TEST(Const, IsInlinedAndStored) {
  EXPECT_EQ(parsed("X = const(123)\nY = const(X + 456)\nf(X, Y)"), "(= X 123)\n(= Y 579)\n(call f 123 579)");
}

TEST(Const, WithUnderscoreIsNotStored) {
  EXPECT_EQ(parsed("_X = const(12)\n_Y: int = const((_X, 'a'))\nf(_Y)"), "(call f (const 12 (str a)))");
}

TEST(Const, ReachesIntoFunctionsAndOutOfClasses) {
  EXPECT_EQ(parsed("class A:\n C = const(1)\n def f(self): return C\nC"),
            "(class A {(= C 1); (def f self {(return 1)})})");
}

TEST(Const, OnlyNamesInExpressionsAreReplaced) {
  EXPECT_EQ(parsed("X = const(1)\nimport m as X\ndef X(X, *, Y=X): pass\nclass X: pass\nf(X=X, y=a.X)"),
            "(= X 1)\n(import m:X)\n(def X X kw:Y=1 {pass})\n(class X {pass})\n(call f X=1 y=(. a X))");
}

TEST(Const, TargetsAreReplacedToo) { EXPECT_EQ(parsed("A = const(1); A = const(2)"), "(= A 1)\n(= 1 (call const 2))"); }

TEST(Const, NeedsAConstant) {
  for (const char* argument : {"x", "1 @ 2", "1 << -2", "1 % 0", "", "1, 2", "*x", "a=1", "[1]"}) {
    EXPECT_EQ(parsed("A = const(" + std::string(argument) + ")"), "SyntaxError 1:5 not a constant") << argument;
  }
}

TEST(Const, OtherCallsAreLeftAlone) {
  EXPECT_EQ(parsed("x.y = const(a)\nx = y = const(a)\nx = m.const(a)\nf(const(1))"),
            "(= (. x y) (call const a))\n(= x y (call const a))\n(= x (call (. m const) a))\n(call f (call const 1))");
}

TEST(Const, KnowsConstantsOfModules) {
  EXPECT_EQ(parsed("_T = const(2 * math.pi)\nx = _T"), "(= x 6.2831853071795862)");
  EXPECT_EQ(parsed("E = const(-errno.EINVAL)"), "(= E -22)");
  EXPECT_EQ(parsed("x = math.pi"), "(= x (. math pi))");
  EXPECT_EQ(parsed("X = const(math.foo)"), "SyntaxError 1:5 not a constant");
}

TEST(Const, TuplesStaySmall) {
  std::string source = "_A0 = const((1, 2))\n";
  for (int i = 0; i < 30; ++i) {
    const std::string last = "_A" + std::to_string(i);
    source += "_A" + std::to_string(i + 1) + " = const((" + last + ", " + last + "))\n";
  }
  EXPECT_EQ(parsed(source).substr(0, 11), "SyntaxError");
}

}  // namespace
}  // namespace upy
