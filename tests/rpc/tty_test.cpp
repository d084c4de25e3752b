#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

#include "rpc_test.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using grpc::StatusCode;

/// A program that has opened the terminal of an instance.
class Opener {
 public:
  explicit Opener(const std::string& path) : descriptor_(open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    EXPECT_GE(descriptor_, 0) << path;
  }
  ~Opener() { close(); }
  Opener(const Opener&) = delete;
  Opener& operator=(const Opener&) = delete;

  int descriptor() const { return descriptor_; }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  void type(std::string_view bytes) const {
    EXPECT_EQ(write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  /// What comes until it ends with `end`, or for a long time.
  std::string read_until(std::string_view end) const {
    std::string shown;
    const auto when = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!shown.ends_with(end) && std::chrono::steady_clock::now() < when) {
      pollfd waiting{descriptor_, POLLIN, 0};
      if (poll(&waiting, 1, 100) <= 0) continue;
      char byte;
      if (read(descriptor_, &byte, 1) != 1) break;
      shown += byte;
    }
    EXPECT_TRUE(shown.ends_with(end)) << shown;
    return shown;
  }
  std::string answer(std::string_view keys, std::string_view end = "\r\n>>> ") const {
    type(keys);
    return read_until(end);
  }
  /// Whether the terminal hangs up before long.
  bool is_hung_up() const {
    pollfd waiting{descriptor_, 0, 0};
    return poll(&waiting, 1, 20'000) == 1 && (waiting.revents & POLLHUP);
  }

 private:
  int descriptor_;
};

/// The pseudo-terminals of instances.
class TtyTest : public RpcTest {
 protected:
  TtyTest() { create("a", with_tty()); }

  static v1::InstanceConfig with_tty() {
    v1::InstanceConfig config;
    config.mutable_tty()->set_enabled(true);
    return config;
  }
  std::string path(const std::string& name = "a") const { return upyd_.tty_directory() + "/" + name; }
  v1::Instance get(const std::string& name = "a") {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd().get_instance(request);
  }
  bool is_free() { return get().console() == v1::CONSOLE_HOLDER_UNSPECIFIED; }
};

TEST_F(TtyTest, IsMadeAndRemovedWithTheInstance) {
  EXPECT_EQ(get().tty(), path());
  EXPECT_TRUE(fs::is_symlink(path()));
  EXPECT_TRUE(fs::is_character_file(path()));
  struct stat about {};
  ASSERT_EQ(stat(path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0660u);
  EXPECT_EQ(about.st_gid, getegid());
  create("without");
  EXPECT_EQ(get("without").tty(), "");
  EXPECT_FALSE(fs::is_symlink(path("without")));
  remove("a");
  EXPECT_FALSE(fs::is_symlink(path()));
  create("a", with_tty());
  EXPECT_TRUE(fs::is_character_file(path()));
}

TEST_F(TtyTest, WhoeverOpensItIsAtThePrompt) {
  const Opener opener(path());
  EXPECT_TRUE(opener.read_until(">>> ").starts_with("MicroPython v"));
  EXPECT_EQ(opener.answer("x = 6\r"), "x = 6\r\n>>> ");
  EXPECT_EQ(opener.answer("print(x*7)\r"), "print(x*7)\r\n42\r\n>>> ");
  termios settings{};
  tcgetattr(opener.descriptor(), &settings);
  EXPECT_FALSE(settings.c_lflag & (ICANON | ECHO));
  EXPECT_EQ(get().console(), v1::CONSOLE_HOLDER_TTY);
}

TEST_F(TtyTest, IsOpenedOneAfterTheOther) {
  for (unsigned i = 0; i < 20; ++i) {
    ASSERT_TRUE(soon([&] { return is_free() && get().runs() == i && !get().has_run(); }));
    const Opener opener(path());
    ASSERT_TRUE(opener.read_until(">>> ").starts_with("MicroPython v")) << "and nothing of the one before";
    termios settings{};
    tcgetattr(opener.descriptor(), &settings);
    EXPECT_FALSE(settings.c_lflag & ECHO) << "nor is it set as that one did";
    opener.type("x = 'what nobody reads'; x\r");
    settings.c_lflag |= ECHO;
    ASSERT_EQ(tcsetattr(opener.descriptor(), TCSANOW, &settings), 0);
    ASSERT_EQ(ioctl(opener.descriptor(), TIOCEXCL), 0);
  }
}

TEST_F(TtyTest, WhoHasStoppedItsOutputStopsNoOther) {
  {
    const Opener opener(path());
    opener.read_until(">>> ");
    ASSERT_EQ(tcflow(opener.descriptor(), TCOOFF), 0);
  }
  ASSERT_TRUE(soon([&] { return is_free(); }));
  const Opener opener(path());
  EXPECT_TRUE(opener.answer("\r\x03\x02print(1)\r", "\r\n1\r\n>>> ").ends_with("print(1)\r\n1\r\n>>> "));
}

TEST_F(TtyTest, IsOpenedAgainAtOnce) {
  for (int i = 0; i < 100; ++i) {
    const Opener opener(path());
    EXPECT_TRUE(opener.answer("\r\x03\x02print(1)\r", "\r\n1\r\n>>> ").ends_with("print(1)\r\n1\r\n>>> "));
  }
}

TEST_F(TtyTest, WhatIsTypedBeforeClosingStillRuns) {
  Opener opener(path());
  opener.read_until(">>> ");
  opener.type("import time; time.sleep_ms(50); y = 8\r");
  opener.close();
  EXPECT_TRUE(soon([&] { return is_free() && get().runs() == 1 && !get().has_run(); }));
  EXPECT_EQ(run(in("a", "print(y)")).out, "8\n");
}

TEST_F(TtyTest, CtrlCBehindMuchThatNobodyReadsInterrupts) {
  const Opener opener(path());
  opener.read_until(">>> ");
  opener.type("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return get().has_run(); }));
  for (int i = 0; i < 200; ++i) opener.type(std::string(1023, '#') + "\r");
  opener.type("\x03");
  EXPECT_NE(opener.read_until("\r\n>>> ").find("KeyboardInterrupt"), std::string::npos);
  EXPECT_EQ(opener.answer("1\r"), "1\r\n1\r\n>>> ") << "what came before it is dropped";
}

TEST_F(TtyTest, SeveralMayHaveItOpen) {
  Opener first(path());
  first.read_until(">>> ");
  const Opener second(path());
  EXPECT_EQ(second.answer("1+1\r"), "1+1\r\n2\r\n>>> ");
  first.close();
  EXPECT_EQ(second.answer("2+2\r"), "2+2\r\n4\r\n>>> ") << "the console is theirs until the last one closes it";
}

TEST_F(TtyTest, OneHasTheConsole) {
  v1::ConsoleRequest request = console_of("a");
  request.set_prompt(true);
  {
    auto console = open_console(request);
    const Opener opener(path());
    const std::string told = opener.read_until("leaves\r\n");
    EXPECT_NE(told.find("another client has the console of instance 'a'"), std::string::npos) << told;
  }
  ASSERT_TRUE(soon([&] { return is_free(); }));
  const Opener opener(path());
  opener.read_until(">>> ");
  try {
    open_console(request);
    ADD_FAILURE() << "the console was given away twice";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::FAILED_PRECONDITION);
    EXPECT_NE(std::string(error.what()).find("whoever has opened " + path()), std::string::npos) << error.what();
  }
}

TEST_F(TtyTest, WhoWaitsGetsTheConsoleWhenTyping) {
  v1::ConsoleRequest request = console_of("a");
  std::optional<upyclient::ConsoleStream> console(open_console(request));
  const Opener opener(path());
  opener.read_until("leaves\r\n");
  console.reset();
  ASSERT_TRUE(soon([&] { return is_free(); }));
  EXPECT_TRUE(opener.answer("\r", ">>> ").starts_with("MicroPython v"));
}

TEST_F(TtyTest, AProgramThatDoesNotReadStopsNobody) {
  const Opener opener(path());
  opener.read_until(">>> ");
  const auto record = run(in("a", "for i in range(20000): print('x' * 100)\nprint('end')"));
  EXPECT_TRUE(record.out.ends_with("end\n"));
  EXPECT_NE(opener.read_until("lost here\r\n").find("bytes of output were lost here"), std::string::npos);
}

TEST_F(TtyTest, GarbageDoesNoHarm) {
  std::mt19937 random(1);
  for (int round = 0; round < 10; ++round) {
    const Opener opener(path());
    std::string garbage;
    for (int i = 0; i < 2000; ++i) garbage += static_cast<char>(random());
    opener.type(garbage);
  }
  ASSERT_TRUE(soon([&] { return is_free(); }));
  const Opener opener(path());
  EXPECT_NE(opener.read_until("MicroPython v").find("MicroPython v"), std::string::npos);
  opener.read_until(">>> ");
  EXPECT_EQ(opener.answer("1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(TtyTest, AClientThatStopsInARawPasteDoesNoHarm) {
  {
    const Opener opener(path());
    opener.read_until(">>> ");
    opener.answer("\x01", "exit\r\n>");
    opener.answer(std::string("\x05"
                              "A\x01"),
                  "\x08\x01");
    opener.type("print('half a scr");
  }
  ASSERT_TRUE(soon([&] { return is_free(); }));
  const Opener opener(path());
  opener.read_until(">>> ");
  EXPECT_EQ(opener.answer("1\r"), "1\r\n1\r\n>>> ");
}

TEST_F(TtyTest, HangsUpWhereTheInstanceIsDeleted) {
  const Opener opener(path());
  opener.read_until(">>> ");
  opener.type("while True: pass\r\r");
  ASSERT_TRUE(soon([&] { return get().has_run(); }));
  remove("a");
  EXPECT_TRUE(opener.is_hung_up());
  EXPECT_FALSE(fs::is_symlink(path()));
}

/// Their terminals may be somebody else's by now.
TEST_F(TtyTest, LinksOfAnUpydThatWasKilledAreRemoved) {
  const test_support::TemporaryDirectory directory;
  const std::string config = "tty_dir = \"" + directory.file("tty") + "\"";
  const auto has = [&](const std::string& name) {
    return fs::exists(fs::symlink_status(directory.file("tty/" + name)));
  };
  const auto create = [](test_support::UpydProcess& upyd, const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    *request.mutable_config() = with_tty();
    upyd.connection().create_instance(request);
  };
  {
    test_support::UpydProcess killed(config);
    create(killed, "a");
    killed.send_signal(SIGKILL);
    killed.wait();
  }
  ASSERT_TRUE(has("a"));
  std::ofstream(directory.file("tty/mine")) << "x";
  test_support::UpydProcess upyd(config);
  EXPECT_FALSE(has("a"));
  EXPECT_TRUE(has("mine"));
  create(upyd, "b");
  EXPECT_EQ(code_of([&] { create(upyd, "mine"); }), grpc::FAILED_PRECONDITION) << "it is no link";
  EXPECT_TRUE(has("mine"));
  EXPECT_FALSE(has(".mine"));
  const test_support::UpydProcess another(config);
  EXPECT_TRUE(has("b")) << "upyd is alive";
}

TEST_F(TtyTest, WhatCanNotBeGivenIsToldOf) {
  const auto code = [&](const v1::InstanceConfig& config) { return code_of([&] { create("b", config); }); };
  v1::InstanceConfig config = with_tty();
  config.mutable_tty()->set_mode(01777);
  EXPECT_EQ(code(config), StatusCode::INVALID_ARGUMENT);
  config = with_tty();
  config.mutable_tty()->set_owner("nobody-of-that-name");
  EXPECT_EQ(code(config), StatusCode::INVALID_ARGUMENT);
  config = with_tty();
  config.mutable_tty()->set_group("no-group-of-that-name");
  EXPECT_EQ(code(config), StatusCode::INVALID_ARGUMENT);
  fs::create_directories(path("b"));  // where the link belongs
  EXPECT_EQ(code(with_tty()), StatusCode::FAILED_PRECONDITION);
  fs::remove(path("b"));
  config = with_tty();
  config.mutable_tty()->set_mode(0600);
  EXPECT_EQ(code(config), StatusCode::OK);
  struct stat about {};
  ASSERT_EQ(stat(path("b").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

}  // namespace
}  // namespace upyd
