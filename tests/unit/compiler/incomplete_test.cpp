#include "compiler/front/incomplete.h"

#include <gtest/gtest.h>

namespace upy {
namespace {

TEST(Incomplete, BracketsStringsAndBackslashes) {
  for (const char* source : {"f(", "f'{1", "[1,", "{1: 2,", "f(1,\n2,", "'''a", "\"\"\"a\nb", "b'''", "f'''{1}",
                             "f'''{1:>3", "1 \\", "x = (  # a comment", "f'''{\n1", "[')'", "print(\"\"\"a"})
    EXPECT_TRUE(is_incomplete(source)) << source;
}

TEST(Incomplete, CompoundStatementsGoOnToAnEmptyLine) {
  for (const char* source : {"if 1:", "if 1: pass", "while x:\n  y",
                             "for i in a:", "try:", "with a:", "def f():", "class A:", "async def f():", "@d",
                             "@d\ndef f(): pass", "if 1:\n    x\n    ", "if 1:\n  x\nelse:"})
    EXPECT_TRUE(is_incomplete(source)) << source;
  for (const char* source : {"if 1:\n  x\n", "def f(): pass\n", "@d\ndef f(): pass\n", "if 1:\n"})
    EXPECT_FALSE(is_incomplete(source)) << source;
  EXPECT_TRUE(is_incomplete("def f(a,\n")) << "brackets are open";
  EXPECT_TRUE(is_incomplete("if '''\n\n"));
}

TEST(Incomplete, WhatIsCompleteOrWrongIsNot) {
  for (const char* source :
       {"",    "1",       "x = 1",  "f()", "'a'",   "'a",    "\"a\\\"", "if1 = 2", "fork()",       "# (",      "# '''",
        "'('", "'''a'''", "f'{1}'", "1 +", "x = )", "a b (", "else:",   "  1",     "a = 1; b = 2", "1 \\\n+ 2"})
    EXPECT_FALSE(is_incomplete(source)) << source;
}

}  // namespace
}  // namespace upy
