#include <vector>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using test_support::TemporaryDirectory;

struct State {
  const TemporaryDirectory state_directory;
};

/// What a standing instance does when it starts and after each reset.
class StartTest : protected State, public RpcTest {
 protected:
  StartTest() : RpcTest("grace_ms = 300\nstate = \"" + state_directory.file("state") + "\"\n") { create("a"); }

  void write(const std::string& path, const std::string& text) {
    v1::WriteFileRequest::Target target;
    target.set_instance("a");
    target.set_path(path);
    auto writer = upyd().write_file(target);
    writer.write(text);
    writer.complete();
  }
  v1::Instance restart(std::optional<uint32_t> grace_ms = std::nullopt) {
    v1::RestartInstanceRequest request;
    request.set_name("a");
    if (grace_ms) request.set_grace_ms(*grace_ms);
    return upyd().restart_instance(request);
  }
  v1::Instance get() {
    v1::GetInstanceRequest request;
    request.set_name("a");
    return upyd().get_instance(request);
  }
  bool is_running(const std::string& file) { return get().run().file() == file; }
  /// What a script prints. It runs when nothing of the board's own does, which begins whenever it is due.
  std::string out_of(const std::string& source) {
    std::string out;
    EXPECT_TRUE(soon([&] { return code_of([&] { out = run(in("a", source)).out; }) == StatusCode::OK; }));
    return out;
  }
  /// What an expression is, once main.py is over.
  std::string value_of(const std::string& expression) {
    EXPECT_TRUE(soon([&] { return !get().has_run(); }));
    return out_of("print(" + expression + ")");
  }
  static v1::ConsoleRequest prompt() {
    v1::ConsoleRequest request = console_of("a");
    request.set_prompt(true);
    return request;
  }
};

TEST_F(StartTest, RunsBootAndThenMainInOneModule) {
  write("boot.py", "order = ['boot', __name__, __file__]\n");
  write("main.py", "order += ['main', __name__, __file__]\n");
  EXPECT_EQ(get().runs(), 0u);
  EXPECT_EQ(restart().runs(), 0u);
  EXPECT_TRUE(soon([&] { return get().runs() == 2; }));
  EXPECT_EQ(value_of("order"), "['boot', '__main__', 'boot.py', 'main', '__main__', 'main.py']\n");
}

TEST_F(StartTest, BothAreRunsThatEventsTellOf) {
  v1::WatchEventsRequest request;
  request.add_instances("a");
  auto stream = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  write("boot.py", "1");
  write("main.py", "import sys; sys.exit(3)");
  restart();
  std::vector<v1::Event> events;
  while (events.size() < 5 && stream.read(response))
    events.insert(events.end(), response.events().begin(), response.events().end());
  ASSERT_EQ(events.size(), 5u);
  EXPECT_EQ(events[0].instance_reset().cause(), v1::InstanceReset::CAUSE_SOFT);
  EXPECT_EQ(events[1].run_started().file(), "boot.py");
  EXPECT_TRUE(events[2].run_ended().outcome().has_finished());
  EXPECT_EQ(events[3].run_started().file(), "main.py");
  EXPECT_EQ(events[4].run_ended().outcome().exit_status(), 3);
  EXPECT_GT(events[3].run_started().run_id(), events[1].run_started().run_id());
}

TEST_F(StartTest, MainDoesNotRunIfBootHasFailed) {
  write("main.py", "started = True");
  for (const char* boot : {"1/0", "import sys\nsys.exit(1)", "x ="}) {
    write("boot.py", boot);
    restart();
    EXPECT_EQ(value_of("'started' in globals()"), "False\n") << boot;
  }
  write("boot.py", "");
  const uint64_t before = restart().runs();
  EXPECT_TRUE(soon([&] { return get().runs() == before + 2; }));
  EXPECT_EQ(value_of("'started' in globals()"), "True\n");
}

TEST_F(StartTest, EachResetIsAStart) {
  write("main.py",
        "import machine\n"
        "causes = machine.RTC().memory() + b'%d' % machine.reset_cause()\n"
        "machine.RTC().memory(causes)\n");
  restart();
  EXPECT_TRUE(soon([&] { return get().runs() == 1; }));
  out_of("import machine; machine.soft_reset()");
  EXPECT_TRUE(soon([&] { return get().runs() == 3; }));
  EXPECT_EQ(value_of("causes"), "b'55'\n");
  out_of("machine.reset()");
  EXPECT_TRUE(soon([&] { return get().runs() == 6; }));
  EXPECT_NE(value_of("causes").find('2'), std::string::npos);
}

TEST_F(StartTest, MainMayResetTheBoardOverAndOver) {
  write("main.py",
        "import machine\n"
        "rtc = machine.RTC()\n"
        "n = len(rtc.memory())\n"
        "rtc.memory(b'x' * (n + 1))\n"
        "if n < 5: machine.soft_reset()\n");
  restart();
  EXPECT_TRUE(soon([&] { return get().runs() == 6; }));
  EXPECT_EQ(value_of("n"), "5\n");
}

