/// upyctl, upyd and the interpreter together, as a user has them.

#include <fcntl.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

namespace {

using namespace upyd::v1;
using google::protobuf::util::JsonStringToMessage;
using test_support::Process;
using test_support::ProcessEnd;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Whether a condition becomes true soon.
bool soon(const std::function<bool()>& condition) {
  for (int i = 0; i < 5000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

class Upyctl : public testing::Test {
 protected:
  using Arguments = std::vector<std::string>;

  static Arguments command_line(Arguments arguments) {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return arguments;
  }
  std::vector<std::string> environment() { return {"UPYD_HOST=" + upyd().url()}; }

  ProcessEnd upyctl(const Arguments& arguments, const std::string& in = "") {
    return test_support::run_process(command_line(arguments), environment(), in);
  }

  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(directory_.file(name)) << content;
    return directory_.file(name);
  }

  bool has_instances() { return upyd().connection().list_instances().instances_size() > 0; }

  static void SetUpTestSuite() { upyd_.emplace(); }
  static void TearDownTestSuite() { upyd_.reset(); }
  test_support::UpydProcess& upyd() { return *upyd_; }

  void TearDown() override {
    EXPECT_TRUE(soon([this] { return !has_instances(); }));
  }

 private:
  /// One daemon for all tests but those that end it; each test leaves it without instances.
  static inline std::optional<test_support::UpydProcess> upyd_;
  test_support::TemporaryDirectory directory_;
};

TEST_F(Upyctl, StandardStreamsThatAreClosedOrFull) {
  const auto status_of = [this](const std::string& command) {
    return test_support::run_process({"/bin/sh", "-c", UPYCTL_PATH " " + command}, environment()).exit_status;
  };
  EXPECT_EQ(status_of("exec 'print(1)' >&-"), 125);
  EXPECT_EQ(status_of("exec 'print(1)' >&- 2>&-"), 125);
  EXPECT_EQ(status_of("exec 'print(1)' >/dev/full 2>/dev/full"), 125);
  EXPECT_EQ(status_of("run - <&-"), 125);
  EXPECT_EQ(status_of("ps >&- 2>&-"), 1);
  EXPECT_EQ(status_of("ps --none 2>&-"), 2);
}

TEST_F(Upyctl, WordsThatAreNotUtf8AreRefused) {
  const auto run = upyctl({"exec", "print(1)", "--", "\xff"});
  EXPECT_EQ(run.exit_status, 125);
  EXPECT_TRUE(contains(run.err, "is not UTF-8")) << run.err;
  EXPECT_TRUE(contains(upyctl({"create", "\xff"}).err, "is not UTF-8"));
}

TEST_F(Upyctl, RunsAFileWithArguments) {
  ProcessEnd end = upyctl({"run", file("a.py", "import sys\nprint(sys.argv[1:])\n"), "x", "--json"});
  EXPECT_EQ(end.out, "['x', '--json']\n");
  EXPECT_EQ(end.err, "");
  EXPECT_EQ(end.exit_status, 0);
}

TEST_F(Upyctl, AScriptFindsTheModulesBesideIt) {
  const test_support::TemporaryDirectory project;
  const auto write = [&](const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(project.file(path)).parent_path());
    std::ofstream(project.file(path)) << text;
    return project.file(path);
  };
  write("helper.py", "from pkg.inner import value\ndef fail(): raise ValueError(value)\n");
  write("pkg/inner.py", "from . import base\nvalue = base.number + 1\n");
  write("pkg/base.py", "number = 41\n");
  const std::string main = write("main.py", "import helper\nprint(helper.value, helper.__file__)\nhelper.fail()\n");
  const ProcessEnd end = upyctl({"run", main});
  EXPECT_EQ(end.out, "42 " + project.file("helper.py") + "\n");
  EXPECT_TRUE(contains(end.err, "File \"" + project.file("helper.py") + "\", line 2, in fail")) << end.err;
}

TEST_F(Upyctl, SaysThatTimersEndWithTheScript) {
  const ProcessEnd end = upyctl({"exec",
                                 "from machine import Pin, Timer\n"
                                 "Timer(period=1, callback=print)\n"
                                 "Pin(4, Pin.IN).irq(print)\n"
                                 "Pin(5, Pin.IN).irq(None)\n"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_TRUE(contains(end.err, "upyctl create NAME")) << end.err;
  EXPECT_EQ(upyctl({"exec", "from machine import Timer; Timer(period=1, callback=print).deinit()"}).err, "");
}

TEST_F(Upyctl, RunsStandardInputAndCode) {
  EXPECT_EQ(upyctl({"run", "-"}, "print('in')\n").out, "in\n");
  EXPECT_EQ(upyctl({"exec", "print(6 * 7)"}).out, "42\n");
}

TEST_F(Upyctl, PrintsTheTracebackOnceAndEndsWithOne) {
  ProcessEnd end = upyctl({"exec", "def f():\n    raise ValueError('no')\nprint('first')\nf()\n"});
  EXPECT_EQ(end.out, "first\n");
  EXPECT_EQ(end.err,
            "Traceback (most recent call last):\n"
            "  File \"<stdin>\", line 4, in <module>\n"
            "  File \"<stdin>\", line 2, in f\n"
            "ValueError: no\n");
  EXPECT_EQ(end.exit_status, 1);
}

TEST_F(Upyctl, PrintsASyntaxErrorOnceAndEndsWithOne) {
  ProcessEnd end = upyctl({"exec", "x = = 1\n"});
  EXPECT_EQ(end.err,
            "Traceback (most recent call last):\n"
            "  File \"<stdin>\", line 1\n"
            "SyntaxError: invalid syntax\n");
  EXPECT_EQ(end.exit_status, 1);
}

TEST_F(Upyctl, EndsAsTheScriptDoes) {
  EXPECT_EQ(upyctl({"exec", "import sys\nsys.exit(7)"}).exit_status, 7);
  EXPECT_EQ(upyctl({"exec", "raise SystemExit"}).exit_status, 0);
}

TEST_F(Upyctl, PassesEveryByteOfALotOfOutput) {
  ProcessEnd end = upyctl({"exec", "for i in range(20000):\n    print('%049d' % i)\n"});
  ASSERT_EQ(end.out.size(), 20000u * 50);
  EXPECT_TRUE(end.out.ends_with("19999\n"));
  EXPECT_EQ(end.err, "");
}

TEST_F(Upyctl, KeepsGlobalsInAStandingInstance) {
  EXPECT_EQ(upyctl({"create", "main", "--heap", "1m"}).out, "main\n");
  EXPECT_EQ(upyctl({"exec", "-i", "main", "x = 5"}).exit_status, 0);
  EXPECT_EQ(upyctl({"exec", "-i", "main", "print(x)"}).out, "5\n");
  EXPECT_EQ(upyctl({"create", "main"}).exit_status, 1);
  EXPECT_EQ(upyctl({"rm", "main"}).exit_status, 0);
  EXPECT_EQ(upyctl({"rm", "main"}).exit_status, 1);
  EXPECT_EQ(upyctl({"exec", "-i", "main", "print(x)"}).exit_status, 125);
}

TEST_F(Upyctl, RunsWhatItCompiled) {
  std::string source = file("hello.py", "print('hello')\n");
  ASSERT_EQ(upyctl({"compile", source}).exit_status, 0);
  std::string compiled = source.substr(0, source.size() - 3) + ".upyc";
  EXPECT_EQ(upyctl({"run", compiled}).out, "hello\n");
  EXPECT_EQ(upyctl({"run", file("garbage.upyc", "garbage")}).exit_status, 1);
}

TEST_F(Upyctl, CtrlCInterruptsTheScript) {
  Process run(command_line({"exec", "print('ready')\nwhile True:\n    pass\n"}), environment());
  ASSERT_TRUE(run.prints("ready"));
  run.send_signal(SIGINT);
  ProcessEnd end = run.wait();
  EXPECT_EQ(end.exit_status, 130);
  EXPECT_TRUE(end.err.ends_with("KeyboardInterrupt: \n")) << end.err;
}

TEST_F(Upyctl, ASecondCtrlCKillsAScriptThatCatchesTheFirst) {
  const char* stubborn =
      "print('ready')\n"
      "while True:\n"
      "    try:\n"
      "        while True:\n"
      "            pass\n"
      "    except KeyboardInterrupt:\n"
      "        print('caught')\n";
  Process run(command_line({"exec", stubborn}), environment());
  ASSERT_TRUE(run.prints("ready"));
  run.send_signal(SIGINT);
  ASSERT_TRUE(run.prints("caught"));
  run.send_signal(SIGINT);
  ProcessEnd end = run.wait();
  EXPECT_EQ(end.exit_status, 137);
  EXPECT_EQ(end.err, "upyctl: killed: on request\n");
}

/// Nobody reads what the script prints: upyctl waits for that, and still can be ended.
TEST_F(Upyctl, EndsWhereItsOutputIsStuck) {
  const std::string script = "exec \"$0\" exec 'while True: print(\"x\" * 100)' > \"$1\"";
  const test_support::TemporaryDirectory directory;
  const std::string pipe = directory.file("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  Process run({"/bin/sh", "-c", script, UPYCTL_PATH, pipe}, environment());
  ASSERT_TRUE(soon([&] {
    int waiting = 0;
    return ioctl(reader, FIONREAD, &waiting) == 0 && waiting > 32'000;
  }));
  for (int i = 0; i < 3; ++i) {
    run.send_signal(SIGINT);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(run.wait().exit_status, 130);
  close(reader);
}

TEST_F(Upyctl, AVanishedClientsInstanceIsDeleted) {
  {
    Process run(command_line({"exec", "print('ready')\nwhile True:\n    pass\n"}), environment());
    ASSERT_TRUE(run.prints("ready"));
    EXPECT_TRUE(has_instances());
  }
  EXPECT_TRUE(soon([this] { return !has_instances(); }));
}

TEST_F(Upyctl, LimitsTime) {
  ProcessEnd end = upyctl({"exec", "--cpu", "50ms", "while True: pass"});
  EXPECT_EQ(end.exit_status, 137);
  EXPECT_TRUE(contains(end.err, "CPU time")) << end.err;
  end = upyctl({"exec", "--wall", "50ms", "import time\ntime.sleep(100)"});
  EXPECT_EQ(end.exit_status, 137);
  EXPECT_TRUE(contains(end.err, "--wall")) << end.err;
}

TEST_F(Upyctl, LooksIntoABusyInstance) {
  Process run(command_line({"exec", "--name", "busy", "print('ready')\nwhile True: pass\n"}), environment());
  ASSERT_TRUE(run.prints("ready"));
  ListInstancesResponse list;
  ASSERT_TRUE(JsonStringToMessage(upyctl({"ps", "--json"}).out, &list).ok());
  ASSERT_EQ(list.instances_size(), 1);
  EXPECT_EQ(list.instances(0).name(), "busy");
  EXPECT_TRUE(list.instances(0).has_run());
  EXPECT_TRUE(contains(upyctl({"ps"}).out, "busy  run   running  <stdin>"));
  MemInfo info;
  ASSERT_TRUE(JsonStringToMessage(upyctl({"mem-info", "--json", "busy"}).out, &info).ok());
  EXPECT_GT(info.heap_used(), 0u);
  EXPECT_TRUE(contains(upyctl({"mem-info", "-v", "busy"}).out, "GC: total:"));
  EXPECT_EQ(upyctl({"interrupt", "busy"}).exit_status, 0);
  EXPECT_EQ(run.wait().exit_status, 130);
}

TEST_F(Upyctl, StopRunsFinally) {
  const char* careful =
      "try:\n"
      "    print('ready')\n"
      "    while True: pass\n"
      "finally:\n"
      "    print('safe')\n";
  Process run(command_line({"exec", "--name", "careful", careful}), environment());
  ASSERT_TRUE(run.prints("ready"));
  EXPECT_EQ(upyctl({"stop", "careful"}).exit_status, 0);
  EXPECT_TRUE(contains(run.wait().out, "safe\n"));
}

TEST_F(Upyctl, KillRunsNoHandler) {
  const char* careful = "try:\n    print('ready')\n    while True: pass\nfinally:\n    print('safe')\n";
  Process run(command_line({"exec", "--name", "careful", careful}), environment());
  ASSERT_TRUE(run.prints("ready"));
  EXPECT_EQ(upyctl({"kill", "careful"}).exit_status, 0);
  ProcessEnd end = run.wait();
  EXPECT_EQ(end.out, "ready\n");
  EXPECT_EQ(end.exit_status, 137);
}

TEST_F(Upyctl, ShowsAndDrivesLines) {
  EXPECT_TRUE(contains(upyctl({"gpio", "detect"}).out, "gpiochip0 ["));
  EXPECT_EQ(upyctl({"gpio", "get", "3", "gpiochip0:4"}).out, "0 0\n");
  EXPECT_EQ(upyctl({"gpio", "set", "3=1"}).exit_status, 0);
  EXPECT_EQ(upyctl({"gpio", "get", "3", "gpiochip0:4"}).out, "1 0\n");
  EXPECT_TRUE(contains(upyctl({"gpio", "info", "3"}).out, "level=1 driven=high\n"));
  EXPECT_EQ(upyctl({"gpio", "set", "3=none"}).exit_status, 0);
  EXPECT_EQ(upyctl({"gpio", "get", "3"}).out, "0\n");
  EXPECT_EQ(upyctl({"gpio", "get", "no-such-line"}).exit_status, 1);
}

TEST_F(Upyctl, AScriptSeesTheEdgesItDrives) {
  const char* counter =
      "from machine import Pin\n"
      "import time\n"
      "edges = 0\n"
      "def count(pin):\n"
      "    global edges\n"
      "    edges += 1\n"
      "    print('edge', edges)\n"
      "Pin(5, Pin.IN).irq(count, Pin.IRQ_RISING)\n"
      "print('ready')\n"
      "while edges < 2:\n"
      "    time.sleep_ms(1)\n";
  Process run(command_line({"exec", counter}), environment());
  Process monitor(command_line({"gpio", "mon", "-n", "1", "-e", "rising", "6"}), environment());
  ASSERT_TRUE(run.prints("ready"));
  EXPECT_EQ(upyctl({"gpio", "set", "5=1"}).exit_status, 0);
  ASSERT_TRUE(run.prints("edge 1"));
  EXPECT_EQ(upyctl({"gpio", "set", "5=0", "5=1"}).exit_status, 0);
  EXPECT_EQ(run.wait().exit_status, 0);
  EXPECT_TRUE(soon([&] {
    upyctl({"gpio", "set", "6=0", "6=1"});
    return monitor.prints("rising\tgpiochip0 6", std::chrono::milliseconds(20));
  }));
  EXPECT_EQ(monitor.wait().exit_status, 0);
  upyctl({"gpio", "set", "5=none", "6=none"});
}

TEST_F(Upyctl, TellsVersionAndHealth) {
  EXPECT_TRUE(contains(upyctl({"version"}).out, "\nupyd "));
  ProcessEnd health = upyctl({"health"});
  EXPECT_EQ(health.out, "SERVING\n");
  EXPECT_EQ(health.exit_status, 0);
}

TEST(UpyctlAndShutdown, ARunEndsWithItsDaemon) {
  test_support::UpydProcess upyd;
  Process run({UPYCTL_PATH, "--host", upyd.url(), "exec", "print('ready')\nwhile True:\n    pass\n"});
  ASSERT_TRUE(run.prints("ready"));
  upyd.send_signal(SIGTERM);
  EXPECT_EQ(run.wait().exit_status, 130);
  EXPECT_EQ(upyd.wait().exit_status, 0);
}

}  // namespace
