#include <gtest/gtest.h>

#include <pthread.h>

#include <algorithm>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/compiler.h"
#include "compiler/front/parser.h"
#include "support/repeated.h"

/// What compiling takes of the native stack, which an instance leaves free for it.
namespace {

constexpr int kDepth = 195;  // a few levels are the module's and the statement's

/// Texts that nest as deep as they may: `before` that often, then `inner`, then `after` that often.
struct Deep {
  const char* name;
  const char* before;
  const char* inner;
  const char* after = "";
  int depth = kDepth;
};

constexpr Deep kDeepExpressions[] = {
    {"Parentheses", "(", "1", ")"},
    {"Generators", "(", "a", " for a in b)"},
    {"Comprehensions", "[a for a in ", "b", "]"},
    {"DictComprehensions", "{1:", "a", " for a in b}"},
    {"Lambdas", "lambda:", "1"},
    {"DefaultsOfLambdas", "lambda a=", "1", ":1"},
    {"Calls", "a(", "", ")"},
    {"Stars", "f(*", "a", ")"},
    {"Subscripts", "a[", "1", "]"},
    {"Slices", "a[:", "1", "]"},
    {"Comparisons", "(a<b<", "1", ")"},
    {"Conjunctions", "(a and ", "1", ")"},
    {"Conditions", "1 if a else ", "1"},
    {"Tuples", "(1,", "", ")"},
    {"Displays", "{1:", "1", "}"},
    {"Negations", "not ", "1"},
    {"Powers", "2**", "a"},
    {"Attributes", "", "a", ".b", 490},
    {"ChainedCalls", "", "a", "()", 490},
};

constexpr const char* kDeepBlocks[] = {"if a:",    "while a:", "for a in b:", "with a:", "def f():", "async def f():",
                                       "class C:", "try:",     "else:",       "except:", "finally:"};

/// Blocks in each other. What must follow another block does, and what must be followed by one is.
std::string nested_blocks(const std::string& head, int depth) {
  std::string source, ends;
  for (int i = 0; i < depth; i++) {
    const std::string indent(static_cast<size_t>(i), ' ');
    if (head == "else:") source += indent + "if a: pass\n";
    if (head == "except:" || head == "finally:") source += indent + "try: pass\n";
    source += indent + head + "\n";
    if (head == "try:") ends = indent + "finally: pass\n" + ends;
  }
  return source + std::string(static_cast<size_t>(depth), ' ') + "pass\n" + ends;
}

/// What `body` uses of a thread's stack: as deep as its bytes have changed.
size_t stack_used_by(const std::function<void()>& body) {
  constexpr char kUntouched = '\x5a';
  std::vector<char> stack(1u << 20, kUntouched);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack.data(), stack.size());
  pthread_t thread;
  const auto call = [](void* function) -> void* {
    (*static_cast<const std::function<void()>*>(function))();
    return nullptr;
  };
  EXPECT_EQ(pthread_create(&thread, &attributes, call, const_cast<std::function<void()>*>(&body)), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const auto touched = std::find_if(stack.begin(), stack.end(), [](char byte) { return byte != kUntouched; });
  return static_cast<size_t>(stack.end() - touched);
}

void expect_to_fit(const std::string& source, const char* name) {
  const size_t thread_alone = stack_used_by([] {});
  bool compiled = false;
  const size_t used =
      stack_used_by([&] { compiled = std::holds_alternative<upy::CodeUnit>(upy::compile(source, {})); });
  EXPECT_TRUE(compiled) << name;
  EXPECT_LE(used - thread_alone, upy::kCompilerStackBytes) << name;
}

class CompilerStack : public testing::Test {
 protected:
  void SetUp() override {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "only optimized code is promised to need so little";
#endif
  }
};

TEST_F(CompilerStack, HasRoomForExpressions) {
  for (const Deep& deep : kDeepExpressions) {
    const std::string source = repeated(deep.before, deep.depth) + deep.inner + repeated(deep.after, deep.depth);
    expect_to_fit(source, deep.name);
  }
}

TEST_F(CompilerStack, HasRoomForBlocks) {
  for (const char* head : kDeepBlocks) expect_to_fit(nested_blocks(head, kDepth), head);
}

}  // namespace