TEST_F(StartTest, MainThatSleepsDeeplyIsWokenAndSleepsAgain) {
  write("main.py", "import machine\nmachine.deepsleep(20)");
  restart();
  EXPECT_TRUE(soon([&] { return get().runs() >= 3; }));
  EXPECT_EQ(out_of("print(1)"), "1\n");
}

/// Such a run comes before main.py, which sends the board to sleep again.
TEST_F(StartTest, ARunWakesABoardThatMainSendsToSleep) {
  write("boot.py", "booted = True");
  write("main.py", "import machine\nmachine.deepsleep()");
  restart();
  constexpr uint64_t kStart = 2, kWake = 3;  // boot.py and main.py; a run between them
  for (uint64_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(soon([&] { return get().runs() == kStart + i * kWake && !get().has_run(); })) << "main.py is over";
    EXPECT_EQ(out_of("print(booted)"), "True\n");
  }
}

TEST_F(StartTest, ARunIsNotKeptWaitingByABootThatNeverEnds) {
  write("boot.py", "import machine\nmachine.deepsleep()");
  restart();
  ASSERT_TRUE(soon([&] { return get().runs() >= 1 && !get().has_run(); }));
  EXPECT_EQ(out_of("print(5)"), "5\n");
}

TEST_F(StartTest, WhileMainRunsOtherRunsAreRefused) {
  write("main.py", "while True: pass");
  restart();
  ASSERT_TRUE(soon([&] { return is_running("main.py"); }));
  EXPECT_EQ(code_of([&] { run(in("a", "1")); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT).run_id(), get().run().id());
  EXPECT_TRUE(soon([&] { return !get().has_run(); }));
  EXPECT_EQ(out_of("print(1)"), "1\n");
}

TEST_F(StartTest, ALimitKillsMain) {
  v1::InstanceConfig config;
  config.set_wall_ms(50);
  create("b", config);
  run(in("b", "open('main.py', 'w').write('while True: pass')"));
  v1::RestartInstanceRequest request;
  request.set_name("b");
  upyd().restart_instance(request);
  v1::GetInstanceRequest question;
  question.set_name("b");
  EXPECT_TRUE(soon([&] { return upyd().get_instance(question).outcomes().killed() == 1; }));
}

TEST_F(StartTest, WhatIsNoFileIsNotRun) {
  out_of("import os\nos.mkdir('boot.py')\nos.mkdir('main.py')");
  restart();
  EXPECT_EQ(value_of("1"), "1\n");
  EXPECT_EQ(get().runs(), 2u);
}

TEST_F(StartTest, AScriptThatIsTooLongToCompileFails) {
  v1::InstanceConfig config;
  config.set_compile_bytes(100'000);
  create("b", config);
  run(in("b", "open('main.py', 'w').write('x = 1\\n' * 100000)"));
  v1::RestartInstanceRequest request;
  request.set_name("b");
  upyd().restart_instance(request);
  v1::GetInstanceRequest question;
  question.set_name("b");
  EXPECT_TRUE(soon([&] {
    const auto outcomes = upyd().get_instance(question).outcomes();
    return outcomes.exception() + outcomes.refused() == 1;
  })) << upyd().get_instance(question).ShortDebugString();
}

// ---- RestartInstance ----

TEST_F(StartTest, ARestartGivesTheScriptTimeToCleanUp) {
  write("main.py", "from machine import Pin\nled = Pin(17, Pin.OUT, value=1)\n");
  auto stream = upyd().run(in(
      "a", "import time\ntry:\n  print('ready')\n  time.sleep(60)\nfinally:\n  print('clean')\n  time.sleep_ms(20)\n"));
  auto record = read_until(stream, "ready\n");
  restart();
  record = finish(stream, std::move(record));
  EXPECT_EQ(record.out, "ready\nclean\n");
  EXPECT_TRUE(record.outcome.has_stopped());
  EXPECT_TRUE(soon([&] { return line("gpiochip0:17").writer() == "a"; }));
  EXPECT_EQ(value_of("led.value()"), "1\n");
}

TEST_F(StartTest, ARestartKillsWhatDoesNotStop) {
  write("main.py", "while True:\n  try:\n    while True: pass\n  except BaseException: pass\n");
  restart();
  ASSERT_TRUE(soon([&] { return is_running("main.py"); }));
  const auto id = get().run().id();
  restart(30);
  ASSERT_TRUE(soon([&] { return is_running("main.py") && get().run().id() != id; }));
  EXPECT_EQ(get().outcomes().killed(), 1u);
}

TEST_F(StartTest, ARestartStopsCallbacksThatDoNotEnd) {
  run(in("a",
         "from machine import Pin, Timer\n"
         "def forever(t):\n"
         "  led = Pin(18, Pin.OUT)\n"
         "  while True:\n"
         "    try:\n"
         "      while True: pass\n"
         "    except BaseException: pass\n"
         "t = Timer(mode=Timer.ONE_SHOT, period=20, callback=forever)"));
  ASSERT_TRUE(soon([&] { return line("gpiochip0:18").writer() == "a"; }));
  restart(30);
  EXPECT_EQ(value_of("'forever' in globals()"), "False\n");
}

TEST_F(StartTest, ARestartWakesABoardThatSleeps) {
  out_of("import machine\nmachine.deepsleep()");
  write("main.py", "x = 1");
  restart();
  EXPECT_TRUE(soon([&] { return value_of("x") == "1\n"; }));
}

TEST_F(StartTest, ThereIsNothingToRestart) {
  v1::RestartInstanceRequest request;
  request.set_name("none");
  EXPECT_EQ(code_of([&] { upyd().restart_instance(request); }), StatusCode::NOT_FOUND);
  auto run_request = alone("print('ready')\nwhile True: pass");
  run_request.mutable_own()->set_name("own");
  auto stream = upyd().run(run_request);
  read_until(stream, "ready\n");
  request.set_name("own");
  EXPECT_EQ(code_of([&] { upyd().restart_instance(request); }), StatusCode::FAILED_PRECONDITION);
}

// ---- the console ----

TEST_F(StartTest, WhoIsAtThePromptSeesWhatMainPrintsAndThenThePrompt) {
  auto console = open_console(prompt());
  read_until(console, ">>> ");
  write("boot.py", "print('boot')");
  write("main.py", "print('main')");
  console.write("\x04");
  EXPECT_TRUE(read_until(console, ">>> ").starts_with("\r\nMPY: soft reboot\r\nboot\r\nmain\r\nMicroPython v"));
  restart();
  EXPECT_TRUE(read_until(console, ">>> ").find("MPY: soft reboot\r\nboot\r\nmain\r\nMicroPython v") !=
              std::string::npos);
}

TEST_F(StartTest, CtrlCAtTheConsoleInterruptsMainAndGivesThePrompt) {
  write("main.py", "print('begun')\nwhile True: pass\n");
  restart();
  ASSERT_TRUE(soon([&] { return is_running("main.py"); }));
  auto console = open_console(prompt());
  console.write("\x03");
  const std::string shown = read_until(console, ">>> ");
  EXPECT_NE(shown.find("File \"main.py\", line 2"), std::string::npos) << shown;
  EXPECT_NE(shown.find("KeyboardInterrupt"), std::string::npos) << shown;
  console.write("print(6*7)\r");
  EXPECT_EQ(read_until(console, "\r\n>>> "), "print(6*7)\r\n42\r\n>>> ");
}

TEST_F(StartTest, MainReadsTheConsole) {
  write("main.py", "name = input('name? ')\nprint('hello', name)");
  auto console = open_console(prompt());
  read_until(console, ">>> ");
  console.write("\x04");
  read_until(console, "name? ");
  console.write("you\r");
  EXPECT_NE(read_until(console, ">>> ").find("hello you"), std::string::npos);
}

TEST_F(StartTest, ASyntaxErrorIsShown) {
  auto console = open_console(prompt());
  read_until(console, ">>> ");
  write("main.py", "x =");
  console.write("\x04");
  EXPECT_NE(read_until(console, ">>> ").find("SyntaxError: invalid syntax"), std::string::npos);
}

TEST_F(StartTest, InRawModeASoftResetRunsBootAlone) {
  write("boot.py", "print('boot')");
  write("main.py", "print('main')");
  auto console = open_console(prompt());
  read_until(console, ">>> ");
  console.write("\x01");
  read_until(console, "raw REPL; CTRL-B to exit\r\n>");
  console.write("\x04");
  EXPECT_EQ(read_until(console, "\r\n>"), "OK\r\nMPY: soft reboot\r\nboot\r\nraw REPL; CTRL-B to exit\r\n>");
  console.write("import machine\nmachine.soft_reset()\x04");
  const std::string shown = read_until(console, "raw REPL; CTRL-B to exit\r\n>");
  EXPECT_NE(shown.find("boot\r\n"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("main"), std::string::npos) << shown;
}

/// It is not the program's: whoever restarts the board wants what it does.
TEST_F(StartTest, InRawModeARestartFromOutsideRunsMain) {
  write("main.py", "print('main')");
  auto console = open_console(prompt());
  read_until(console, ">>> ");
  console.write("\x01");
  read_until(console, "raw REPL; CTRL-B to exit\r\n>");
  restart();
  EXPECT_NE(read_until(console, "raw REPL; CTRL-B to exit\r\n>").find("main\r\n"), std::string::npos);
}

TEST_F(StartTest, AProgramThatHasLeftKeepsMainFromNothing) {
  write("main.py", "x = 1");
  {
    auto console = open_console(prompt());
    read_until(console, ">>> ");
    console.write("\x01");
    read_until(console, "raw REPL; CTRL-B to exit\r\n>");
  }
  ASSERT_TRUE(soon([&] { return get().console() == v1::CONSOLE_HOLDER_UNSPECIFIED; }));
  out_of("import machine\nmachine.soft_reset()");
  EXPECT_TRUE(soon([&] { return get().runs() == 2; }));
  EXPECT_EQ(value_of("x"), "1\n");
}

}  // namespace
}  // namespace upyd
