#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using upyclient::ConsoleStream;

/// The prompt of instances, over the API.
class PromptTest : public RpcTest {
 protected:
  PromptTest() { create("a"); }

  static v1::ConsoleRequest prompt_of(const std::string& instance) {
    v1::ConsoleRequest request = console_of(instance);
    request.set_prompt(true);
    request.set_columns(80);
    return request;
  }
  /// The prompt, where it has been shown.
  ConsoleStream greeted() {
    ConsoleStream console = open_console(prompt_of("a"));
    EXPECT_TRUE(read_until(console, ">>> ").starts_with("MicroPython v"));
    return console;
  }
  /// What comes back for what is typed, up to the next prompt.
  static std::string answer(ConsoleStream& console, const std::string& keys, const std::string& end = "\r\n>>> ") {
    console.write(keys);
    return read_until(console, end);
  }
  v1::Instance get(const std::string& name) {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd().get_instance(request);
  }
  bool is_running() { return get("a").has_run(); }
};

TEST_F(PromptTest, AnswersAndKeepsState) {
  {
    auto console = greeted();
    EXPECT_EQ(answer(console, "x = 6\r"), "x = 6\r\n>>> ");
    EXPECT_EQ(answer(console, "print(x*7)\r"), "print(x*7)\r\n42\r\n>>> ");
    EXPECT_EQ(get("a").console(), v1::CONSOLE_HOLDER_CLIENT);
  }
  ASSERT_TRUE(soon([&] { return get("a").console() == v1::CONSOLE_HOLDER_UNSPECIFIED; }));
  auto console = greeted();
  EXPECT_EQ(answer(console, "x\r"), "x\r\n6\r\n>>> ");
}

