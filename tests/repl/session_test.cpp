#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "posix/kernel_timers.h"
#include "posix/poller.h"
#include "posix/system_clock.h"
#include "posix/system_files.h"
#include "upy/repl.h"

/// The prompt on the console of an instance, as a host without a terminal has it: bytes go in from any thread, where
/// the interrupt character interrupts, and come out.
namespace upy {
namespace {

constexpr auto kTimeout = std::chrono::seconds(20);

/// The console, whose other end is the test's.
class PipeConsole final : public Console {
 public:
  explicit PipeConsole(Clock& clock) : clock_(clock) {}

  void write(Stream, std::string_view text) override {
    std::string cooked;
    for (const char c : text) c == '\n' ? cooked += "\r\n" : cooked += c;
    write_bytes(Stream::Out, cooked);
  }
  void write_bytes(Stream, std::string_view bytes) override {
    std::lock_guard lock(mutex_);
    output_ += bytes;
    changed_.notify_all();
  }
  ptrdiff_t read(char* buffer, size_t size) override {
    std::lock_guard lock(mutex_);
    if (input_.empty()) return ended_ ? 0 : -1;
    const size_t count = input_.copy(buffer, size);
    input_.erase(0, count);
    return static_cast<ptrdiff_t>(count);
  }
  Input input() override {
    std::lock_guard lock(mutex_);
    if (!input_.empty()) return Input::Bytes;
    return ended_ ? Input::End : Input::Nothing;
  }
  int input_descriptor() override { return -1; }
  bool gives_keys() override { return true; }

  /// Types; a byte that interrupts by now does, and what was not read before is lost, as at a terminal.
  void type(std::string_view bytes, Instance& instance) {
    bool interrupts = false;
    {
      std::lock_guard lock(mutex_);
      for (const char c : bytes) {
        if (c == instance.interrupt_char()) {
          instance.stop(StopLevel::Interrupt);
          input_.clear();
          interrupts = true;
        } else {
          input_ += c;
        }
      }
    }
    if (!interrupts) clock_.notify();
  }
  void end() {
    std::lock_guard lock(mutex_);
    ended_ = true;
    clock_.notify();
  }
  /// Waits until all that was typed is taken.
  void wait_until_read() {
    while (input() == Input::Bytes) std::this_thread::yield();
  }
  /// Waits until the output ends with `end`, and takes it. What there is instead after a long time.
  std::string take_until(std::string_view end) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kTimeout, [&] { return output_.ends_with(end); });
    return std::exchange(output_, {});
  }

 private:
  Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string input_, output_;
  bool ended_ = false;
};

/// Notes the runs.
struct Runs final : ReplHost {
  void run_begins() override { begun++; }
  void run_ended(const Outcome& outcome) override { ended.push_back(outcome.kind); }
  int begun = 0;
  std::vector<Outcome::Kind> ended;
};

/// Whoever looks into the instance.
struct Onlooker final : Host {
  void at_safepoint(Instance& instance) override {
    std::lock_guard lock(mutex);
    info = instance.mem_info(false).value_or(MemInfo{});
    changed.notify_all();
  }
  void callback_raised(std::string_view, std::string_view) override {}
  void callback_begins() override {}
  void callback_ended(CallbackEnd) override {}
  void event_lost() override {}

  std::mutex mutex;
  std::condition_variable changed;
  MemInfo info;
};

class SessionTest : public testing::Test {
 protected:
  SessionTest() { make(); }
  ~SessionTest() override { leave(); }

