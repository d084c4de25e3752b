/// upyctl at a terminal.

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <chrono>

#include "rpc_test.h"
#include "support/screen.h"

namespace upyd {
namespace {

/// `upyctl`, or another program, on a pseudo-terminal whose other end is the test.
class AtTerminal {
 public:
  AtTerminal(const std::string& url, std::vector<std::string> arguments)
      : AtTerminal(with_upyctl(url, std::move(arguments))) {}
  explicit AtTerminal(std::vector<std::string> command) {
    std::vector<char*> argv;
    for (std::string& argument : command) argv.push_back(argument.data());
    argv.push_back(nullptr);
    winsize size{.ws_row = 100, .ws_col = kColumns};
    int other;
    if (openpty(&terminal_, &other, nullptr, nullptr, &size) != 0) std::abort();
    tcgetattr(terminal_, &before_);
    id_ = fork();
    if (id_ == 0) {
      close(terminal_);
      login_tty(other);
      const rlimit no_core{0, 0};
      setrlimit(RLIMIT_CORE, &no_core);
      execv(argv[0], argv.data());
      _exit(126);
    }
    close(other);
  }
  ~AtTerminal() {
    if (id_ > 0) {
      kill(id_, SIGKILL);
      waitpid(id_, nullptr, 0);
    }
    close(terminal_);
  }
  AtTerminal(const AtTerminal&) = delete;
  AtTerminal& operator=(const AtTerminal&) = delete;

  void type(std::string_view keys) const {
    EXPECT_EQ(write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  /// Whether the screen shows that text before long, or within so many tenths of a second.
  bool shows(const std::string& text, int tenths = 100) {
    for (int patience = 0; patience < tenths; patience++) {
      if (screen_.find(text) != std::string::npos) return true;
      pollfd waiting{terminal_, POLLIN, 0};
      char buffer[4096];
      if (poll(&waiting, 1, 100) <= 0) continue;
      const ssize_t size = read(terminal_, buffer, sizeof buffer);
      if (size <= 0) break;
      take({buffer, static_cast<size_t>(size)});
    }
    return screen_.find(text) != std::string::npos;
  }
  /// What the screen shows below the banner of the prompt, once it shows what it should; else after a long time.
  std::string screen_like(const std::string& expected) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (below_banner() != expected && std::chrono::steady_clock::now() < end) {
      pollfd waiting{terminal_, POLLIN, 0};
      char buffer[4096];
      if (poll(&waiting, 1, 20) <= 0) continue;
      const ssize_t size = read(terminal_, buffer, sizeof buffer);
      if (size <= 0) break;
      take({buffer, static_cast<size_t>(size)});
    }
    EXPECT_EQ(drawn_.misunderstood(), 0);
    return below_banner();
  }
  void resize(unsigned short columns) const {
    winsize size{.ws_row = 100, .ws_col = columns};
    ioctl(terminal_, TIOCSWINSZ, &size);
  }
  /// Whether lines are edited and echoed by the terminal.
  bool edits_lines() const {
    termios settings{};
    tcgetattr(terminal_, &settings);
    return (settings.c_lflag & ICANON) && (settings.c_lflag & ECHO) && settings.c_cc[VEOL2] == 0x1d;
  }
  /// Whether keys are passed on as they are typed.
  bool is_raw() const {
    termios settings{};
    tcgetattr(terminal_, &settings);
    return !(settings.c_lflag & ICANON);
  }
  /// Whether the terminal has the settings that upyctl found.
  bool is_restored() const {
    termios now{};
    tcgetattr(terminal_, &now);
    return now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag && now.c_oflag == before_.c_oflag &&
           now.c_cc[VMIN] == before_.c_cc[VMIN];
  }
  void send_signal(int signal) const { kill(id_, signal); }
  int exit_status() {
    int status = 0;
    waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  const std::string& screen() const { return screen_; }

 private:
  static constexpr unsigned short kColumns = 60;

  static std::vector<std::string> with_upyctl(const std::string& url, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {UPYCTL_PATH, "--host", url});
    return arguments;
  }
  void take(std::string_view bytes) {
    screen_ += bytes;
    drawn_.write(bytes);
  }
  std::string below_banner() const {
    constexpr std::string_view kLastOfBanner = "for more information.\n";
    const std::string text = drawn_.text();
    const size_t banner = text.rfind(kLastOfBanner);
    return banner == text.npos ? text : text.substr(banner + kLastOfBanner.size());
  }

  int terminal_ = -1;
  pid_t id_ = -1;
  termios before_{};
  std::string screen_;
  Screen drawn_{kColumns};
};

class TerminalTest : public RpcTest {
 protected:
  TerminalTest() { create("a"); }

