#include "posix/expiry_queue.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "support/fake_sink.h"

namespace upy {
namespace {

using test_support::FakeSink;

constexpr uint32_t kToken = 7;

class ExpiryQueueTest : public testing::Test {
 protected:
  void arm(int64_t first_ns, int64_t period_ns, EventToken token = kToken) {
    ASSERT_FALSE(queue_.arm(token, now_ns_ + first_ns, period_ns, sink_));
  }
  /// Lets time pass, and wakes up only at its end: whatever is due then is late.
  void jump(int64_t ns) {
    now_ns_ += ns;
    queue_.pass(now_ns_);
  }
  /// Lets time pass, waking up at each expiry.
  void pass(int64_t ns) {
    const int64_t end_ns = now_ns_ + ns;
    for (; queue_.due_ns() <= end_ns; queue_.pass(now_ns_)) now_ns_ = queue_.due_ns();
    now_ns_ = end_ns;
  }

  int64_t now_ns_ = 1000;
  const int64_t start_ns_ = now_ns_;
  FakeSink sink_;
  ExpiryQueue queue_;
};

TEST_F(ExpiryQueueTest, OneShotExpiresOnce) {
  arm(100, 0);
  pass(99);
  EXPECT_TRUE(sink_.events.empty());
  pass(1000);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].kind, Event::Kind::Timer);
  EXPECT_EQ(sink_.events[0].token, kToken);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 100);
  EXPECT_EQ(queue_.take(kToken), 1u);
  EXPECT_EQ(queue_.take(kToken), 0u);
}

TEST_F(ExpiryQueueTest, PeriodicStaysOnItsGrid) {
  arm(100, 100);
  pass(100);
  EXPECT_EQ(queue_.take(kToken), 1u);
  jump(130);  // wakes up 30 ns late
  EXPECT_EQ(queue_.take(kToken), 1u);
  pass(70);
  ASSERT_EQ(sink_.events.size(), 3u);
  EXPECT_EQ(sink_.events[1].timestamp_ns, start_ns_ + 200);
  EXPECT_EQ(sink_.events[2].timestamp_ns, start_ns_ + 300);
}

TEST_F(ExpiryQueueTest, ExpiriesOfALateTickAreTakenAtOnce) {
  arm(100, 100);
  jump(450);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 400);
  EXPECT_EQ(queue_.take(kToken), 4u);
}

TEST_F(ExpiryQueueTest, ManyTellInTurnsThatOthersCanComeBetween) {
  for (EventToken token = 1; token <= 1000; ++token) arm(100, 100, token);
  jump(150);
  EXPECT_EQ(sink_.events.size(), static_cast<size_t>(ExpiryQueue::kMostAtOnce));
  EXPECT_LE(queue_.due_ns(), now_ns_) << "the others are due yet";
  while (queue_.due_ns() <= now_ns_) queue_.pass(now_ns_);
  EXPECT_EQ(sink_.events.size(), 1000u);
}

TEST_F(ExpiryQueueTest, NoSecondEventComesBeforeTheFirstIsTaken) {
  arm(100, 100);
  pass(300);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(queue_.take(kToken), 3u);
  pass(100);
  EXPECT_EQ(sink_.events.size(), 2u);
  EXPECT_EQ(queue_.take(kToken), 1u);
}

TEST_F(ExpiryQueueTest, ExpiriesAFullMailboxRefusesAreToldLater) {
  arm(100, 100);
  sink_.room = 0;
  pass(300);
  EXPECT_TRUE(sink_.events.empty());
  sink_.room = 1;
  pass(100);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(queue_.take(kToken), 4u);
}

TEST_F(ExpiryQueueTest, AOneShotThatAFullMailboxRefusesIsToldLater) {
  arm(100, 0);
  sink_.room = 0;
  pass(100);
  sink_.room = 1;
  pass(Expiries::kRetryNs);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 100);
  EXPECT_EQ(queue_.take(kToken), 1u);
}

TEST_F(ExpiryQueueTest, DisarmEndsIt) {
  arm(100, 100);
  pass(150);
  queue_.disarm(kToken);
  pass(1000);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(queue_.take(kToken), 0u);
}

TEST_F(ExpiryQueueTest, ArmingAgainReplaces) {
  arm(100, 100);
  arm(250, 0);
  pass(1000);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 250);
}

TEST_F(ExpiryQueueTest, ARefusedPeriodChangesNothing) {
  arm(100, 0);
  EXPECT_EQ(queue_.arm(kToken, 0, -1, sink_).number, EINVAL);
  pass(100);
  EXPECT_EQ(sink_.events.size(), 1u);
}

TEST_F(ExpiryQueueTest, EachHasItsTurn) {
  arm(300, 0, 1);
  arm(100, 100, 2);
  arm(200, 0, 3);
  jump(300);
  ASSERT_EQ(sink_.events.size(), 3u);
  EXPECT_EQ(sink_.events[0].token, 2u);
  EXPECT_EQ(sink_.events[1].token, 3u);
  EXPECT_EQ(sink_.events[2].token, 1u);
  EXPECT_EQ(queue_.due_ns(), start_ns_ + 400);
  queue_.disarm(2);
  EXPECT_EQ(queue_.due_ns(), Clock::kForever);
}

TEST_F(ExpiryQueueTest, ClearDisarmsAll) {
  arm(10, 10, 1);
  arm(10, 0, 2);
  queue_.clear();
  EXPECT_EQ(queue_.due_ns(), Clock::kForever);
  pass(100);
  EXPECT_TRUE(sink_.events.empty());
}

}  // namespace
}  // namespace upy
