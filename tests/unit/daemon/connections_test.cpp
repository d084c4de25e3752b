#include "rpc/connections.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace upyd {
namespace {

constexpr Budget::Kind kKind{"max_connections", "connections", Budget::Sharing::Fair, "close another"};
constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

class ConnectionsTest : public testing::Test {
 protected:
  ~ConnectionsTest() override {
    connections_.reset();
    for (const int connection : served_) close(connection);
  }
  void start(uint64_t limit, int64_t patience_ns = 60'000'000'000) {
    budget_ = std::make_unique<Budget>(kKind, limit);
    const auto serve = [this](int connection, const Identity&) -> const char* {
      if (is_full_) return "there is no room";
      served_.push_back(connection);
      return nullptr;
    };
    connections_ = std::make_unique<Connections>(*budget_, quotas_, serve, complaints_, reactor_, patience_ns);
  }
  /// A client; its end of the connection.
  OwnedDescriptor connect() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    reactor_.call([&] { connections_->take(ends[0]); });
    return OwnedDescriptor(ends[1]);
  }
  static void say(const OwnedDescriptor& client, std::string_view text) {
    EXPECT_EQ(write(client.number(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  /// What it is told at once.
  static std::string told(const OwnedDescriptor& client) {
    pollfd waiting{client.number(), POLLIN, 0};
    char text[100];
    const ssize_t size = poll(&waiting, 1, 20'000) == 1 ? read(client.number(), text, sizeof text) : 0;
    return {text, static_cast<size_t>(std::max<ssize_t>(size, 0))};
  }
  static bool ends(const OwnedDescriptor& client, int at_most_ms = 20'000) {
    pollfd waiting{client.number(), POLLIN, 0};
    char byte = 0;
    return poll(&waiting, 1, at_most_ms) == 1 && read(client.number(), &byte, 1) <= 0;  // -1: unread words were lost
  }
  size_t served() {
    size_t number = 0;
    reactor_.call([&] { number = served_.size(); });
    return number;
  }
  bool serves(size_t number) {
    for (int tries = 0; tries < 2000 && served() < number; ++tries) usleep(10'000);
    return served() == number;
  }

  Reactor reactor_;
  CurrentRules rules_{{}};
  AccessQuotas quotas_{rules_};
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  Complaints complaints_{log_};
  std::unique_ptr<Budget> budget_;
  std::vector<int> served_;  // on the reactor
  std::atomic<bool> is_full_ = false;
  std::unique_ptr<Connections> connections_;
};

TEST_F(ConnectionsTest, WhoSpeaksHttp2IsServed) {
  start(10);
  const auto early = connect();
  EXPECT_EQ(served(), 0u);
  say(early, kPreface);
  EXPECT_TRUE(serves(1));
}

TEST_F(ConnectionsTest, ThePrefaceMayComeInPieces) {
  start(10);
  const auto client = connect();
  say(client, kPreface.substr(0, 5));
  usleep(50'000);
  EXPECT_EQ(served(), 0u);
  say(client, kPreface.substr(5));
  EXPECT_TRUE(serves(1));
}

TEST_F(ConnectionsTest, GarbageIsTheEnd) {
  start(10);
  const auto client = connect(), late = connect();
  say(client, "GET / HTTP/1.1\r\n");
  EXPECT_EQ(told(client).substr(0, 4), std::string("\0\0\0\4", 4)) << "settings of HTTP/2";
  EXPECT_TRUE(ends(client));
  say(late, kPreface.substr(0, 5));
  say(late, "garbage");
  EXPECT_EQ(told(late).size(), 26u);
  EXPECT_TRUE(ends(late));
  EXPECT_EQ(served(), 0u);
}

TEST_F(ConnectionsTest, SilenceIsTheEndAfterAWhile) {
  start(10, 50'000'000);
  const auto silent = connect(), half = connect();
  say(half, kPreface.substr(0, 10));
  EXPECT_TRUE(ends(silent));
  EXPECT_TRUE(ends(half));
  EXPECT_EQ(budget_->used(), 0u);
}

TEST_F(ConnectionsTest, ANewClientTakesThePlaceOfTheOldestSilentOne) {
  start(8);
  std::vector<OwnedDescriptor> silent;
  for (int i = 0; i < 4; ++i) silent.push_back(connect());
  const auto speaking = connect();
  EXPECT_TRUE(ends(silent[0]));
  EXPECT_FALSE(ends(silent[1], 0));
  say(speaking, kPreface);
  EXPECT_TRUE(serves(1));
}

TEST_F(ConnectionsTest, ThoseThatGrpcHasClosedCountNoMore) {
  start(4);
  for (int i = 0; i < 2; ++i) {
    const auto client = connect();
    say(client, kPreface);
    EXPECT_TRUE(serves(static_cast<size_t>(i) + 1));
  }
  const auto refused = connect();
  EXPECT_TRUE(ends(refused));
  reactor_.call([&] {
    for (const int connection : served_) close(connection);
    served_.clear();
  });
  usleep(150'000);  // it does not look all the time
  const auto taken = connect();
  say(taken, kPreface);
  EXPECT_TRUE(serves(1));
}

TEST_F(ConnectionsTest, WhoCannotBeServedIsClosed) {
  start(10);
  is_full_ = true;
  const auto client = connect();
  say(client, kPreface);
  EXPECT_TRUE(ends(client));
  EXPECT_EQ(budget_->used(), 0u);
}

TEST_F(ConnectionsTest, ARuleBoundsThem) {
  rules_.set({{{.who = {Subject::Kind::User, getuid()},
                .role = Role::Operator,
                .boards = {},
                .quota = {.max_connections = 1}}}});
  start(100);
  const auto first = connect();
  say(first, kPreface);
  EXPECT_TRUE(serves(1));
  EXPECT_TRUE(ends(connect()));
}

}  // namespace
}  // namespace upyd