TEST_F(PromptTest, WhatIsTypedIsARunToOthers) {
  auto console = greeted();
  console.write("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  EXPECT_EQ(get("a").run().file(), "<stdin>");
  EXPECT_EQ(code_of([&] { run(in("a", "")); }), StatusCode::FAILED_PRECONDITION);
  v1::GetMemInfoRequest mem_info;
  mem_info.set_instance("a");
  EXPECT_GT(upyd().get_mem_info(mem_info).heap_used(), 0u);
  EXPECT_EQ(interrupt("a", v1::InterruptRequest::LEVEL_KILL).run_id(), get("a").run().id());
  EXPECT_NE(read_until(console, ">>> ").find("killed on request"), std::string::npos);
  EXPECT_EQ(answer(console, "1\r"), "1\r\n1\r\n>>> ") << "it goes on after a kill";
  EXPECT_EQ(get("a").runs(), 2u);
}

TEST_F(PromptTest, CtrlCInterruptsWhatRunsAndDropsWhatWaits) {
  auto console = greeted();
  console.write("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  console.write("print('dropped')\r\x03print('kept')\r");
  const std::string shown = read_until(console, "kept\r\n");
  EXPECT_NE(shown.find("KeyboardInterrupt"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("dropped"), std::string::npos) << shown;
}

TEST_F(PromptTest, CtrlCDropsWhatWasTypedBeforeTheRun) {
  auto console = greeted();
  console.write("while True: pass\r\rprint('dropped')\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  console.write("\x03");
  EXPECT_TRUE(read_until(console, ">>> ").ends_with("KeyboardInterrupt: \r\n>>> "));
  EXPECT_EQ(answer(console, "print('kept')\r"), "print('kept')\r\nkept\r\n>>> ");
}

TEST_F(PromptTest, CtrlCBehindMuchThatNobodyReadsInterrupts) {
  auto console = greeted();
  console.write("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  for (int i = 0; i < 12; ++i) console.write(std::string(64 << 10, '#'));
  console.write("\x03");
  EXPECT_NE(read_until(console, "\r\n>>> ").find("KeyboardInterrupt"), std::string::npos);
}

TEST_F(PromptTest, CtrlCAtThePromptIsAKey) {
  auto console = greeted();
  EXPECT_EQ(answer(console, "abc\x03"), "abc\r\n>>> ");
  const std::string shown = answer(console, "print('x')\r\x03");
  EXPECT_NE(shown.find("KeyboardInterrupt"), std::string::npos)
      << "what is typed behind a line is for its run: " << shown;
}

TEST_F(PromptTest, StopAndInterruptReachWhatRuns) {
  auto console = greeted();
  console.write(
      "try:\rimport time; time.sleep(100)\r\x08"
      "finally: print('safe')\r\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_NE(read_until(console, ">>> ").find("KeyboardInterrupt"), std::string::npos);
  EXPECT_EQ(interrupt("a", v1::InterruptRequest::LEVEL_KILL).run_id(), 0u) << "nothing runs";
  EXPECT_EQ(answer(console, "1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(PromptTest, RunsAreServedWhileItWaits) {
  auto console = greeted();
  answer(console, "half", "half");
  EXPECT_EQ(run(in("a", "print('other')\nx = 5")).out, "other\n");
  EXPECT_EQ(read_until(console, "half"), "\r\x1b[Jother\r\n>>> half");
  EXPECT_EQ(answer(console, "\x03x\r", "5\r\n>>> "), "\r\n>>> x\r\n5\r\n>>> ");
}

TEST_F(PromptTest, ItIsShownWhenTheRunThatGoesOnHasEnded) {
  auto stream = upyd().run(in("a",
                              "import sys, time\n"
                              "print('on')\n"
                              "while not sys.stdin.readline(): time.sleep_ms(2)\n"
                              "print(input('? '))"));
  auto record = RpcTest::read_until(stream, "on");
  auto console = open_console(prompt_of("a"));
  answer(console, "go\n", "? ");
  const std::string shown = answer(console, "ab\x7f\r", ">>> ");
  EXPECT_TRUE(shown.starts_with("ab\b\x1b[K\r\na\r\nMicroPython v")) << "input() edits: " << shown;
  EXPECT_EQ(finish(stream, record).outcome.exit_status(), 0);
}

TEST_F(PromptTest, CallbacksRunWhileItWaits) {
  auto console = greeted();
  answer(console, "from machine import Timer\r");
  console.write("t = Timer(-1, mode=Timer.ONE_SHOT, period=100, callback=lambda t: print('tick'))\r");
  EXPECT_NE(read_until(console, "tick\r\n").find(">>> tick\r\n"), std::string::npos);
}

TEST_F(PromptTest, CtrlDMakesTheInterpreterAnew) {
  auto console = greeted();
  answer(console, "x = 1\r");
  const std::string shown = answer(console, "\x04", ">>> ");
  EXPECT_TRUE(shown.starts_with("\r\nMPY: soft reboot\r\nMicroPython v")) << shown;
  EXPECT_NE(answer(console, "x\r").find("NameError"), std::string::npos);
  answer(console, "y = 1\r");
  const std::string reset = answer(console, "import machine; machine.reset()\r", ">>> ");
  EXPECT_TRUE(reset.starts_with("import machine; machine.reset()\r\nMicroPython v")) << reset;
  EXPECT_NE(answer(console, "y\r").find("NameError"), std::string::npos);
  EXPECT_NE(answer(console, "raise SystemExit\r", ">>> ").find("MPY: soft reboot"), std::string::npos);
}

TEST_F(PromptTest, RawModeServesPrograms) {
  auto console = greeted();
  EXPECT_EQ(answer(console, "\r\x01", "exit\r\n>"), "\r\n>>> \r\nraw REPL; CTRL-B to exit\r\n>");
  EXPECT_EQ(answer(console, "print(1)\x04", "\x04>"), "OK1\r\n\x04\x04>");
  EXPECT_TRUE(answer(console, "\x02", ">>> ").starts_with("\r\nMicroPython v"));
}

TEST_F(PromptTest, RunsOfOthersDoNotComeIntoRawMode) {
  auto console = greeted();
  console.write("\x01");
  read_until(console, "raw REPL; CTRL-B to exit\r\n>");
  console.write("pri");
  EXPECT_EQ(run(in("a", "import sys\nprint('other', sys.stdin.read())")).out, "other \n");
  v1::RunRequest detached = in("a", "print('detached')");
  detached.set_detached(true);
  auto stream = upyd().run(detached);
  for (v1::RunEvent event; stream.read(event);) {
  }
  ASSERT_TRUE(soon([&] { return !is_running(); }));
  EXPECT_EQ(answer(console, "nt('mine')\x04", "\x04>"), "OKmine\r\n\x04\x04>");
  console.write("\x02");
  read_until(console, ">>> ");
  run(in("a", "print('seen')"));
  EXPECT_NE(read_until(console, ">>> ").find("seen\r\n>>> "), std::string::npos);
}

TEST_F(PromptTest, RawPasteRuns) {
  auto console = greeted();
  answer(console, "\x01", "exit\r\n>");
  answer(console,
         std::string("\x05"
                     "A\x01"),
         "\x08\x01");
  EXPECT_EQ(answer(console, "print(6*7)\x04", "\x04>"), std::string("\x04"
                                                                    "42\r\n\x04\x04>"));
  EXPECT_TRUE(answer(console, "\x04", "exit\r\n>").starts_with("OK\r\nMPY: soft reboot\r\nraw REPL"));
}

TEST_F(PromptTest, WhoeverComesNextIsInFriendlyMode) {
  {
    auto console = greeted();
    answer(console, "\x01", "exit\r\n>");
    answer(console,
           "\x05"
           "A\x01",
           "\x08\x01");
    console.write("half a scr");
  }
  ASSERT_TRUE(soon([&] { return get("a").console() == v1::CONSOLE_HOLDER_UNSPECIFIED; }));
  auto console = greeted();
  EXPECT_EQ(answer(console, "1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(PromptTest, WhatWasTypedBeforeLeavingStillRuns) {
  {
    auto console = greeted();
    console.write("import time; time.sleep_ms(20); x = 5\r");
    console.write("x += 1\r");
    console.end_input();
    EXPECT_TRUE(read_until(console, "never").ends_with("x += 1\r\n>>> ")) << "then the call ends by itself";
  }
  EXPECT_EQ(run(in("a", "print(x)")).out, "6\n");
}

TEST_F(PromptTest, TheLimitsHold) {
  v1::InstanceConfig config;
  config.set_wall_ms(50);
  create("short", config);
  auto console = open_console(prompt_of("short"));
  read_until(console, ">>> ");
  console.write("while True: pass\r\r");
  EXPECT_NE(read_until(console, "\n>>> ").find("killed: it took longer"), std::string::npos);
}

TEST_F(PromptTest, EventsTellOfIt) {
  v1::WatchEventsRequest request;
  request.add_instances("a");
  auto events = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  events.read(response);
  auto console = greeted();
  answer(console, "1/0\r");
  std::vector<v1::Event> seen;
  while (seen.size() < 2 && events.read(response))
    seen.insert(seen.end(), response.events().begin(), response.events().end());
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].run_started().file(), "<stdin>");
  EXPECT_EQ(seen[1].run_ended().outcome().exception().type(), "ZeroDivisionError");
}

TEST_F(PromptTest, AnInstanceOfItsOwnEndsWithIt) {
  v1::ConsoleRequest request;
  request.mutable_own();
  request.set_prompt(true);
  std::string name;
  {
    ConsoleStream console = upyd().console(request);
    v1::ConsoleEvent event;
    ASSERT_TRUE(console.read(event));
    name = event.opened().instance();
    EXPECT_TRUE(get(name).owned_by_console());
    console.write("1+1\r");
    console.end_input();
    EXPECT_NE(read_until(console, "never").find("2\r\n"), std::string::npos);
    EXPECT_EQ(code_of([&] { get(name); }), StatusCode::NOT_FOUND) << "gone when the call ends";
  }
  {
    ConsoleStream console = upyd().console(request);
    v1::ConsoleEvent event;
    ASSERT_TRUE(console.read(event));
    name = event.opened().instance();
    console.write("while True: pass\r\r");
    ASSERT_TRUE(soon([&] { return get(name).has_run(); }));
  }
  EXPECT_TRUE(soon([&] { return code_of([&] { get(name); }) == StatusCode::NOT_FOUND; })) << "cancelled";
}

TEST_F(PromptTest, TheInstanceMayBeDeletedMeanwhile) {
  auto console = greeted();
  console.write("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  remove("a");
  read_until(console, "never");
  create("a");
  auto waiting = greeted();
  v1::DeleteInstanceRequest request;
  request.set_name("a");
  upyd().delete_instance(request);
  EXPECT_EQ(read_until(waiting, "never"), "");
}

TEST_F(PromptTest, TheDaemonEndsThoughSomethingRuns) {
  auto console = greeted();
  console.write(
      "\x05"
      "while True:\r  try:\r    while True: pass\r  except BaseException: pass\r\x04");
  ASSERT_TRUE(soon([&] { return is_running(); }));
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

TEST_F(PromptTest, ABareConsoleHasNone) {
  auto console = open_console(console_of("a"));
  console.write("1+1\r");
  EXPECT_EQ(run(in("a", "import sys\nprint(repr(sys.stdin.read(4)))")).out, "'1+1\\r'\n");
}

}  // namespace
}  // namespace upyd
