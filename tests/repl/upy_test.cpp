#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/screen.h"

/// The prompt of upy as people meet it: on a terminal, whose screen is looked at.
namespace {

constexpr auto kTimeout = std::chrono::seconds(20);
constexpr unsigned short kColumns = 60;

/// A home directory of its own, so that the history is not the developer's.
class Home {
 public:
  Home() : path_(testing::TempDir() + "upy_home_XXXXXX") {
    if (!mkdtemp(path_.data())) std::abort();
  }
  ~Home() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// upy on a terminal.
class Upy {
 public:
  explicit Upy(const Home& home, std::vector<std::string> arguments = {}) {
    winsize size{.ws_row = 100, .ws_col = kColumns};
    int slave;
    if (openpty(&master_, &slave, nullptr, nullptr, &size) != 0) std::abort();
    slave_ = slave;
    tcgetattr(slave_, &before_);
    child_ = fork();
    if (child_ == 0) {
      close(master_);
      login_tty(slave);
      setenv("HOME", home.path().c_str(), 1);
      std::vector<char*> argv{const_cast<char*>(UPY_PATH)};
      for (std::string& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      execv(UPY_PATH, argv.data());
      _exit(127);
    }
  }
  ~Upy() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(master_);
    close(slave_);
  }

  void type(std::string_view bytes) {
    if (write(master_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
  }
  void send(int signal) { kill(child_, signal); }
  void resize(unsigned short columns) {
    winsize size{.ws_row = 100, .ws_col = columns};
    ioctl(master_, TIOCSWINSZ, &size);
  }

  /// What the screen shows, below the banner, when it shows what it should; else after a long time.
  std::string screen(const std::string& expected) {
    const auto end = std::chrono::steady_clock::now() + kTimeout;
    while (shown() != expected && std::chrono::steady_clock::now() < end) read_some();
    EXPECT_EQ(screen_.misunderstood(), 0);
    return shown();
  }
  /// Waits until the screen ends like that.
  bool ends_with(std::string_view end) {
    const auto when = std::chrono::steady_clock::now() + kTimeout;
    while (!shown().ends_with(end) && std::chrono::steady_clock::now() < when) read_some();
    return shown().ends_with(end);
  }
  /// Waits for its end, and answers its exit status, or the signal that ended it as a negative number.
  int status() {
    const auto end = std::chrono::steady_clock::now() + kTimeout;
    int status = 0;
    while (waitpid(child_, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > end) return -1000;
      read_some();
    }
    child_ = -1;
    while (read_some()) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  bool is_raw() const {
    termios now;
    tcgetattr(slave_, &now);
    return !(now.c_lflag & ICANON);
  }
  /// Whether the terminal has the settings that upy found.
  bool is_restored() const {
    termios now;
    tcgetattr(slave_, &now);
    return now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag && now.c_oflag == before_.c_oflag &&
           now.c_cc[VMIN] == before_.c_cc[VMIN];
  }
  void set_as_before() { tcsetattr(slave_, TCSANOW, &before_); }

 private:
  bool read_some() {
    pollfd polled{master_, POLLIN, 0};
    if (poll(&polled, 1, 20) <= 0) return false;
    char buffer[4096];
    const ssize_t count = read(master_, buffer, sizeof buffer);
    if (count <= 0) return false;
    screen_.write({buffer, static_cast<size_t>(count)});
    return true;
  }
  std::string shown() const {
    constexpr std::string_view kLastOfBanner = "for more information.\n";
    const std::string text = screen_.text();
    const size_t banner = text.find(kLastOfBanner);
    return banner == text.npos ? text : text.substr(banner + kLastOfBanner.size());
  }

  int master_, slave_;
  pid_t child_;
  termios before_;
  Screen screen_{kColumns};
};

class UpyTest : public testing::Test {
 protected:
  Home home;
};

TEST_F(UpyTest, AnswersAndExits) {
  Upy upy(home);
  EXPECT_EQ(upy.screen(">>> |"), ">>> |");
  upy.type("6*7\r_\r");
  EXPECT_EQ(upy.screen(">>> 6*7\n42\n>>> _\n42\n>>> |"), ">>> 6*7\n42\n>>> _\n42\n>>> |");
  upy.type("\x04");
  EXPECT_EQ(upy.status(), 0);
  EXPECT_TRUE(upy.is_restored());
}

TEST_F(UpyTest, CompletesAndListsNames) {
  const char* golden =
      ">>> import sys\n"
      ">>> sys.p\n"
      "path            platform        print_exception\n"
      "ps1             ps2\n"
      ">>> sys.platform\n"
      "'linux'\n"
      ">>> |";
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("imp\tsys\rsys.p\tla\t\r");
  EXPECT_EQ(upy.screen(golden), golden);
}

TEST_F(UpyTest, EditsStatementsOfSeveralLines) {
  const char* golden =
      ">>> def f(n):\n"
      "...     if n:\n"
      "...         return n * f(n - 1)\n"
      "...     return 1\n"
      "...\n"
      ">>> f(5)\n"
      "120\n"
      ">>> |";
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type(
      "def f(n):\rif n:\rreturn n * f(n - 2\x7f"
      "1)\r\x7freturn 1\r\x7f\rf(5)\r");
  EXPECT_EQ(upy.screen(golden), golden);
}

TEST_F(UpyTest, Pastes) {
  const char* golden =
      ">>>\n"
      "paste mode; Ctrl-C to cancel, Ctrl-D to finish\n"
      "=== for i in range(2):\n"
      "===\n"
      "===     print(i)\n"
      "===\n"
      "0\n"
      "1\n"
      ">>> |";
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("\x05");
  ASSERT_TRUE(upy.ends_with("=== |"));
  upy.type("for i in range(2):\r\r    print(i)\r\x04");
  EXPECT_EQ(upy.screen(golden), golden);
}

TEST_F(UpyTest, EditsUtf8) {
  const char* golden =
      ">>> 'größer: 漢字!'\n"
      "'größer: 漢字!'\n"
      ">>> |";
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("'größer: 字'\x02\x02漢\x05\x02!\r");
  EXPECT_EQ(upy.screen(golden), golden);
}

TEST_F(UpyTest, EditsLinesThatAreLongerThanTheTerminal) {
  const std::string half(40, 'x'), other(40, 'y');
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("len('" + half + other + "')\x01");
  std::string golden = ">>> |len('" + half + other.substr(0, 11) + "\n" + other.substr(11) + "')";
  EXPECT_EQ(upy.screen(golden), golden);
  upy.type("1+\r");
  golden = ">>> 1+len('" + half + other.substr(0, 9) + "\n" + other.substr(9) + "')\n81\n>>> |";
  EXPECT_EQ(upy.screen(golden), golden);
}

TEST_F(UpyTest, KnowsTheTerminalsWidth) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.resize(0);
  upy.type(std::string(3, '1') + "\x02\x02\x02+\r");
  EXPECT_TRUE(upy.ends_with(">>> +111\n111\n>>> |"));
}

// ---- Ctrl-C ----

TEST_F(UpyTest, CtrlCOnAnyLine) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type(
      "\x03"
      "12\x03"
      "if 1:\r\x03");
  EXPECT_EQ(upy.screen(">>>\n>>> 12\n>>> if 1:\n...\n>>> |"), ">>>\n>>> 12\n>>> if 1:\n...\n>>> |");
  upy.type("\x05");
  ASSERT_TRUE(upy.ends_with("=== |"));
  upy.type("x\x03");
  EXPECT_TRUE(upy.ends_with("=== x\n>>> |"));
}

TEST_F(UpyTest, CtrlCInterruptsWhatRuns) {
  for (const char* busy : {"while 1: pass\r\r", "time.sleep(100)\r", "input()\r", "sys.stdin.read(1)\r",
                           "asyncio.run(asyncio.sleep(100))\r", "sum(range(1 << 50))\r"}) {
    Upy upy(home);
    ASSERT_TRUE(upy.ends_with(">>> |"));
    upy.type("import asyncio, sys, time\r");
    ASSERT_TRUE(upy.ends_with("import asyncio, sys, time\n>>> |"));
    upy.type(busy);
    const auto end = std::chrono::steady_clock::now() + kTimeout;
    while (upy.is_raw() && std::chrono::steady_clock::now() < end) upy.ends_with("|");
    upy.type("\x03");
    EXPECT_TRUE(upy.ends_with("KeyboardInterrupt:\n>>> |")) << busy;
    upy.type("1+1\r");
    EXPECT_TRUE(upy.ends_with(">>> 1+1\n2\n>>> |")) << busy;
  }
}

TEST_F(UpyTest, CtrlCDropsWhatWasTypedAhead) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("import time\rprint('begun'); time.sleep(100)\rprint('dropped')\r");
  ASSERT_TRUE(upy.ends_with("begun\n|"));
  upy.type("\x03");
  ASSERT_TRUE(upy.ends_with("KeyboardInterrupt:\n>>> |"));
  upy.type("1+1\r");
  EXPECT_TRUE(upy.ends_with("KeyboardInterrupt:\n>>> 1+1\n2\n>>> |"));
}

TEST_F(UpyTest, CtrlCInterruptsACallback) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("from machine import Timer\r");
  upy.type("t = Timer(period=1, mode=Timer.ONE_SHOT, callback=lambda t: print('begun') or any(iter(int, 1)))\r");
  ASSERT_TRUE(upy.ends_with("begun\n|"));
  upy.type("\x03");
  EXPECT_TRUE(upy.ends_with("KeyboardInterrupt:\n|"));
  upy.type("1+1\r");
  EXPECT_TRUE(upy.ends_with("1+1\n2\n>>> |"));
}

TEST_F(UpyTest, TheSignalAloneStartsANewLine) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("12");
  ASSERT_TRUE(upy.ends_with(">>> 12|"));
  upy.send(SIGINT);
  EXPECT_EQ(upy.screen(">>> 12\n>>> |"), ">>> 12\n>>> |");
}