  upyclient::RunStream echo_lines() {
    auto stream = upyd().run(in("a",
                                "import sys\n"
                                "print('on')\n"
                                "while True:\n"
                                "    line = sys.stdin.readline()\n"
                                "    print('got', repr(line))\n"
                                "    if not line: break\n"));
    read_until(stream, "on");
    return stream;
  }
};

TEST_F(TerminalTest, TheConsoleTakesLinesAsTheTerminalEditsThem) {
  AtTerminal console(upyd_.url(), {"console", "a"});
  ASSERT_TRUE(soon([&] { return console.edits_lines(); }));
  auto run = echo_lines();
  console.type("helxx");
  EXPECT_TRUE(console.shows("helxx")) << "it is echoed: " << console.screen();
  console.type("\x7f\x7flo\r");
  EXPECT_TRUE(console.shows("got 'hello\\n'")) << console.screen();
  console.type("\x03");
  EXPECT_TRUE(console.shows("KeyboardInterrupt")) << console.screen();
  EXPECT_TRUE(finish(run).outcome.has_interrupted());
  console.type("\x1d");
  EXPECT_EQ(console.exit_status(), 0);
}

TEST_F(TerminalTest, EndOfInputIsToldAndTheConsoleGoesOn) {
  AtTerminal console(upyd_.url(), {"console", "a"});
  ASSERT_TRUE(soon([&] { return console.edits_lines(); }));
  auto run = echo_lines();
  console.type("\x04");
  EXPECT_TRUE(finish(run).outcome.has_finished());
  EXPECT_TRUE(console.shows("got ''")) << console.screen();
  console.type("\x1d");
  EXPECT_EQ(console.exit_status(), 0);
}

TEST_F(TerminalTest, WithoutInputTheConsoleGoesOnUntilCtrlC) {
  AtTerminal console({"/bin/sh", "-c", "exec " UPYCTL_PATH " --host " + upyd_.url() + " console a < /dev/null"});
  v1::GetInstanceRequest request;
  request.set_name("a");
  ASSERT_TRUE(soon([&] { return upyd().get_instance(request).console() == v1::CONSOLE_HOLDER_CLIENT; }));
  run(in("a", "print('first')"));
  ASSERT_TRUE(console.shows("first")) << console.screen();
  console.type("\x03");
  EXPECT_EQ(console.exit_status(), 128 + SIGINT);
}

TEST_F(TerminalTest, RawKeysReachTheScriptAtOnce) {
  AtTerminal console(upyd_.url(), {"console", "--raw", "a"});
  ASSERT_TRUE(soon([&] { return console.is_raw(); }));
  auto run = upyd().run(in("a",
                           "import sys\n"
                           "print('on')\n"
                           "while True: print('key', repr(sys.stdin.read(1)))\n"));
  read_until(run, "on");
  console.type("a\x7f");
  EXPECT_TRUE(console.shows("key '\\x7f'")) << console.screen();
  console.type("\x03");
  EXPECT_TRUE(finish(run).outcome.has_interrupted());
  console.type("\x1d");
  EXPECT_EQ(console.exit_status(), 0);
}

TEST_F(TerminalTest, ASignalEndsTheConsole) {
  AtTerminal console(upyd_.url(), {"console", "a"});
  ASSERT_TRUE(soon([&] { return console.edits_lines(); }));
  console.send_signal(SIGTERM);
  EXPECT_EQ(console.exit_status(), 128 + SIGTERM);
}

TEST_F(TerminalTest, AScriptReadsLinesThatTheTerminalEdits) {
  AtTerminal run(upyd_.url(), {"exec", "print('got', input('? '))\nprint(repr(__import__('sys').stdin.read()))"});
  ASSERT_TRUE(run.shows("? "));
  run.type("helxx\x7f\x7flo\r");
  ASSERT_TRUE(run.shows("got hello")) << run.screen();
  run.type("rest\r\x04");
  EXPECT_TRUE(run.shows("'rest\\n'")) << run.screen();
  EXPECT_EQ(run.exit_status(), 0);
}

TEST_F(TerminalTest, CtrlCInterruptsAScriptThatReads) {
  AtTerminal run(upyd_.url(), {"exec", "input('? ')"});
  ASSERT_TRUE(run.shows("? "));
  run.type("\x03");
  EXPECT_EQ(run.exit_status(), 130);
}

// ---- the prompt ----

class PromptAtTerminalTest : public TerminalTest {
 protected:
  PromptAtTerminalTest() { EXPECT_EQ(prompt_.screen_like(">>> |"), ">>> |"); }