  void make() {
    std::string error;
    instance = Instance::create(
        config, {.clock = clock, .console = console, .files = files, .timers = &timers, .host = &onlooker}, error);
    ASSERT_TRUE(instance) << error;
  }
  /// Serves the prompt on a thread of its own.
  void serve() {
    thread = std::thread([this] { end = repl.serve(*instance); });
  }
  void greeted() {
    serve();
    EXPECT_TRUE(console.take_until(">>> ").starts_with("MicroPython v1.29"));
  }
  void type(std::string_view bytes) { console.type(bytes, *instance); }
  /// What comes back for bytes, up to the next prompt.
  std::string answer(std::string_view bytes, std::string_view prompt = ">>> ") {
    type(bytes);
    return console.take_until(prompt);
  }
  /// Makes the prompt end.
  ReplEnd::Kind leave() {
    if (!thread.joinable()) return end.kind;
    instance->stop(StopLevel::Kill);
    instance->request_return();
    return ended();
  }
  /// Waits for the prompt to end by itself.
  ReplEnd::Kind ended() {
    thread.join();
    return end.kind;
  }

  SystemClock clock;
  PipeConsole console{clock};
  SystemFiles files;
  const std::unique_ptr<Poller> poller = Poller::make();
  KernelTimers timers{[this] { return clock.poll_set(); }, [this] { return &poller->set(); }};
  Onlooker onlooker;
  Runs runs;
  Config config;
  std::unique_ptr<Instance> instance;
  Repl repl{runs, {.is_board = true}};
  std::thread thread;
  ReplEnd end;
};

// ---- for people ----

TEST_F(SessionTest, AnswersAndRemembers) {
  greeted();
  EXPECT_EQ(answer("6*7\r"), "6*7\r\n42\r\n>>> ");
  EXPECT_EQ(answer("_+1\r"), "_+1\r\n43\r\n>>> ");
  EXPECT_EQ(answer("None\r"), "None\r\n>>> ");
  EXPECT_EQ(answer("_\r"), "_\r\n43\r\n>>> ");
  EXPECT_EQ(answer("1/0\r"),
            "1/0\r\nTraceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\n"
            "ZeroDivisionError: divide by zero\r\n>>> ");
  EXPECT_EQ(answer("\x10\x10\x10\r"), "1/0\b\b\b\x1b[K_\bNone\r\n>>> ");
  EXPECT_EQ(repl.history().size(), 6u);
}

TEST_F(SessionTest, PrintsValuesInPastedTexts) {
  greeted();
  answer("\x05", "=== ");
  EXPECT_EQ(answer("x = 2\rfor i in range(x):\r  i\rx\r\x04"),
            "x = 2\r\n=== for i in range(x):\r\n===   i\r\n=== x\r\n=== \r\n0\r\n1\r\n2\r\n>>> ");
}

TEST_F(SessionTest, Completes) {
  greeted();
  answer("class A:\rfirst = 1\rsecond = 2\r_hidden = 3\r\x7f\r");
  answer("thing = A()\r");
  EXPECT_EQ(answer("thi\t.f\t\r"), "thing.first\r\n1\r\n>>> ");
  EXPECT_EQ(answer("thing._\t", "\n>>> thing._"),
            "thing._\r\n__class__       __dict__        __module__      __qualname__\r\n_hidden\r\n>>> thing._");
  EXPECT_EQ(answer("h\t\r"), "hidden\r\n3\r\n>>> ");
  EXPECT_EQ(answer("imp\tmach\t\r"), "import machine\r\n>>> ");
  EXPECT_EQ(answer("machine.unique_\t\r").substr(0, 17), "machine.unique_id");
  EXPECT_EQ(answer("'a'.\t\x15\r"), "'a'.\b\b\b\b\x1b[K\r\n>>> ");
  EXPECT_EQ(answer("nothing.x\t\x15\r"), "nothing.x\x1b[9D\x1b[K\r\n>>> ");
}

TEST_F(SessionTest, CompletionIsInterruptible) {
  greeted();
  answer("class A:\r@property\rdef slow(self):\rwhile 1: pass\r\x7f\x7f\r");
  answer("a = A()\r");
  type("a.slow.x\t");
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(answer("\x03\x15"
                   "1\r")
                .substr(0, 8),
            "a.slow.x");
}