// ---- the terminal ----

TEST_F(UpyTest, ScriptsHaveTheTerminalAsItWas) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("input('name' + '? ')\r");  // what is typed never ends as what is asked
  ASSERT_TRUE(upy.ends_with("name? |"));
  EXPECT_TRUE(upy.is_restored());
  upy.type("uxyd\x7f\x7f\x7fpyd\n");
  EXPECT_TRUE(upy.ends_with("'upyd'\n>>> |"));
  EXPECT_TRUE(upy.is_raw());
}

TEST_F(UpyTest, RestoresTheTerminalWhateverEndsIt) {
  for (const int number : {SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT}) {
    Upy upy(home);
    ASSERT_TRUE(upy.ends_with(">>> |"));
    EXPECT_TRUE(upy.is_raw());
    upy.send(number);
    EXPECT_EQ(upy.status(), -number);
    EXPECT_TRUE(upy.is_restored()) << strsignal(number);
  }
}

TEST_F(UpyTest, TakesTheTerminalAgainAfterAStop) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.send(SIGSTOP);
  upy.set_as_before();
  upy.send(SIGCONT);
  const auto end = std::chrono::steady_clock::now() + kTimeout;
  while (!upy.is_raw() && std::chrono::steady_clock::now() < end) usleep(1000);
  EXPECT_TRUE(upy.is_raw());
}