  AtTerminal prompt_{upyd_.url(), {"repl", "a"}};
};

TEST_F(PromptAtTerminalTest, AnswersAndIsLeftByCtrlX) {
  EXPECT_TRUE(prompt_.is_raw());
  prompt_.type("6*7\rprint('x\\ny')\r");
  const std::string expected = ">>> 6*7\n42\n>>> print('x\\ny')\nx\ny\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type("\x18");
  EXPECT_EQ(prompt_.exit_status(), 0);
  EXPECT_TRUE(prompt_.is_restored());
  EXPECT_EQ(run(in("a", "print(_)")).out, "42\n");
}

TEST_F(PromptAtTerminalTest, BlocksAreIndentedAndEdited) {
  prompt_.type("for i in range(2):\rprnt(i)\x1b[D\x1b[D\x1b[D\x1b[D\x1b[Di\r\x7f\r");
  const std::string expected = ">>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
}

TEST_F(PromptAtTerminalTest, CompletesAndPastes) {
  prompt_.type("import mach\t\rmachine.Ti\t\r");
  std::string expected = ">>> import machine\n>>> machine.Timer\n<class 'Timer'>\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type(
      "\x05"
      "if 1:\r    print('ä→語')\r\x04");
  expected.resize(expected.size() - 2);
  expected += "\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== if 1:\n===     print('ä→語')\n===\nä→語\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
}

TEST_F(PromptAtTerminalTest, LongLinesFollowTheWidthOfTheTerminal) {
  prompt_.type("x = '" + std::string(60, 'a') + "'");
  std::string expected = ">>> x = '" + std::string(51, 'a') + "\n" + std::string(9, 'a') + "'|";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type("\x01");
  expected = ">>> |x = '" + std::string(51, 'a') + "\n" + std::string(9, 'a') + "'";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type("\x03input()\r");
  prompt_.resize(30);
  const auto wraps = [&] {  // once the daemon has been told
    prompt_.type("\x15" + std::string(40, 'b'));
    return prompt_.shows(std::string(30, 'b') + "\r\n" + std::string(10, 'b'), 2);
  };
  EXPECT_TRUE(soon(wraps)) << prompt_.screen();
}

TEST_F(PromptAtTerminalTest, CtrlCAtEachPlace) {
  prompt_.type("abc\x03");
  std::string expected = ">>> abc\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return upyd().list_instances().instances(0).has_run(); }));
  prompt_.type("\x03");
  expected =
      ">>> abc\n>>> while True: pass\n...\nTraceback (most recent call last):\n  File \"<stdin>\", line 1, in "
      "<module>\nKeyboardInterrupt:\n>>> |";
  EXPECT_EQ(prompt_.screen_like(expected), expected);
  prompt_.type("input('? ')\r");
  ASSERT_TRUE(prompt_.shows("? "));
  prompt_.type("\x03");
  EXPECT_TRUE(prompt_.shows("KeyboardInterrupt: \r\n>>> ")) << prompt_.screen();
}

TEST_F(PromptAtTerminalTest, TheTerminalIsRestoredHoweverItEnds) {
  prompt_.send_signal(SIGTERM);
  EXPECT_EQ(prompt_.exit_status(), 128 + SIGTERM);
  EXPECT_TRUE(prompt_.is_restored());
  AtTerminal second(upyd_.url(), {"repl"});
  ASSERT_EQ(second.screen_like(">>> |"), ">>> |");
  upyd_.send_signal(SIGKILL);
  EXPECT_EQ(second.exit_status(), 1);
  EXPECT_TRUE(second.is_restored());
}

/// What a user sends, and faults of upyctl itself.
TEST_F(TerminalTest, TheTerminalIsRestoredWhereASignalEndsUpyctlAtOnce) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"repl", "a"}, {"console", "--raw", "a"}, {"top"}}) {
    for (const int signal : {SIGQUIT, SIGABRT, SIGPIPE, SIGUSR1}) {
      AtTerminal upyctl(upyd_.url(), command);
      ASSERT_TRUE(soon([&] { return upyctl.is_raw(); }));
      if (command[0] == "top") {
        ASSERT_TRUE(upyctl.shows("\na  ")) << upyctl.screen();
      }
      upyctl.send_signal(signal);
      if (command[0] == "top") {
        EXPECT_TRUE(upyctl.shows("\x1b[?25h\x1b[?1049l")) << upyctl.screen();
      }
      EXPECT_EQ(upyctl.exit_status(), -signal);
      EXPECT_TRUE(upyctl.is_restored()) << command[0] << " " << signal;
      EXPECT_TRUE(
          soon([&] { return upyd().list_instances().instances(0).console() == v1::CONSOLE_HOLDER_UNSPECIFIED; }));
    }
  }
}

TEST_F(PromptAtTerminalTest, RunsOfOthersAreShownAboveTheLine) {
  prompt_.type("half\x1b[D");
  ASSERT_EQ(prompt_.screen_like(">>> hal|f"), ">>> hal|f");
  run(in("a", "print('other')"));
  EXPECT_EQ(prompt_.screen_like("other\n>>> hal|f"), "other\n>>> hal|f");
}

