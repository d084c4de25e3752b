#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "support/script_host.h"

/// Instances in different threads share nothing that either could write: the thread sanitizer watches.
namespace {

constexpr char kWork[] =
    "import math, collections\n"
    "class A:\n"
    "  def __init__(self, n): self.n = n\n"
    "  def f(self): return self.n\n"
    "total = 0\n"
    "for i in range(300):\n"
    "  d = {str(i): A(i) for i in range(20)}\n"
    "  total += sum(a.f() for a in d.values())\n"
    "  total += len('%d %s' % (i, [1.5 * i])) + 3 ** i % 7\n"
    "  try: total += d['x']\n"
    "  except KeyError as e: total += len(str(e))\n"
    "print(total)\n";

TEST(IsolationTest, InstancesInParallelDoNotTouch) {
  std::string outputs[4];
  std::vector<std::thread> threads;
  for (std::string& output : outputs)
    threads.emplace_back([&output] {
      ScriptHost host;
      host.run(kWork);
      output = host.take_output();
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(outputs[0].empty());
  for (const std::string& output : outputs) EXPECT_EQ(output, outputs[0]);
}

/// One instance posts, stops and inspects another that is busy.
TEST(IsolationTest, AnyThreadMayStopAndPost) {
  ScriptHost host;
  std::thread other([&] {
    for (int i = 0; i < 1000; i++) {
      host.instance().post({.kind = upy::Event::Kind::Timer, .token = 12345});
      host.instance().request_safepoint();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    host.instance().stop(upy::StopLevel::Interrupt);
  });
  EXPECT_EQ(host.run("while True: pass").kind, upy::Outcome::Kind::Interrupted);
  other.join();
}

TEST(IsolationTest, ErrorsOfOneLeaveTheOtherAlone) {
  ScriptHost first, second;
  first.run("x = 'kept'");
  second.run("x = []\nwhile True: x.append(x)");
  second.run("def f(): f()\nf()");
  first.run("print(x)");
  EXPECT_EQ(first.take_output(), "kept\n");
  second.run("import builtins\nbuiltins.print = None");
  first.run("print('still prints')");
  EXPECT_EQ(first.take_output(), "still prints\n");
}

}  // namespace
