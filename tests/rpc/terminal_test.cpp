/// upyctl at a terminal.

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "rpc_test.h"

namespace upyd {
namespace {

/// `upyctl` on a pseudo-terminal whose other end is the test.
class AtTerminal {
 public:
  AtTerminal(const std::string& url, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {UPYCTL_PATH, "--host", url});
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    id_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (id_ == 0) {
      execv(argv[0], argv.data());
      _exit(126);
    }
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
  /// Whether the screen shows that text before long.
  bool shows(const std::string& text) {
    for (int patience = 0; patience < 100; patience++) {
      if (screen_.find(text) != std::string::npos) return true;
      pollfd waiting{terminal_, POLLIN, 0};
      char buffer[4096];
      if (poll(&waiting, 1, 100) <= 0) continue;
      const ssize_t size = read(terminal_, buffer, sizeof buffer);
      if (size <= 0) break;
      screen_.append(buffer, static_cast<size_t>(size));
    }
    return screen_.find(text) != std::string::npos;
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
  void send_signal(int signal) const { kill(id_, signal); }
  int exit_status() {
    int status = 0;
    waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  const std::string& screen() const { return screen_; }

 private:
  int terminal_ = -1;
  pid_t id_ = -1;
  std::string screen_;
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

}  // namespace
}  // namespace upyd
