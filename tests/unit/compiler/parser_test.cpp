#include "compiler/front/parser.h"

#include <gtest/gtest.h>

#include "dump.h"
#include "support/repeated.h"

namespace upy {
namespace {

using Mode = CompileOptions::Mode;

std::string expression(std::string_view source) { return parsed(source, Mode::Eval); }

// ---- expressions ----

TEST(Expressions, Precedence) {
  EXPECT_EQ(expression("a + b * c - d"), "(binary a + (binary b * c) - d)");
  EXPECT_EQ(expression("a | b ^ c & d << e + f * g"),
            "(binary a | (binary b ^ (binary c & (binary d << (binary e + (binary f * g))))))");
  EXPECT_EQ(expression("-a ** -b ** c"), "(- (binary a ** (- (binary b ** c))))");
  EXPECT_EQ(expression("not a == b"), "(not (compare a == b))");
  EXPECT_EQ(expression("a or b and not c"), "(or a (and b (not c)))");
  EXPECT_EQ(expression("a @ b // c % d"), "(binary a @ b // c % d)");
  EXPECT_EQ(expression("~a.b[c]"), "(~ ([] (. a b) c))");
  EXPECT_EQ(expression("(a + b) * c"), "(binary (binary a + b) * c)");
}

TEST(Expressions, Comparisons) {
  EXPECT_EQ(expression("a < b <= c != d"), "(compare a < b <= c != d)");
  EXPECT_EQ(expression("a not in b is not c is d in e"), "(compare a not-in b is-not c is d in e)");
}

TEST(Expressions, Conditionals) {
  EXPECT_EQ(expression("a if b else c if d else e"), "(if b a (if d c e))");
  EXPECT_EQ(expression("lambda: a if b else c"), "(lambda (if b a c))");
}

TEST(Expressions, Trailers) {
  EXPECT_EQ(expression("a.b(c)[d].e"), "(. ([] (call (. a b) c) d) e)");
  EXPECT_EQ(expression("a[1:2, ::3, :]"), "([] a (tuple (slice 1 2 -) (slice - - 3) (slice - - -)))");
  EXPECT_EQ(expression("a[b:c]"), "([] a (slice b c -))");
  EXPECT_EQ(expression("a[b,]"), "([] a (tuple b))");
  EXPECT_EQ(expression("a[b := 1]"), "([] a (:= b 1))");
}

TEST(Expressions, Arguments) {
  EXPECT_EQ(expression("f(a, *b, c=d, **e, *g)"), "(call f a *b c=d **e *g)");
  EXPECT_EQ(expression("f(a := 1, (b := 2),)"), "(call f (:= a 1) (:= b 2))");
  EXPECT_EQ(expression("f(x for x in y)"), "(call f (gen x (for x y)))");
  EXPECT_EQ(expression("f(1=2)"), "SyntaxError 1:3 LHS of keyword arg must be an id");
  EXPECT_EQ(expression("f((a)=2)"), "SyntaxError 1:3 LHS of keyword arg must be an id");
}

TEST(Expressions, Displays) {
  EXPECT_EQ(expression("[a, *b, c,]"), "(list a (* b) c)");
  EXPECT_EQ(expression("[]"), "(list)");
  EXPECT_EQ(expression("{a, *b}"), "(set a (* b))");
  EXPECT_EQ(expression("{}"), "(dict)");
  EXPECT_EQ(expression("{a: b, **c, d: e,}"), "(dict a:b **c d:e)");
  EXPECT_EQ(expression("{**a}"), "(dict **a)");
  EXPECT_EQ(expression("(a, *b)"), "(tuple a (* b))");
  EXPECT_EQ(expression("(a)"), "a");
  EXPECT_EQ(expression("(a,)"), "(tuple a)");
  EXPECT_EQ(expression("{1: 2, 3}"), "SyntaxError 1:8 expecting key:value for dict");
  EXPECT_EQ(expression("{1, 2: 3}"), "SyntaxError 1:5 expecting just a value for set");
}

TEST(Expressions, Comprehensions) {
  EXPECT_EQ(expression("[a for a in b if c if d for e, f in g]"), "(listcomp a (for a b c d) (for (tuple e f) g))");
  EXPECT_EQ(expression("{a for a in b}"), "(setcomp a (for a b))");
  EXPECT_EQ(expression("{a: b for a, b in c}"), "(dictcomp a b (for (tuple a b) c))");
  EXPECT_EQ(expression("(a async for a in b)"), "(gen a (async-for a b))");
  EXPECT_EQ(expression("[x for *a, b in c]"), "(listcomp x (for (tuple (* a) b) c))");
  EXPECT_EQ(expression("[(y := f(x)) for x in z if (w := y)]"), "(listcomp (:= y (call f x)) (for x z (:= w y)))");
  EXPECT_EQ(expression("[*a for a in b]"), "SyntaxError 1:5 invalid syntax");
}

TEST(Expressions, Lambdas) {
  EXPECT_EQ(expression("lambda a, b=1, *c, d, e=2, **f: a"), "(lambda a b=1 *c kw:d kw:e=2 **f a)");
  EXPECT_EQ(expression("lambda *, a: a"), "(lambda kw:a a)");
  EXPECT_EQ(expression("lambda a, /, b: a"), "(lambda a b a)");
  EXPECT_EQ(expression("lambda a: int: a"), "SyntaxError 1:14 invalid syntax");
}

TEST(Expressions, YieldAndAwait) {
  EXPECT_EQ(parsed("x = yield\ny = yield a, b\nyield from c\n(yield)"),
            "(= x (yield -))\n(= y (yield (tuple a b)))\n(yield-from c)\n(yield -)");
  EXPECT_EQ(expression("await a.b() ** c"), "(binary (await (call (. a b))) ** c)");
}

TEST(Expressions, WrongOnes) {
  for (const char* source : {"",   "1 or 2 or", "{1:",      "a b",    "x := 1",  "a[]",  "f(a b)",   "(a",
                             "a)", "[a for a]", "lambda x", "a if b", "a not b", "a..b", "'a' b'c'", "{**a for b in c}",
                             "*",  "a.1",       "if",       "$",      "!"}) {
    EXPECT_EQ(expression(source).substr(0, 12), "SyntaxError ") << source;
  }
}

// ---- strings ----

TEST(FStrings, PartsAndText) {
  EXPECT_EQ(expression("f'a{b}c{d}'"), "(fstring (str a) (format b -) (str c) (format d -))");
  EXPECT_EQ(expression("f''"), "(fstring (str))");
  EXPECT_EQ(expression("'a' f'{{b}}' 'c'"), "(fstring (str a{b}c))");
  EXPECT_EQ(expression("'a' f'{b}' 'c' f'd' '''e'''"), "(fstring (str a) (format b -) (str cde))");
  EXPECT_EQ(expression(R"(f'\x41{a}\n')"), "(fstring (str A) (format a -) (str \n))");
  EXPECT_EQ(expression(R"(rf'\{a}\n')"), R"((fstring (str \) (format a -) (str \n)))");
}

TEST(FStrings, ConversionsAndSpecs) {
  EXPECT_EQ(expression("f'{a!r:>{b}x}'"), "(fstring (format!r a (fstring (str >) (format b -) (str x))))");
  EXPECT_EQ(expression("f'{a!s}{b!a}'"), "(fstring (format!s a -) (format!a b -))");
  EXPECT_EQ(expression("f'{a:}'"), "(fstring (format a (str)))");
  EXPECT_EQ(expression("f'{a:=5}'"), "(fstring (format a (str =5)))");
  EXPECT_EQ(expression("f'{a != b}'"), "(fstring (format (compare a != b) -))");
}

TEST(FStrings, ShowTheirExpressions) {
  EXPECT_EQ(expression("f'{a=}'"), "(fstring (str a=) (format a -))");
  EXPECT_EQ(expression("f'x{ a + 1 = !r:5}'"), "(fstring (str x a + 1 = ) (format!r (binary a + 1) (str 5)))");
}

TEST(FStrings, HoldAnyExpression) {
  EXPECT_EQ(expression("f'{a,}'"), "(fstring (format (tuple a) -))");
  EXPECT_EQ(expression("f'{ {1: 2}[1] }'"), "(fstring (format ([] (dict 1:2) 1) -))");
  EXPECT_EQ(expression("f'{x[1:2]}'"), "(fstring (format ([] x (slice 1 2 -)) -))");
  EXPECT_EQ(expression("f'{(lambda x: x)}'"), "(fstring (format (lambda x x) -))");
  EXPECT_EQ(expression("f'{(a := 1)}'"), "(fstring (format (:= a 1) -))");
  EXPECT_EQ(expression("f'{a\n}'"), "(fstring (format a -))");
}

TEST(FStrings, Nest) {
  EXPECT_EQ(expression("f'{f'{f'{a}'}'}'"), "(fstring (format (fstring (format (fstring (format a -)) -)) -))");
  EXPECT_EQ(expression("f'{'b'}{d['e']:{f'{g}'}}'"),
            "(fstring (format (str b) -) (format ([] d (str e)) (fstring (format (fstring (format g -)) -))))");
}

TEST(FStrings, WrongOnes) {
  for (const char* source :
       {"f'{}'", "f'{a'", "f'}'", "f'{a!x}'", "f'{a!}'", "f'{a b}'", "f'{lambda x: 1}'", "f'{a!r b}'", "f'{a:{b}'",
        "f'a", R"(f'{\}')", "f'{#}'", "f'{!r}'", "f'{a:\n}'", "f'a\n'"}) {
    EXPECT_EQ(expression(source).substr(0, 12), "SyntaxError ") << source;
  }
}

// ---- statements ----

TEST(Statements, Assignments) {
  EXPECT_EQ(parsed("a = b = c"), "(= a b c)");
  EXPECT_EQ(parsed("a, *b = c"), "(= (tuple a (* b)) c)");
  EXPECT_EQ(parsed("a.b[c] = yield"), "(= ([] (. a b) c) (yield -))");
  EXPECT_EQ(parsed("a **= b; c @= d; e >>= f; g //= h"), "(**= a b)\n(@= c d)\n(>>= e f)\n(//= g h)");
  EXPECT_EQ(parsed("a: int = b; c: str; d.e: f = 1, 2"), "(= a b)\n(annotation c)\n(= (. d e) (const 1 2))");
}

TEST(Statements, Simple) {
  EXPECT_EQ(parsed("pass; break; continue;"), "pass\nbreak\ncontinue");
  EXPECT_EQ(parsed("del a, b[c]\nreturn\nreturn a, *b"),
            "(del (tuple a ([] b c)))\n(return -)\n(return (tuple a (* b)))");
  EXPECT_EQ(parsed("raise\nraise a\nraise a from b"), "(raise - -)\n(raise a -)\n(raise a b)");
  EXPECT_EQ(parsed("global a, b\nnonlocal c"), "(global a b)\n(nonlocal c)");
  EXPECT_EQ(parsed("assert a\nassert a, b"), "(assert a -)\n(assert a b)");
}

TEST(Statements, Imports) {
  EXPECT_EQ(parsed("import a, b.c as d, e . f"), "(import a b.c:d e.f)");
  EXPECT_EQ(parsed("from . import a\nfrom .... b.c import (d as e, f,)\nfrom g import *"),
            "(from . a)\n(from ....b.c d:e f)\n(from g)");
}

TEST(Statements, Compound) {
  EXPECT_EQ(parsed("if a: b\nelif c: d\nelif e:\n f\nelse: g"), "(if (when a {b}) (when c {d}) (when e {f}) {g})");
  EXPECT_EQ(parsed("while (a := b): c\nelse: d"), "(while (:= a b) {c} {d})");
  EXPECT_EQ(parsed("for a, in b, c: d\nelse: e"), "(for (tuple a) (tuple b c) {d} {e})");
  EXPECT_EQ(parsed("try: a\nexcept b as c: d\nexcept (e, f): g\nexcept: h\nelse: i\nfinally: j"),
            "(try {a} (except b c {d}) (except (tuple e f) {g}) (except - {h}) {i} finally {j})");
  EXPECT_EQ(parsed("try: a\nfinally: pass"), "(try {a} finally {pass})");
}

TEST(Statements, With) {
  EXPECT_EQ(parsed("with a as b, c.d(), e as (f, g): h"), "(with a:b (call (. c d)) e:(tuple f g) {h})");
  EXPECT_EQ(parsed("with (a as b, c,): d"), "(with a:b c {d})");
  EXPECT_EQ(parsed("with (a, b): c"), "(with a b {c})");
  EXPECT_EQ(parsed("with (a): b"), "(with a {b})");
  EXPECT_EQ(parsed("with (a, b) as c: d"), "(with (tuple a b):c {d})");
  EXPECT_EQ(parsed("with (a).b() as c, (d) - e: f"), "(with (call (. a b)):c (binary d - e) {f})");
  EXPECT_EQ(parsed("with (a for a in b) as c: d"), "(with (gen a (for a b)):c {d})");
  EXPECT_EQ(parsed("with (yield a), (): b"), "(with (yield a) (const) {b})");
  EXPECT_EQ(parsed("with (a as b) as c: d"), "SyntaxError 1:15 invalid syntax");
}

TEST(Statements, Definitions) {
  EXPECT_EQ(parsed("def f(a, b: int = 1, /, c=2, *d: e, g, **h) -> i: pass"), "(def f a b=1 c=2 *d kw:g **h {pass})");
  EXPECT_EQ(parsed("@a\n@b.c(d)\ndef f(): pass"), "(def f {pass} a (call (. b c) d))");
  EXPECT_EQ(parsed("class A: pass\nclass B(A, m=C): x = 1"), "(class A {pass})\n(class B A m=C {(= x 1)})");
  EXPECT_EQ(parsed("async def f():\n async for a in b: await c\n async with d as e: pass"),
            "(async-def f {(async-for a b {(await c)}); (async-with d:e {pass})})");
}

TEST(Statements, WrongOnes) {
  for (const char* source : {"a b",
                             "if a pass",
                             "if a:",
                             "if a:\npass",
                             "else: a",
                             "for a b: c",
                             "try: a",
                             "try: a\nelse: b",
                             "def f: pass",
                             "def f(a, *b, *c): pass",
                             "def f(**a, b): pass",
                             "def f(a b): pass",
                             "def f(1): pass",
                             "class: pass",
                             "@a\nb = c",
                             "async a",
                             "import",
                             "import a as b.c",
                             "from a import",
                             "from import a",
                             "from a import (b",
                             "global",
                             "del",
                             "assert",
                             "return = 1",
                             "a = = b",
                             "a += b = c",
                             "a = b += c",
                             "yield = 1",
                             "with: pass",
                             "x = (1",
                             "raise from a",
                             ";",
                             "a;;b",
                             "lambda",
                             "if a: if b: c",
                             "match a:\n case b: c",
                             "except* a: b",
                             "print a",
                             "def f(/, a): pass"}) {
    EXPECT_EQ(parsed(source).substr(0, 12), "SyntaxError ") << source;
  }
}

TEST(Statements, ConstantsHaveNoEffect) {
  EXPECT_EQ(parsed("'''text'''\nx\n1 + 1\n..."), "x");
  EXPECT_EQ(parsed("def f():\n 'text'"), "(def f)");
  EXPECT_EQ(parsed("1", Mode::Single), "1");
}

TEST(Statements, OptimizationDropsAssertions) {
  CompileOptions options;
  options.opt_level = 1;
  EXPECT_EQ(parsed("assert a, b\nx = __debug__", options), "(= x False)");
  EXPECT_EQ(parsed("x = __debug__"), "(= x True)");
}

// ---- modes ----

TEST(Modes, EvalIsOneExpression) {
  EXPECT_EQ(parsed(" \n 1 + x \n\n", Mode::Eval), "(binary 1 + x)");
  EXPECT_EQ(parsed("a, b", Mode::Eval), "(tuple a b)");
  EXPECT_EQ(parsed("a\nb", Mode::Eval), "SyntaxError 2:1 invalid syntax");
  EXPECT_EQ(parsed("a = b", Mode::Eval), "SyntaxError 1:3 invalid syntax");
  EXPECT_EQ(parsed("\\\n", Mode::Eval), "SyntaxError 2:1 invalid syntax");
}

TEST(Modes, SingleIsOneStatement) {
  EXPECT_EQ(parsed("a; b\n", Mode::Single), "a\nb");
  EXPECT_EQ(parsed("if a:\n b\n", Mode::Single), "(if (when a {b}))");
  EXPECT_EQ(parsed("a\nb", Mode::Single), "SyntaxError 2:1 invalid syntax");
  EXPECT_EQ(parsed("# nothing", Mode::Single), "");
  EXPECT_EQ(parsed("\\\n", Mode::Single), "SyntaxError 2:1 invalid syntax");
}

TEST(Modes, AModuleMayBeEmpty) {
  for (const char* source : {"", "\n", "\r", "\r\r", "\t", "\r\n", "\\\n", "# a"})
    EXPECT_EQ(parsed(source), "") << source;
}

// ---- errors and bounds ----

TEST(Errors, Indentation) {
  EXPECT_EQ(parsed(" a"), "IndentationError 1:2 unexpected indent");
  EXPECT_EQ(parsed("a\n  b"), "IndentationError 2:3 unexpected indent");
  EXPECT_EQ(parsed("if a:\n  b\n c"), "IndentationError 3:2 unindent doesn't match any outer indent level");
}

TEST(Errors, ArePlacedWhereTheyAreFound) {
  EXPECT_EQ(parsed("x = 1\ny = (2 +\n  3 4)"), "SyntaxError 3:5 invalid syntax");
  EXPECT_EQ(parsed("x = 'é' y"), "SyntaxError 1:9 invalid syntax");
  EXPECT_EQ(parsed("x = f'''\n{a b}'''"), "SyntaxError 2:4 invalid syntax");
  EXPECT_EQ(parsed("x = '''abc\n"), "SyntaxError 1:5 invalid syntax");
}

TEST(Errors, TheFirstOneCounts) { EXPECT_EQ(parsed("x = )\n'\\N{a}'"), "SyntaxError 1:5 invalid syntax"); }

TEST(Errors, NamesOf256BytesAreTooLong) {
  EXPECT_EQ(parsed(std::string(255, 'n')).size(), 255);
  EXPECT_EQ(parsed(std::string(256, 'n')), "RuntimeError 1:1 name too long");
  EXPECT_EQ(parsed("import " + std::string(200, 'n') + "." + std::string(55, 'n')), "RuntimeError 1:8 name too long");
}

TEST(Bounds, DeepSourcesEndInAnError) {
  const auto nested = [](std::string_view open, std::string_view core, std::string_view close) {
    return "x = " + repeated(open, 10000) + std::string(core) + repeated(close, 10000);
  };
  for (const std::string& source : {nested("(", "1", ")"),
                                    nested("[", "", "]"),
                                    nested("{", "1", "}"),
                                    nested("{1:", "1", "}"),
                                    nested("f(", "", ")"),
                                    nested("a[", "1", "]"),
                                    nested("[*", "a", "]"),
                                    nested("{**", "a", "}"),
                                    nested("[a for a in ", "b", "]"),
                                    nested("[a for a in b if ", "c", "]"),
                                    nested("f'{", "1", "}'"),
                                    "f'" + repeated("{a:", 10000),
                                    nested("(yield ", "", ")"),
                                    nested("(a:=", "1", ")"),
                                    nested("a[b:", "1", "]"),
                                    nested("-", "1", ""),
                                    nested("not ", "a", ""),
                                    nested("a ** ", "b", ""),
                                    nested("a if b else ", "c", ""),
                                    nested("lambda: ", "a", ""),
                                    nested("lambda a=", "a", ""),
                                    nested("", "a", ".b"),
                                    nested("", "a", "()"),
                                    nested("", "a", "[0]"),
                                    nested("not a<b|c^d&e<<f+g*-h**(", "a", ")"),
                                    "for " + repeated("(a,", 10000),
                                    "del " + repeated("[", 10000)}) {
    EXPECT_NE(parsed(source).find("nested too deep: more than "), std::string::npos) << source.substr(0, 60);
  }
  std::string blocks;
  for (int i = 0; i < 1000; ++i) blocks += std::string(i, ' ') + "if a:\n";
  EXPECT_EQ(parsed(blocks), "SyntaxError 202:205 nested too deep: more than 201 levels");
}

TEST(Bounds, UsualDepthsAreFine) {
  EXPECT_EQ(expression(repeated("(", 150) + "a" + repeated(")", 150)), "a");
  EXPECT_NE(parsed("x = a" + repeated(".b()", 200)).substr(0, 12), "RuntimeError");
}

TEST(Bounds, FlatChainsMayBeLong) {
  for (const char* link : {" + a", " * a", " and a", " or a", " < a", ", a", " = a", "\nelif b: pass"}) {
    const std::string source = (link[0] == '\n' ? "if a: pass" : "x = a") + repeated(link, 100000);
    EXPECT_EQ(parsed(source).substr(0, 1), "(") << link;
  }
  EXPECT_EQ(expression("1" + repeated("+1", 100000)), "100001");
}

TEST(Bounds, MemoryIsLimited) {
  CompileOptions options;
  options.max_bytes = 64 << 10;
  EXPECT_EQ(parsed(repeated("x = [a, b, c]\n", 10000), options).substr(0, 12), "MemoryError ");
  EXPECT_EQ(parsed("x = 1", options), "(= x 1)");
}

}  // namespace
}  // namespace upy