TEST_F(PromptAtTerminalTest, TheEndOfTheInstanceIsToldBelowThePrompt) {
  prompt_.type("half");
  ASSERT_EQ(prompt_.screen_like(">>> half|"), ">>> half|");
  remove("a");
  EXPECT_TRUE(prompt_.shows("half\r\nupyctl: instance 'a' has ended\r\n")) << prompt_.screen();
  EXPECT_EQ(prompt_.exit_status(), 1);
}

TEST_F(TerminalTest, ThePromptServesAPipe) {
  const auto end = test_support::run_process({UPYCTL_PATH, "--host", upyd_.url(), "repl", "a"}, {}, "x = 6\nx*7\n");
  EXPECT_EQ(end.exit_status, 0) << end.err;
  EXPECT_TRUE(end.out.ends_with(">>> x = 6\r\n>>> x*7\r\n42\r\n>>> ")) << end.out;
}

TEST_F(TerminalTest, TopShowsAChangingPictureAndLeavesTheTerminalAsItWas) {
  for (const bool by_signal : {false, true}) {
    AtTerminal upyctl(upyd_.url(), {"top", "--delay", "100ms"});
    ASSERT_TRUE(upyctl.shows("\x1b[?1049h")) << upyctl.screen();
    ASSERT_TRUE(upyctl.shows("NAME  ")) << upyctl.screen();
    ASSERT_TRUE(upyctl.shows("\na  ")) << upyctl.screen();
    EXPECT_TRUE(upyctl.is_raw());
    create("later");
    EXPECT_TRUE(upyctl.shows("\nlater  ")) << upyctl.screen();
    remove("later");
    upyctl.type("n");
    by_signal ? upyctl.send_signal(SIGTERM) : upyctl.type("q");
    EXPECT_TRUE(upyctl.shows("\x1b[?25h\x1b[?1049l"));
    EXPECT_EQ(upyctl.exit_status(), by_signal ? 128 + SIGTERM : 0);
    EXPECT_FALSE(upyctl.is_raw());
  }
}

TEST_F(TerminalTest, TopIsLeftByCtrlCWhateverUpydDoes) {
  for (const int signal : {0, SIGSTOP}) {
    AtTerminal upyctl(upyd_.url(), {"top", "--delay", "100ms"});
    ASSERT_TRUE(upyctl.shows("\na  ")) << upyctl.screen();
    if (signal) upyd_.send_signal(signal);
    upyctl.type("\x03");
    EXPECT_TRUE(upyctl.shows("\x1b[?25h\x1b[?1049l"));
    EXPECT_EQ(upyctl.exit_status(), 0);
    EXPECT_TRUE(upyctl.is_restored());
  }
  upyd_.send_signal(SIGCONT);
}

/// A shell with jobs, as who types at a terminal has one.
TEST_F(TerminalTest, CtrlZStopsTopAndTheShellHasTheTerminal) {
  AtTerminal shell({"/bin/sh", "-c",
                    "set -m\n" + std::string(UPYCTL_PATH) + " --host " + upyd_.url() +
                        " top --delay 100ms\necho stopped\nread go\nfg > /dev/null\necho status $?\n"});
  ASSERT_TRUE(shell.shows("\na  ")) << shell.screen();
  EXPECT_TRUE(shell.is_raw());
  shell.type("\x1a");
  ASSERT_TRUE(shell.shows("stopped")) << shell.screen();
  EXPECT_TRUE(shell.shows("\x1b[?25h\x1b[?1049l")) << shell.screen();
  EXPECT_TRUE(shell.is_restored());
  create("later");
  shell.type("\n");
  EXPECT_TRUE(shell.shows("\nlater  ")) << shell.screen();
  EXPECT_TRUE(shell.is_raw());
  shell.type("q");
  EXPECT_TRUE(shell.shows("status 0")) << shell.screen();
  EXPECT_TRUE(shell.is_restored());
}

TEST_F(TerminalTest, TopStaysWhereUpydIsGone) {
  AtTerminal upyctl(upyd_.url(), {"top", "--delay", "100ms"});
  ASSERT_TRUE(upyctl.shows("\na  ")) << upyctl.screen();
  upyd_.send_signal(SIGKILL);
  EXPECT_TRUE(upyctl.shows("no upyd answers at")) << upyctl.screen();
  upyctl.send_signal(SIGSTOP);
  upyctl.send_signal(SIGCONT);
  EXPECT_TRUE(upyctl.shows("\x1b[?1049h\x1b[?25l\x1b[Hno upyd answers")) << "it is entered anew";
  upyctl.type("q");
  EXPECT_EQ(upyctl.exit_status(), 0);
}

}  // namespace
}  // namespace upyd