TEST_F(SessionTest, PromptsAreThoseOfSys) {
  greeted();
  answer("import sys\r");
  EXPECT_EQ(answer("sys.ps1 = '$ '; sys.ps2 = '> '\r", "\r\n$ "), "sys.ps1 = '$ '; sys.ps2 = '> '\r\n$ ");
  EXPECT_EQ(answer("(\r1)\r", "\r\n$ "), "(\r\n> 1)\r\n1\r\n$ ");
  EXPECT_EQ(answer("sys.ps1 = None\r", "\n"), "sys.ps1 = None\r\n");
}

TEST_F(SessionTest, InputEditsALine) {
  greeted();
  EXPECT_EQ(answer("input('name? ')\rbab\x7f\x02o\r"), "input('name? ')\r\nname? bab\b\x1b[K\boa\b\r\n'boa'\r\n>>> ");
  EXPECT_EQ(answer("input()\r\nx\r\ninput()\r\ny\r\n", "'y'\r\n>>> "),
            "input()\r\nx\r\n'x'\r\n>>> input()\r\ny\r\n'y'\r\n>>> ");
  EXPECT_NE(answer("input()\r\x04").find("EOFError"), std::string::npos);
}

TEST_F(SessionTest, EnterEndsALineOfTextAndIsAByteElse) {
  greeted();
  answer("import sys\r");
  EXPECT_EQ(answer("sys.stdin.readline()\rabc\r"), "sys.stdin.readline()\r\n'abc\\n'\r\n>>> ");
  EXPECT_EQ(answer("sys.stdin.read(2)\rx\r"), "sys.stdin.read(2)\r\n'x\\n'\r\n>>> ");
  EXPECT_EQ(answer("sys.stdin.buffer.read(2)\rx\r"), "sys.stdin.buffer.read(2)\r\nb'x\\r'\r\n>>> ");
}

TEST_F(SessionTest, TextHasTheNewlinesOfATerminalAndBytesHaveNot) {
  greeted();
  answer("import sys\r");
  const std::string output = answer("n = sys.stdout.buffer.write(b'a\\n'), sys.stdout.write('b\\n')\r");
  EXPECT_TRUE(output.ends_with(")\r\na\nb\r\n>>> ")) << output;
}

// ---- what a run leaves behind ----

TEST_F(SessionTest, AnyRunLeavesAWorkingPrompt) {
  greeted();
  for (const char* line : {"import micropython\r", "micropython.heap_lock()\r", "[1]\r", "micropython.kbd_intr(-1)\r",
                           "import machine; s = machine.disable_irq()\r"})
    answer(line);
  EXPECT_EQ(answer("[1]\r"), "[1]\r\n[1]\r\n>>> ");
  type("while 1: pass\r\r");
  console.take_until("... \r\n");
  EXPECT_NE(answer("\x03").find("KeyboardInterrupt"), std::string::npos);
}

TEST_F(SessionTest, KilledRunsSaySoAndThePromptGoesOn) {
  greeted();
  type("while 1: pass\r\r");
  EXPECT_EQ(console.take_until("\r\n... \r\n").substr(0, 13), "while 1: pass");
  instance->stop(StopLevel::Kill, Limit::Cpu);
  EXPECT_EQ(console.take_until(">>> "), "killed: it took more CPU time than it may\r\n>>> ");
  EXPECT_EQ(answer("1\r"), "1\r\n1\r\n>>> ");
  EXPECT_EQ(runs.begun, 2);
  EXPECT_EQ(runs.ended, (std::vector{Outcome::Kind::Killed, Outcome::Kind::Finished}));
}

TEST_F(SessionTest, FullHeapsAndDeepStacksLeaveAWorkingPrompt) {
  greeted();
  answer("a = []\r");
  EXPECT_NE(answer("while 1: a.append(bytes(1000))\r\r").find("MemoryError"), std::string::npos);
  answer("def f(): f()\r\r");
  EXPECT_NE(answer("f()\r").find("RuntimeError"), std::string::npos);
  answer("a = 1\r");
  EXPECT_EQ(answer("a\r"), "a\r\n1\r\n>>> ");
}

// ---- Ctrl-C ----

