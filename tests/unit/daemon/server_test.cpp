#include "rpc/server.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <iterator>
#include <string_view>
#include <thread>

#include "rpc/call_statistics.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

/// How a client of HTTP/2 begins: with this, and a frame of no settings.
constexpr std::string_view kPreface("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);

size_t threads() {
  return static_cast<size_t>(std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()));
}

class ServerTest : public testing::Test {
 protected:
  ~ServerTest() override {
    reactor_.call([this] { server_.stop_looking(); });
  }
  /// A client that the server serves; its end of the connection.
  int connect() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    reactor_.call([&] { EXPECT_EQ(server_.serve(ends[0]), nullptr); });
    EXPECT_EQ(write(ends[1], kPreface.data(), kPreface.size()), static_cast<ssize_t>(kPreface.size()));
    return ends[1];
  }
  /// Reads what comes before long: its size, 0 at the end of the connection.
  static ssize_t next(int client) {
    pollfd waiting{client, POLLIN, 0};
    char buffer[4096];
    return poll(&waiting, 1, 20'000) == 1 ? read(client, buffer, sizeof buffer) : -1;
  }
  static void expect_end(int client) {
    while (next(client) > 0) {
    }
    EXPECT_EQ(next(client), 0);
    close(client);
  }

  Reactor reactor_;
  CallStatistics statistics_{{}};
  const size_t threads_before_ = threads();
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  Audit audit_{nullptr, log_};
  AuditTrail trail_{audit_, "uid:1"};
  CurrentRules rules_{{}};
  Owners owners_{[] {}};
  OpenCalls open_calls_{[](std::function<void()> look) { look(); }};
  Budgets budgets_{BudgetLimits::of_machine()};
  const std::shared_ptr<const Access> access_ =
      std::make_shared<const Access>(Identity{}, rules_, owners_, open_calls_, budgets_);
  Server server_{{}, access_, {.max_bytes = 1 << 20, .memory = 2 << 20}, statistics_, trail_, reactor_, 300'000'000};
};

TEST_F(ServerTest, SleepsUntilAClientComesAndWhenNoneIsThere) {
  EXPECT_EQ(threads(), threads_before_);
  for (int i = 0; i < 3; ++i) {
    const int client = connect();
    EXPECT_GT(next(client), 0) << "gRPC's settings";
    EXPECT_GT(threads(), threads_before_);
    expect_end(client);
    for (int tries = 0; tries < 1000 && threads() > threads_before_; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(threads(), threads_before_);
  }
}

TEST_F(ServerTest, StaysAwakeWhileACallGoesOn) {
  server_.activity().begin();
  const int client = connect();
  EXPECT_GT(next(client), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(1000));
  EXPECT_GT(threads(), threads_before_);
  server_.activity().end(reactor_.now_ns());
  expect_end(client);
}

TEST_F(ServerTest, AnswersThatItLives) {
  const auto answers = [this] {
    std::promise<void> answered;
    reactor_.call([&] { server_.ask([&] { answered.set_value(); }); });
    return answered.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  };
  EXPECT_TRUE(answers());
  const int client = connect();
  EXPECT_GT(next(client), 0);
  EXPECT_TRUE(answers());
  EXPECT_EQ(server_.activity().last_end_ns(), 0) << "without a call there is no question";
  server_.activity().begin();
  EXPECT_TRUE(answers());
  for (int i = 0; i < 1000 && server_.activity().last_end_ns() == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GT(server_.activity().last_end_ns(), 0) << "gRPC has served one";
  server_.activity().end(reactor_.now_ns());
  expect_end(client);
}

}  // namespace
}  // namespace upyd
