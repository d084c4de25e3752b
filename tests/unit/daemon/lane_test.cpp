#include "system/lane.h"

#include <gtest/gtest.h>

#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace upyd {
namespace {

/// A pool whose threads stand still until they are let go.
class LaneTest : public testing::Test {
 protected:
  void hold(size_t threads) {
    for (size_t i = 0; i < threads; ++i) asio::post(pool_, [held = let_go_.get_future().share()] { held.wait(); });
  }
  void note(char name) {
    std::lock_guard lock(mutex_);
    order_ += name;
  }

  std::promise<void> let_go_;
  std::mutex mutex_;
  std::string order_;
  asio::thread_pool pool_{1};
};

TEST_F(LaneTest, WhoHasMuchWorkLeavesTurnsToOthers) {
  hold(1);
  {
    const Lane flood(pool_, 1), quiet(pool_, 1);
    for (int i = 0; i < 100; ++i) flood.post([this] { note('f'); });
    for (int i = 0; i < 2; ++i) quiet.post([this] { note('q'); });
  }
  let_go_.set_value();
  pool_.join();
  EXPECT_EQ(order_.substr(0, 5), "fqfqf");
  EXPECT_EQ(order_.size(), 102u);
}

TEST_F(LaneTest, KeepsOrder) {
  const Lane lane(pool_, 1);
  for (char name = 'a'; name <= 'z'; ++name) lane.post([this, name] { note(name); });
  pool_.join();
  EXPECT_EQ(order_, "abcdefghijklmnopqrstuvwxyz");
}

TEST_F(LaneTest, TakesWorkThatCannotBeCopied) {
  const Lane lane(pool_, 1);
  lane.post([this, name = std::make_unique<char>('x')] { note(*name); });
  pool_.join();
  EXPECT_EQ(order_, "x");
}

TEST(LanesTest, OneLaneDoesNotHaveAllThreads) {
  constexpr size_t kThreads = 3;
  asio::thread_pool pool(kThreads);
  std::promise<void> let_go;
  const std::shared_future<void> held = let_go.get_future().share();
  const Lane slow(pool, kThreads - 1), other(pool, kThreads - 1);
  for (int i = 0; i < 10; ++i) slow.post([held] { held.wait(); });
  std::promise<void> done;
  other.post([&] { done.set_value(); });
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
  let_go.set_value();
  pool.join();
}

}  // namespace
}  // namespace upyd