TEST_F(SessionTest, CtrlCInTheMidstOfWhatIsTyped) {
  greeted();
  EXPECT_EQ(answer("abc\x03"), "abc\r\n>>> ");
  EXPECT_EQ(answer("if 1:\r\x03"), "if 1:\r\n...     \r\n>>> ");
  answer(
      "\x05"
      "abc",
      "abc");
  EXPECT_EQ(answer("\x03"), "\r\n>>> ");
}

TEST_F(SessionTest, CtrlCThatWasTypedAheadInterrupts) {
  greeted();
  EXPECT_NE(answer("while 1: pass\r\r\x03").find("KeyboardInterrupt"), std::string::npos);
}

TEST_F(SessionTest, CtrlCDropsWhatWasTypedAhead) {
  greeted();
  type("import time\rfor i in 1, 2, 3: time.sleep(1000)\r\rprint('dropped')\r");
  console.take_until("... \r\n");
  EXPECT_NE(answer("\x03"
                   "print('kept')\r",
                   "kept\r\n>>> ")
                .find("KeyboardInterrupt"),
            std::string::npos);
  EXPECT_TRUE(answer("while 1: pass\r\rprint('dropped')\r\x03print('kept')\r", "kept\r\n>>> ")
                  .ends_with("KeyboardInterrupt: \r\n>>> print('kept')\r\nkept\r\n>>> "));
}

TEST_F(SessionTest, WhatFollowsACtrlCIsThePrompts) {
  greeted();
  answer("import sys\r");
  type("while 1: c = sys.stdout.write(sys.stdin.read(1))\r\r");
  console.take_until("... \r\n");
  type("abc");
  console.take_until("abc");  // the script has it
  type(
      "\x03"
      "6*7\r");
  const std::string output = console.take_until("42\r\n>>> ");
  EXPECT_NE(output.find("KeyboardInterrupt"), std::string::npos);
  EXPECT_TRUE(output.ends_with("6*7\r\n42\r\n>>> ")) << output;
}

TEST_F(SessionTest, WhatFollowsACtrlCIsTheScriptsOnceItHasCaughtIt) {
  greeted();
  answer("import sys\r");
  answer("\x05", "=== ");
  type("try:\r  while 1: c = sys.stdout.write(sys.stdin.read(1))\r");
  type("except KeyboardInterrupt:\r  print(sys.stdin.read(2))\r\x04");
  console.take_until("=== \r\n");
  type("ab");
  console.take_until("ab");  // the script has it
  EXPECT_EQ(answer("\x03"
                   "cd"),
            "cd\r\n>>> ");
}

// ---- from outside ----

