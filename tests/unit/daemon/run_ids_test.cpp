#include "instances/run_ids.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

class RunIdsTest : public testing::Test {
 protected:
  std::shared_ptr<RunIds> start() { return std::make_shared<RunIds>(directory_.path(), pool_, log_); }
  std::string file() const { return directory_.file("run-ids"); }
  void write(const std::string& text) const { std::ofstream(file()) << text; }

  const test_support::TemporaryDirectory directory_;
  std::ostringstream words_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(words_)};
  asio::thread_pool pool_{1};
};

TEST_F(RunIdsTest, GoOnWhereAnEarlierUpydEnded) {
  {
    const auto ids = start();
    EXPECT_EQ(ids->first(), 1u);
    EXPECT_EQ(ids->last(), 0u);
    EXPECT_EQ(ids->next(), 1u);
    EXPECT_EQ(ids->next(), 2u);
    EXPECT_EQ(ids->last(), 2u);
  }
  const auto ids = start();
  EXPECT_EQ(ids->first(), 3u);
  EXPECT_EQ(ids->next(), 3u);
}

/// One that is killed writes nothing any more: it is not destroyed before the next one starts.
TEST_F(RunIdsTest, AreHigherThanThoseOfAnUpydThatWasKilled) {
  std::vector<std::shared_ptr<RunIds>> killed;
  uint64_t last = 0;
  for (const uint64_t runs : {1u, 0u, 5000u, 1u, 100'000u}) {
    killed.push_back(start());
    EXPECT_GT(killed.back()->first(), last);
    for (uint64_t i = 0; i < runs; ++i) {
      const uint64_t id = killed.back()->next();
      ASSERT_GT(id, last);
      last = id;
    }
  }
  EXPECT_GT(start()->next(), last);
}

TEST_F(RunIdsTest, ManyThreadsGetNoIdTwice) {
  const auto ids = start();
  std::vector<std::vector<uint64_t>> given(4);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10'000; ++i) mine.push_back(ids->next());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<uint64_t> all;
  for (const auto& mine : given) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 40'000u);
  EXPECT_EQ(*all.rbegin(), 40'000u);
}

TEST_F(RunIdsTest, AreWrittenRarely) {
  const auto ids = start();
  const auto written = std::filesystem::last_write_time(file());
  for (uint64_t i = 0; i < RunIds::kFirst / 2 - 1; ++i) ids->next();
  pool_.join();
  EXPECT_EQ(std::filesystem::last_write_time(file()), written);
}

TEST_F(RunIdsTest, WithoutADirectoryTheyBeginAnew) {
  RunIds ids("", pool_, log_);
  EXPECT_EQ(ids.next(), 1u);
  EXPECT_EQ(words_.str(), "");
}

TEST_F(RunIdsTest, AFileThatIsNoneIsTold) {
  for (const char* text : {"", "x", "12", "12 \n", "-1\n", "0\n", "99999999999999999999\n"}) {
    words_.str("");
    write(text);
    EXPECT_EQ(start()->first(), 1u) << text;
    EXPECT_NE(words_.str().find(file() + " can't be read: it holds no number"), std::string::npos) << words_.str();
  }
  std::filesystem::remove(file());
  std::filesystem::create_directory(file());
  EXPECT_EQ(start()->next(), 1u);
  EXPECT_NE(words_.str().find("it is no regular file"), std::string::npos) << words_.str();
  EXPECT_NE(words_.str().find("cannot write " + file()), std::string::npos) << words_.str();
}

}  // namespace
}  // namespace upyd
