#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using upyclient::ConsoleStream;

class ConsoleTest : public RpcTest {
 protected:
  ConsoleTest() { create("a"); }

  ConsoleStream open() { return open_console(console_of("a")); }
  /// How a call ends from which nothing is to be read.
  static StatusCode end_of(ConsoleStream console) {
    return code_of([&] {
      for (v1::ConsoleEvent event; console.read(event);) {
      }
    });
  }
};

TEST_F(ConsoleTest, InputReachesScriptsInOrder) {
  auto console = open();
  console.write("one\ntwo");
  EXPECT_EQ(run(in("a", "print(input())")).out, "one\n");
  console.write("\nthree\n");
  EXPECT_EQ(run(in("a", "import sys\nprint(sys.stdin.readline() + input())")).out, "two\nthree\n");
}

TEST_F(ConsoleTest, AScriptWaitsForInput) {
  auto console = open();
  auto stream = upyd().run(in("a", "print('?')\nprint(input())"));
  auto record = read_until(stream, "?\n");
  console.write("!\n");
  EXPECT_EQ(finish(stream, record).out, "?\n!\n");
}

TEST_F(ConsoleTest, CallbacksRunWhileAScriptWaitsForInput) {
  auto console = open();
  auto stream = upyd().run(in("a",
                              "from machine import Timer\n"
                              "Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))\n"
                              "input()"));
  auto record = read_until(stream, "tick");
  console.write("\n");
  EXPECT_TRUE(finish(stream, record).outcome.has_finished());
}

TEST_F(ConsoleTest, AllBytesArrive) {
  auto console = open();
  run(in("a", "import micropython\ndef off(): micropython.kbd_intr(-1)"));
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  auto stream = upyd().run(in("a",
                              "import sys\n"
                              "off()\n"
                              "print('on')\n"
                              "print(sys.stdin.buffer.read(256) == bytes(range(256)))"));
  auto record = read_until(stream, "on\n");
  console.write(bytes);
  EXPECT_EQ(finish(stream, record).out, "on\nTrue\n");
}

TEST_F(ConsoleTest, MuchInputWaitsForTheScript) {
  auto console = open();
  std::thread typing([&] {
    for (int i = 0; i < 200; ++i) console.write(std::string(4999, 'x') + "\n");
    console.end_input();
  });
  EXPECT_EQ(run(in("a",
                   "import sys, time\n"
                   "time.sleep_ms(50)\n"
                   "count = 0\n"
                   "while sys.stdin.buffer.readline() == b'x' * 4999 + b'\\n': count += 1\n"
                   "print(count)"))
                .out,
            "200\n");
  typing.join();
}

TEST_F(ConsoleTest, TheEndOfInputIsTheEnd) {
  auto console = open();
  console.write("last");
  console.end_input();
  EXPECT_EQ(run(in("a", "import sys\nprint(repr(sys.stdin.read()))")).out, "'last'\n");
  EXPECT_EQ(run(in("a", "input()")).outcome.exception().type(), "EOFError");
}

TEST_F(ConsoleTest, WithoutAConsoleThereIsNoInput) {
  EXPECT_EQ(run(in("a", "input()")).outcome.exception().type(), "EOFError");
}

TEST_F(ConsoleTest, ShowsWhatRunsAndCallbacksWrite) {
  run(in("a",
         "from machine import Timer\n"
         "t = Timer(-1)\n"
         "def start(): t.init(mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))"));
  auto console = open();
  EXPECT_EQ(run(in("a", "print('run')\nstart()")).out, "run\n");
  EXPECT_EQ(read_until(console, "tick\n"), "run\ntick\n");
}

TEST_F(ConsoleTest, OutputOfIdleCallbacksComesFirst) {
  run(in("a",
         "from machine import Timer\n"
         "Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))"));
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  ASSERT_TRUE(soon([&] { return upyd().get_mem_info(request).schedule().run() == 1; }));
  auto console = upyd().console(console_of("a"));
  EXPECT_EQ(read_until(console, "\n"), "tick\n");
}

TEST_F(ConsoleTest, CtrlCInterrupts) {
  auto console = open();
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  auto record = read_until(stream, "on");
  console.write("left\x03 over\n");
  EXPECT_TRUE(finish(stream, record).outcome.has_interrupted());
  EXPECT_EQ(run(in("a", "print(input())")).out, "left over\n");
}

TEST_F(ConsoleTest, CtrlCInterruptsThoughInputWaits) {
  auto console = open();
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  auto record = read_until(stream, "on");
  console.write(std::string(60'000, 'x'));
  console.write("\x03");
  EXPECT_TRUE(finish(stream, record).outcome.has_interrupted());
}

TEST_F(ConsoleTest, AScriptChoosesItsInterruptCharacter) {
  auto console = open();
  auto stream = upyd().run(in("a",
                              "import micropython, sys\n"
                              "micropython.kbd_intr(ord('q'))\n"
                              "print('on')\n"
                              "print(ord(sys.stdin.read(1)))\n"
                              "while True: pass"));
  auto record = read_until(stream, "on\n");
  console.write("\x03");
  record = read_until(stream, "3\n");
  console.write("q");
  EXPECT_TRUE(finish(stream, record).outcome.has_interrupted());
}

TEST_F(ConsoleTest, EachRunBeginsWithCtrlC) {
  run(in("a", "import micropython\nmicropython.kbd_intr(-1)"));
  auto console = open();
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  auto record = read_until(stream, "on");
  console.write("\x03");
  EXPECT_TRUE(finish(stream, record).outcome.has_interrupted());
}

TEST_F(ConsoleTest, AnInterruptRequestWorksWithoutItsCharacter) {
  auto stream = upyd().run(in("a", "import micropython\nmicropython.kbd_intr(-1)\nprint('on')\nwhile True: pass"));
  auto record = read_until(stream, "on");
  interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_TRUE(finish(stream, record).outcome.has_interrupted());
}

TEST_F(ConsoleTest, OnlyOneClientHasIt) {
  {
    auto console = open();
    EXPECT_EQ(end_of(upyd().console(console_of("a"))), StatusCode::FAILED_PRECONDITION);
  }
  EXPECT_TRUE(soon([&] { return code_of([&] { open(); }) == StatusCode::OK; }));
}

TEST_F(ConsoleTest, ItEndsWithTheInstance) {
  auto console = open();
  run(in("a", "print('last')"));
  remove("a");
  EXPECT_EQ(read_until(console, "never"), "last\n");
}

TEST_F(ConsoleTest, AClientThatLeavesLosesNothingOfTheRun) {
  auto stream = upyd().run(in("a", "import time\nprint('on')\ntime.sleep_ms(200)\nprint('x' * 100000)"));
  auto record = read_until(stream, "on");
  { auto console = open(); }
  EXPECT_EQ(finish(stream, record).out.size(), 100'004u);
}

TEST_F(ConsoleTest, ClientsMayLeaveWhileTheyAreWrittenTo) {
  auto stream = upyd().run(in("a", "print('on')\nwhile True: print('x' * 100)"));
  read_until(stream, "on");
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(soon([&] { return code_of([&] { open(); }) == StatusCode::OK; })) << "after " << i << " clients";
  }
}

TEST_F(ConsoleTest, BadRequestsAreRefused) {
  EXPECT_EQ(end_of(upyd().console(console_of("nobody"))), StatusCode::NOT_FOUND);
  EXPECT_EQ(end_of(upyd().console(console_of(""))), StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace upyd
