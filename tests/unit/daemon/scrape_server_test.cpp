#include "metrics/scrape_server.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>

#include <atomic>
#include <memory>
#include <vector>

#include "support/socket_talk.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::SocketTalk;

class ScrapeServerTest : public testing::Test {
 protected:
  std::string ask(const std::string& request) const {
    const SocketTalk talk(path_);
    talk.send(request);
    return talk.read_all();
  }
  std::string get() const { return ask("GET /metrics HTTP/1.1\r\n\r\n"); }

  test_support::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("metrics.sock");
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  std::atomic<int> scrapes_ = 0;
  ScrapeServer server_{std::make_unique<Listener>(Address::parse("unix://" + path_)),
                       [this](Exposition::Format format) {
                         ++scrapes_;
                         return format == Exposition::Format::Text ? std::string(1 << 20, 'x') : std::string("open");
                       },
                       log_};
};

TEST_F(ScrapeServerTest, AnswersInTheFormatAskedFor) {
  const std::string text = get();
  EXPECT_TRUE(text.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4")) << text.substr(0, 200);
  EXPECT_EQ(text.substr(text.find("\r\n\r\n") + 4), std::string(1 << 20, 'x'));
  const std::string open = ask("GET /metrics HTTP/1.1\r\nAccept: application/openmetrics-text\r\n\r\n");
  EXPECT_NE(open.find("Content-Type: application/openmetrics-text; version=1.0.0"), std::string::npos) << open;
  EXPECT_TRUE(open.ends_with("\r\n\r\nopen")) << open;
}

TEST_F(ScrapeServerTest, RefusesAllElse) {
  EXPECT_TRUE(ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(ask("POST /metrics HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde").starts_with("HTTP/1.1 405 "));
  EXPECT_TRUE(ask("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(ask(std::string(ScrapeServer::kLongestHead * 2, 'x')).starts_with("HTTP/1.1 431 "));
  EXPECT_EQ(scrapes_, 0);
  EXPECT_TRUE(ask("HEAD /metrics HTTP/1.1\r\n\r\n").ends_with("\r\n\r\n"));
}

TEST_F(ScrapeServerTest, TheSlowMakeNobodyWait) {
  std::vector<std::unique_ptr<SocketTalk>> slow;
  for (size_t i = 0; i < ScrapeServer::kMostConnections * 4; ++i) {
    slow.push_back(std::make_unique<SocketTalk>(path_));
    ASSERT_TRUE(slow.back()->connected());
    slow.back()->send("GET /metr");
  }
  EXPECT_TRUE(get().starts_with("HTTP/1.1 200 OK"));
  EXPECT_EQ(slow.front()->read_all(), "") << "there are too many, so the oldest is closed";
}

TEST_F(ScrapeServerTest, WhoDoesNotReadIsLeftAlone) {
  std::vector<std::unique_ptr<SocketTalk>> deaf;
  for (int i = 0; i < 3; ++i) {
    deaf.push_back(std::make_unique<SocketTalk>(path_));
    deaf.back()->send("GET /metrics HTTP/1.1\r\n\r\n");
  }
  EXPECT_TRUE(get().starts_with("HTTP/1.1 200 OK"));
}  // the server ends while they wait

}  // namespace
}  // namespace upyd