TEST_F(UpyTest, ExitsWithAStatus) {
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("import sys\rsys.exit(3)\r");
  EXPECT_EQ(upy.status(), 3);
  EXPECT_TRUE(upy.is_restored());
}

// ---- history ----

TEST_F(UpyTest, KeepsTheHistoryInAFile) {
  {
    Upy upy(home);
    ASSERT_TRUE(upy.ends_with(">>> |"));
    upy.type("first = 1\rsecond = 'ü'\r");
    ASSERT_TRUE(upy.ends_with("'ü'\n>>> |"));
    upy.type("\x04");
    EXPECT_EQ(upy.status(), 0);
  }
  struct stat status;
  ASSERT_EQ(stat(home.file(".upy_history").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  Upy upy(home);
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("\x1b[A");
  EXPECT_TRUE(upy.ends_with(">>> second = 'ü'|"));
  upy.type("\x1b[A");
  EXPECT_TRUE(upy.ends_with(">>> first = 1|"));
}

// ---- when there is a prompt ----

TEST_F(UpyTest, APromptMayFollowAScript) {
  std::ofstream(home.file("script.py")) << "import sys\nx = 42\nprint(sys.argv)\n1 / 0\n";
  Upy upy(home, {"-i", home.file("script.py"), "argument"});
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("x\r");
  EXPECT_TRUE(upy.ends_with(">>> x\n42\n>>> |"));
  upy.type("\x04");
  EXPECT_EQ(upy.status(), 0);
}

TEST_F(UpyTest, AScriptMayAskForAPrompt) {
  Upy upy(home, {"-c", "import os; os.putenv('MICROPYINSPECT', '1'); x = 42"});
  ASSERT_TRUE(upy.ends_with(">>> |"));
  upy.type("x\r");
  EXPECT_TRUE(upy.ends_with(">>> x\n42\n>>> |"));
}

TEST_F(UpyTest, AScriptAloneHasNone) {
  Upy upy(home, {"-c", "print('done')"});
  EXPECT_EQ(upy.status(), 0);
  EXPECT_EQ(upy.screen("done\n|"), "done\n|");
}

/// What upy prints with that as its standard input.
std::string output_of_pipe(const std::string& input, const std::string& arguments = "") {
  const std::string command = "printf '%s' \"" + input + "\" | " UPY_PATH " " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  char buffer[1024];
  while (const size_t count = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
  pclose(pipe);
  return output;
}

TEST_F(UpyTest, InputFromAPipeIsAScript) {
  EXPECT_EQ(output_of_pipe("6*7\nprint('x')\n"), "x\n");
  const std::string output = output_of_pipe("6*7\n", "-i");
  EXPECT_TRUE(output.ends_with(">>> 6*7\r\n42\n>>> ")) << "unless it asks for a prompt: " << output;
}

}  // namespace
