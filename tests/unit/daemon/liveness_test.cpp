#include "reactor/liveness.h"

#include <gtest/gtest.h>

#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <latch>
#include <mutex>
#include <optional>

#include "logs/journal.h"
#include "posix/poller.h"

namespace upyd {
namespace {

using Names = std::vector<std::string>;

class LivenessTest : public testing::Test {
 protected:
  /// Whether nobody is found stuck before long.
  bool all_live() {
    for (int i = 0; i < 2000; ++i) {
      const bool all_live = liveness_.check().empty();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));  // they answer that question, too
      if (all_live) return true;
    }
    return false;
  }

  Liveness liveness_;
};

TEST_F(LivenessTest, WhoDoesNotAnswerIsStuckUntilHeDoes) {
  std::optional<Liveness::Answer> asked;
  int others = 0;
  liveness_.add("slow", [&](Liveness::Answer answer) { asked = std::move(answer); });
  liveness_.add("fast", [&](const Liveness::Answer& answer) {
    ++others;
    answer();
  });
  EXPECT_EQ(liveness_.check(), Names()) << "they were not asked before";
  EXPECT_EQ(liveness_.check(), Names({"slow"}));
  EXPECT_EQ(liveness_.check(), Names({"slow"}));
  EXPECT_EQ(others, 3) << "the others are asked each time";
  (*std::exchange(asked, std::nullopt))();
  EXPECT_EQ(liveness_.check(), Names());
  EXPECT_TRUE(asked) << "and asked anew";
}

TEST_F(LivenessTest, WhatCannotBeAskedIsNotStuck) {
  liveness_.add("out of memory", [](const Liveness::Answer&) { throw std::bad_alloc(); });
  liveness_.check();
  EXPECT_EQ(liveness_.check(), Names());
}

TEST_F(LivenessTest, APoolAnswersAsLongAsOneOfItsThreadsDoes) {
  asio::thread_pool pool(2);
  liveness_.add("pool", [&](Liveness::Answer answer) { asio::post(pool, std::move(answer)); });
  EXPECT_TRUE(all_live());
  std::latch one(1), both(1);
  asio::post(pool, [&] { one.wait(); });
  EXPECT_TRUE(all_live());
  asio::post(pool, [&] { both.wait(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  liveness_.check();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(liveness_.check(), Names({"pool"}));
  both.count_down();
  EXPECT_TRUE(all_live());
  one.count_down();
  pool.join();
}

TEST_F(LivenessTest, APollerAnswersUnlessItIsStuck) {
  const auto poller = upy::Poller::make();
  liveness_.add("poller", [&](Liveness::Answer answer) { poller->call(std::move(answer)); });
  EXPECT_TRUE(all_live());
  std::latch stuck(1);
  poller->call([&] { stuck.wait(); });
  liveness_.check();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(liveness_.check(), Names({"poller"}));
  stuck.count_down();
  EXPECT_TRUE(all_live());
}

TEST_F(LivenessTest, AJournalThatTakesNothingIsStuck) {
  std::latch stuck(1);
  Journal journal([&](const JournalLine&) { stuck.wait(); });
  liveness_.add("journal", [&](Liveness::Answer answer) { journal.call(std::move(answer)); });
  EXPECT_TRUE(all_live());
  journal.add({.instance = "a", .text = "x"});
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  liveness_.check();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(liveness_.check(), Names({"journal"}));
  stuck.count_down();
  EXPECT_TRUE(all_live());
}

}  // namespace
}  // namespace upyd