TEST_F(SessionTest, AnInterruptFromOutsideStartsALine) {
  greeted();
  answer("abc", "abc");
  instance->stop(StopLevel::Interrupt);
  EXPECT_EQ(console.take_until(">>> "), "\r\n>>> ");
  EXPECT_EQ(answer("1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(SessionTest, AKillWhileNothingRunsEndsThePrompt) {
  greeted();
  instance->stop(StopLevel::Kill);
  EXPECT_EQ(ended(), ReplEnd::Kind::Killed);
  serve();
  EXPECT_EQ(answer("1\r"), "1\r\n1\r\n>>> ") << "it may be served again";
}

TEST_F(SessionTest, AStopWhileNothingRunsLeavesThePrompt) {
  greeted();
  instance->stop(StopLevel::Stop);
  EXPECT_EQ(ended(), ReplEnd::Kind::Exited);
}

TEST_F(SessionTest, TheHostMayTakeTheInstanceInBetween) {
  greeted();
  answer("x = 20", "x = 20");
  instance->request_return();
  EXPECT_EQ(ended(), ReplEnd::Kind::Returned);
  EXPECT_EQ(instance->run({.text = "y = 1"}).kind, Outcome::Kind::Finished);
  serve();
  EXPECT_EQ(answer("+y\r"), "+y\r\n>>> ");
  EXPECT_EQ(answer("x\r"), "x\r\n21\r\n>>> ");
}

TEST_F(SessionTest, OthersMayWriteWhereThePromptStands) {
  greeted();
  answer("abc\x1b[D", "\b");
  instance->request_return();
  EXPECT_EQ(ended(), ReplEnd::Kind::Returned);
  repl.step_aside(*instance);
  repl.step_aside(*instance);
  EXPECT_EQ(console.take_until("\x1b[J"), "\r\x1b[J") << "once";
  instance->run({.text = "print('other')"});
  serve();
  EXPECT_EQ(console.take_until("\b"), "other\r\n>>> abc\b");
  EXPECT_EQ(answer("\x03"), "\r\n>>> ");
}

TEST_F(SessionTest, RawModeIsLeftAsItIsWhenOthersWrite) {
  greeted();
  answer("\x01", ">");
  instance->request_return();
  ended();
  repl.step_aside(*instance);
  serve();
  EXPECT_EQ(answer("print(1)\x04", "\x04>"), "OK1\r\n\x04\x04>");
}

TEST_F(SessionTest, WhoeverComesIsWelcome) {
  greeted();
  answer("\x01", ">");
  answer(
      "\x05"
      "A\x01",
      "\x08\x01");
  type("half a te");
  console.wait_until_read();
  instance->request_return();
  ended();
  repl.welcome();
  serve();
  EXPECT_TRUE(console.take_until(">>> ").starts_with("MicroPython v"));
  EXPECT_EQ(answer("1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(SessionTest, IsLookedIntoWhileItWaits) {
  greeted();
  instance->request_safepoint();
  std::unique_lock lock(onlooker.mutex);
  EXPECT_TRUE(onlooker.changed.wait_for(lock, kTimeout, [&] { return onlooker.info.heap_total > 0; }));
}

TEST_F(SessionTest, CallbacksRunWhileItWaits) {
  greeted();
  answer("from machine import Timer\r");
  type("t = Timer(period=20, mode=Timer.ONE_SHOT, callback=lambda t: print('tick'))\r");
  EXPECT_TRUE(console.take_until("tick\r\n").ends_with(">>> tick\r\n"));
  type("t = Timer(period=1, mode=Timer.ONE_SHOT, callback=lambda t: any(iter(int, 1)))\r");
  console.take_until(">>> ");
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_NE(answer("\x03", "KeyboardInterrupt: \r\n").find("Traceback"), std::string::npos)
      << "Ctrl-C interrupts a callback that takes long";
}

TEST_F(SessionTest, CallbacksThatNeverEndLeaveThePromptItsTurns) {
  greeted();
  answer("import micropython\r");
  answer("def f(a): micropython.schedule(f, 0)\r\r");
  answer("f(0)\r");
  EXPECT_EQ(answer("6*7\r"), "6*7\r\n42\r\n>>> ");
  EXPECT_EQ(answer("def f(a): pass\r\r", ">>> ").substr(0, 3), "def");
  answer("import time; from machine import Timer\r");
  answer("t = Timer(period=2, callback=lambda t: time.sleep_ms(4))\r");
  EXPECT_EQ(answer("6*7\r"), "6*7\r\n42\r\n>>> ");
}

// ---- leaving ----

TEST_F(SessionTest, CtrlDIsASoftReset) {
  greeted();
  answer("import sys; f = sys.atexit(lambda: print('bye'))\r");
  EXPECT_EQ(answer("1\r"), "1\r\n1\r\n>>> ") << "the exit handler waits for the end";
  type("\x04");
  EXPECT_EQ(ended(), ReplEnd::Kind::SoftReset);
  EXPECT_EQ(console.take_until("\n"), "\r\nbye\r\nMPY: soft reboot\r\n");
  make();
  greeted();
}

TEST_F(SessionTest, TheClockOutlivesAReset) {
  greeted();
  answer("import machine; rtc = machine.RTC(); rtc.datetime((2040, 1, 2, 0, 3, 4, 5, 0)); rtc.memory(b'abc')\r");
  type("machine.soft_reset()\r");
  EXPECT_EQ(ended(), ReplEnd::Kind::SoftReset);
  console.take_until("reboot\r\n");
  config.retained = instance->retained();
  make();
  greeted();
  answer("import machine; rtc = machine.RTC()\r");
  EXPECT_TRUE(answer("rtc.datetime()[0], rtc.memory()\r").ends_with("(2040, b'abc')\r\n>>> "));
}

TEST_F(SessionTest, ExitLeavesWithAStatus) {
  greeted();
  answer("import sys\r");
  type("sys.exit(3)\r");
  EXPECT_EQ(ended(), ReplEnd::Kind::Exited);
  EXPECT_EQ(end.exit_status, 3);
  EXPECT_EQ(console.take_until("\n"), "sys.exit(3)\r\nMPY: soft reboot\r\n");
}

TEST_F(SessionTest, MachineResetLeaves) {
  greeted();
  type("import machine; machine.reset()\r");
  EXPECT_EQ(ended(), ReplEnd::Kind::SoftReset);
  EXPECT_EQ(console.take_until("\n"), "import machine; machine.reset()\r\n") << "it is no soft one";
}

TEST_F(SessionTest, TheEndOfInputLeavesABoardAsItIs) {
  greeted();
  answer("import sys; f = sys.atexit(lambda: print('bye'))\r");
  console.end();
  EXPECT_EQ(ended(), ReplEnd::Kind::InputEnded);
  EXPECT_EQ(console.take_until(""), "");
}

// ---- for programs ----

TEST_F(SessionTest, RawModeSurvivesASoftReset) {
  greeted();
  EXPECT_EQ(answer("\r\x01", "\r\n>"), "\r\n>>> \r\nraw REPL; CTRL-B to exit\r\n>");
  EXPECT_EQ(answer("print(1)\nx=2\x04", "\x04>"), "OK1\r\n\x04\x04>");
  type("\x04");
  EXPECT_EQ(ended(), ReplEnd::Kind::SoftReset);
  EXPECT_TRUE(repl.is_raw());
  make();
  serve();
  EXPECT_EQ(console.take_until("\r\n>"), "OK\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>");
  EXPECT_NE(answer("x\x04", "\x04>").find("NameError"), std::string::npos) << "the instance is another";
  EXPECT_TRUE(answer("\x02").starts_with("\r\nMicroPython v1.29"));
}

TEST_F(SessionTest, RawModeTellsErrorsApart) {
  greeted();
  answer("\x01", "\r\n>");
  EXPECT_EQ(answer("1/0\x04", "\x04>"),
            "OK\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\n"
            "ZeroDivisionError: divide by zero\r\n\x04>");
  EXPECT_EQ(
      answer("f(\x04", "\x04>"),
      "OK\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1\r\nSyntaxError: invalid syntax\r\n\x04>");
  type("while 1: pass\x04");
  console.take_until("OK");
  instance->stop(StopLevel::Kill);
  EXPECT_EQ(console.take_until("\x04>"), "\x04killed on request\r\n\x04>");
}

TEST_F(SessionTest, RawPaste) {
  greeted();
  answer("\x01", "\r\n>");
  const std::string source = "x = '''" + std::string(5000, 'a') + "'''\nprint(len(x))\n";
  EXPECT_EQ(answer("\x05"
                   "A\x01",
                   "\x08\x01"),
            std::string("R\x01\x00\x08\x01", 5));
  EXPECT_EQ(answer(source + "\x04", "\x04>"),
            "\x01\x01\x04"
            "5000\r\n\x04\x04>");
}

TEST_F(SessionTest, StandardInputOfAProgramIsWhatFollows) {
  greeted();
  answer("\x01", "\r\n>");
  EXPECT_EQ(answer("import sys\nprint(sys.stdin.buffer.read(3))\x04\x01\x02\x04", "\x04>"),
            "OKb'\\x01\\x02\\x04'\r\n\x04\x04>");
}

}  // namespace
}  // namespace upy
