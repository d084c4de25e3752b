#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

/// Another user puts links in the place of sockets, terminals and files as fast as they can, while upyd makes, opens
/// and removes them: it never does so to what the links lead to. RACE_SECONDS is how long each of these takes.
namespace upyd {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using test_support::Process;
using test_support::TemporaryDirectory;
using test_support::UpydProcess;

constexpr uid_t kAttacker = 54077;

std::chrono::seconds duration() {
  const char* const seconds = std::getenv("RACE_SECONDS");
  return std::chrono::seconds(seconds ? std::atoi(seconds) : 2);
}

/// What is in a directory, with contents and permissions.
std::map<std::string, std::string> contents_of(const fs::path& directory) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    struct stat status {};
    lstat(entry.path().c_str(), &status);
    std::ostringstream text;
    text << std::oct << status.st_mode << ' ' << status.st_uid << ' ' << status.st_gid << ' ' << status.st_nlink << ' ';
    if (entry.is_regular_file()) text << std::ifstream(entry.path()).rdbuf();
    contents[entry.path()] = text.str();
  }
  return contents;
}

class PathRacesTest : public testing::Test {
 protected:
  static constexpr const char* kSecret = "what only root may read";

  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can be what others attack";
    fs::create_directory(victims_.file("d"));
    for (const char* name : {"victim", ".victim", "s.sock", "s.sock.lock", "d/victim"}) {
      std::ofstream(victims_.file(name)) << kSecret;
      chmod(victims_.file(name).c_str(), 0600);
    }
    before_ = contents_of(victims_.path());
  }
  ~PathRacesTest() override {
    if (attacker_ <= 0) return;
    kill(attacker_, SIGKILL);
    waitpid(attacker_, nullptr, 0);
  }
  /// Has `attack` done over and over by another user.
  void begin_attack(const std::function<void()>& attack) {
    attacker_ = fork();
    if (attacker_ != 0) return;
    if (setgid(kAttacker) != 0 || setuid(kAttacker) != 0) _exit(1);
    for (;;) attack();
  }
  void expect_victims_unharmed() { EXPECT_EQ(contents_of(victims_.path()), before_); }
  /// Does `act` over and over meanwhile.
  static int for_a_while(const std::function<void()>& act) {
    int times = 0;
    for (const auto end = Clock::now() + duration(); Clock::now() < end; ++times) act();
    return times;
  }

  TemporaryDirectory victims_, place_;
  std::map<std::string, std::string> before_;
  pid_t attacker_ = -1;
};

TEST_F(PathRacesTest, Sockets) {
  chmod(place_.path().c_str(), 0777);
  const std::string socket = place_.file("s.sock"), lock = socket + ".lock", aside = place_.file("aside");
  const std::string victim = victims_.file("victim");
  begin_attack([&] {
    for (const std::string& path : {socket, lock}) {
      unlink(aside.c_str());
      (void)!symlink(victim.c_str(), aside.c_str());
      rename(aside.c_str(), path.c_str());
      unlink(path.c_str());
    }
  });
  const TemporaryDirectory state;
  const int times = for_a_while([&] {
    Process upyd({UpydProcess::kUpyd, "--listen", "unix://" + socket, "--state", state.path().string()});
    upyd.prints("listening", std::chrono::milliseconds(200));
    upyd.send_signal(SIGTERM);
    upyd.wait();
  });
  EXPECT_GT(times, 0);
  expect_victims_unharmed();
}

TEST_F(PathRacesTest, Terminals) {
  chmod(place_.path().c_str(), 0777);
  const std::string directory = place_.file("tty"), aside = place_.file("aside"), own = place_.file("own");
  begin_attack([&] {
    unlink(aside.c_str());
    (void)!symlink(victims_.path().c_str(), aside.c_str());
    rename(directory.c_str(), own.c_str());
    rename(aside.c_str(), directory.c_str());
    unlink(directory.c_str());
    rename(own.c_str(), directory.c_str());
  });
  UpydProcess upyd("tty_dir = \"" + directory + "\"\n");
  v1::CreateInstanceRequest create;
  create.set_name("victim");
  create.mutable_config()->mutable_tty()->set_enabled(true);
  v1::DeleteInstanceRequest remove;
  remove.set_name("victim");
  for_a_while([&] {
    try {
      upyd.connection().create_instance(create);
      upyd.connection().delete_instance(remove);
    } catch (const upyclient::Error&) {
      // That there can be no terminal is right.
    }
  });
  expect_victims_unharmed();
}

TEST_F(PathRacesTest, MountedFiles) {
  const std::string mounted = place_.file("mounted");
  fs::create_directory(mounted);
  chmod(place_.path().c_str(), 0777);
  chmod(mounted.c_str(), 0777);
  begin_attack([&] {
    const std::string directory = mounted + "/d", file = mounted + "/victim", aside = mounted + "/aside";
    for (const auto& [path, target] : {std::pair(directory, victims_.file("d")), {file, victims_.file("victim")}}) {
      unlink(aside.c_str());
      (void)!symlink(target.c_str(), aside.c_str());
      rename(aside.c_str(), path.c_str());
      unlink(path.c_str());
      if (path == directory) {
        mkdir(path.c_str(), 0777);
        rmdir(path.c_str());
      }
    }
  });
  UpydProcess upyd("[[files.mount]]\nat = \"/host\"\ndirectory = \"" + mounted +
                   "\"\naccess = \"write\"\n[instances]\nmounts = \"write\"\n");
  auto& connection = upyd.connection();
  v1::CreateInstanceRequest create;
  create.set_name("b");
  connection.create_instance(create);
  v1::RunRequest script;
  script.set_instance("b");
  script.set_detached(true);
  script.set_source(R"(
import os
def attempt(f, *arguments):
    try:
        return f(*arguments)
    except OSError:
        pass
while True:
    for path in ("/host/d/victim", "/host/victim"):
        f = attempt(open, path)
        if f and "root" in f.read():
            raise SystemExit("leak")
        f = attempt(open, path, "w")
        if f:
            attempt(f.write, "spoilt")
        attempt(os.remove, path)
        attempt(os.rename, path, "/host/renamed")
    attempt(os.mkdir, "/host/d/made")
)");
  auto run = connection.run(script);
  for (v1::RunEvent event; run.read(event);) {
  }
  std::string read;
  const auto attempt = [](const auto& act) {
    try {
      act();
    } catch (const upyclient::Error&) {
      // It is another thing by now.
    }
  };
  for_a_while([&] {
    for (const char* path : {"/host/d/victim", "/host/victim"}) {
      attempt([&] {
        v1::ReadFileRequest request;
        request.set_instance("b");
        request.set_path(path);
        auto stream = connection.read_file(request);
        for (v1::ReadFileResponse piece; stream.read(piece);) read += piece.data();
      });
      attempt([&] {
        v1::WriteFileRequest::Target target;
        target.set_instance("b");
        target.set_path(path);
        connection.write_file(target).complete();
      });
      attempt([&] {
        v1::RemoveFileRequest request;
        request.set_instance("b");
        request.set_path("/host/d");
        request.set_recursive(true);
        connection.remove_file(request);
      });
    }
  });
  EXPECT_EQ(read.find(kSecret), std::string::npos);
  v1::GetInstanceRequest get;
  get.set_name("b");
  EXPECT_TRUE(connection.get_instance(get).has_run()) << "the script would have told of a leak";
  expect_victims_unharmed();
}

}  // namespace
}  // namespace upyd
