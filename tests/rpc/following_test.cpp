/// upyctl that follows what upyd tells, while upyd is restarted.

#include <csignal>
#include <fstream>
#include <optional>

#include "rpc_test.h"
#include "support/process.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::Process;
using Words = std::vector<std::string>;

/// An upyd that may end and come again: on the same socket, with its boards and logs.
class FollowingTest : public testing::Test {
 protected:
  FollowingTest() {
    std::ofstream(directory_.file("c.toml")) << "log_dir = \"" << directory_.file("log") << "\"\ngrace_ms = 300\n";
    start();
    upyctl({"create", "board", "--persistent"});
  }
  void start() {
    upyd_.emplace(
        Words{UPYD_PATH, "--config", directory_.file("c.toml"), "--state", directory_.file("state"), "--listen", url_});
    ASSERT_TRUE(upyd_->prints("listening on " + url_));
  }
  void end(int signal) {
    upyd_->send_signal(signal);
    upyd_->wait();
  }
  Words command(Words arguments) const {
    arguments.insert(arguments.begin(), {UPYCTL_PATH, "--host", url_});
    return arguments;
  }
  test_support::ProcessEnd upyctl(const Words& arguments) const {
    auto end = test_support::run_process(command(arguments));
    EXPECT_EQ(end.exit_status, 0) << end.err;
    return end;
  }
  void print(const std::string& text) const { upyctl({"exec", "-i", "board", "print('" + text + "')"}); }
  static size_t count(const std::string& text, const std::string& part) {
    size_t number = 0;
    for (size_t at = 0; (at = text.find(part, at)) != text.npos; ++at) ++number;
    return number;
  }

  test_support::TemporaryDirectory directory_;
  const std::string url_ = "unix://" + directory_.file("s");
  std::optional<Process> upyd_;
};

TEST_F(FollowingTest, ALogGoesOnWhereItWasLeft) {
  print("one");
  print("two");
  Process logs(command({"logs", "-f", "board"}));
  ASSERT_TRUE(logs.prints("two\n"));
  for (const int signal : {SIGKILL, SIGTERM}) {
    const std::string mark = "after " + std::to_string(signal);
    end(signal);
    start();
    print(mark);
    EXPECT_TRUE(logs.prints(mark + "\n"));
  }
  upyctl({"rm", "board"});
  const auto end = logs.wait();
  EXPECT_EQ(end.exit_status, 0);
  for (const char* line : {"one\n", "two\n", "after 9\n", "after 15\n"}) EXPECT_EQ(count(end.out, line), 1u) << end.out;
  EXPECT_EQ(count(end.err, "upyctl: upyd is gone; this goes on when it is back\nupyctl: upyd is back\n"), 2u)
      << end.err;
}

TEST_F(FollowingTest, EventsGoOn) {
  Process events(command({"events", "-k", "run-ended", "-n", "2"}));
  const auto is_watched = [&] {
    print("x");
    return events.prints("run-ended", std::chrono::milliseconds(100));
  };
  for (int patience = 0; patience < 100 && !is_watched(); ++patience) continue;
  end(SIGKILL);
  ASSERT_TRUE(events.prints("upyd is gone"));
  start();
  ASSERT_TRUE(events.prints("upyd is back"));
  for (int patience = 0; patience < 100 && events.runs(); ++patience) print("x");
  const auto end = events.wait();
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_EQ(count(end.out, "\trun-ended\t"), 2u) << end.out;
}

TEST_F(FollowingTest, WhereThereIsNoUpydItIsToldAtOnce) {
  end(SIGTERM);
  for (const Words& words : {Words{"logs", "-f", "board"}, Words{"events"}}) {
    const auto told = test_support::run_process(command(words));
    EXPECT_EQ(told.exit_status, 1);
    EXPECT_NE(told.err.find("no upyd answers"), told.err.npos) << told.err;
  }
}

}  // namespace
}  // namespace upyd
