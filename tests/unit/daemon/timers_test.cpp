#include "timers.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "posix/expiries.h"
#include "support/fakes.h"

namespace upyd {
namespace {

constexpr uint32_t kToken = 7;

class TimersTest : public testing::Test {
 protected:
  void arm(int64_t first_ns, int64_t period_ns) {
    ASSERT_FALSE(timers_.arm(kToken, alarms_.now_ns() + first_ns, period_ns, sink_));
  }

  FakeAlarms alarms_;
  FakeSink sink_;
  InstanceTimers timers_{alarms_};
  const int64_t start_ns_ = alarms_.now_ns();
};

TEST_F(TimersTest, OneShotExpiresOnce) {
  arm(100, 0);
  alarms_.pass(99);
  EXPECT_TRUE(sink_.events.empty());
  alarms_.pass(1000);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].kind, upy::Event::Kind::Timer);
  EXPECT_EQ(sink_.events[0].token, kToken);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 100);
  EXPECT_EQ(timers_.take(kToken), 1u);
  EXPECT_EQ(timers_.take(kToken), 0u);
}

TEST_F(TimersTest, PeriodicStaysOnItsGrid) {
  arm(100, 100);
  alarms_.pass(100);
  EXPECT_EQ(timers_.take(kToken), 1u);
  alarms_.jump(130);  // wakes up 30 ns late
  EXPECT_EQ(timers_.take(kToken), 1u);
  alarms_.pass(70);
  ASSERT_EQ(sink_.events.size(), 3u);
  EXPECT_EQ(sink_.events[1].timestamp_ns, start_ns_ + 200);
  EXPECT_EQ(sink_.events[2].timestamp_ns, start_ns_ + 300);
}

TEST_F(TimersTest, ExpiriesOfALateTickAreTakenAtOnce) {
  arm(100, 100);
  alarms_.jump(450);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 400);
  EXPECT_EQ(timers_.take(kToken), 4u);
}

TEST_F(TimersTest, NoSecondEventComesBeforeTheFirstIsTaken) {
  arm(100, 100);
  alarms_.pass(300);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(timers_.take(kToken), 3u);
  alarms_.pass(100);
  EXPECT_EQ(sink_.events.size(), 2u);
  EXPECT_EQ(timers_.take(kToken), 1u);
}

TEST_F(TimersTest, ExpiriesAFullMailboxRefusesAreToldLater) {
  arm(100, 100);
  sink_.room = 0;
  alarms_.pass(300);
  EXPECT_TRUE(sink_.events.empty());
  sink_.room = 1;
  alarms_.pass(100);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(timers_.take(kToken), 4u);
}

TEST_F(TimersTest, AOneShotThatAFullMailboxRefusesIsToldLater) {
  arm(100, 0);
  sink_.room = 0;
  alarms_.pass(100);
  sink_.room = 1;
  alarms_.pass(upy::Expiries::kRetryNs);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 100);
  EXPECT_EQ(timers_.take(kToken), 1u);
}

TEST_F(TimersTest, DisarmEndsIt) {
  arm(100, 100);
  alarms_.pass(150);
  timers_.disarm(kToken);
  alarms_.pass(1000);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(timers_.take(kToken), 0u);
}

TEST_F(TimersTest, ArmingAgainReplaces) {
  arm(100, 100);
  arm(250, 0);
  alarms_.pass(1000);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].timestamp_ns, start_ns_ + 250);
}

TEST_F(TimersTest, ARefusedPeriodChangesNothing) {
  arm(100, 0);
  EXPECT_EQ(timers_.arm(kToken, 0, -1, sink_).number, EINVAL);
  alarms_.pass(100);
  EXPECT_EQ(sink_.events.size(), 1u);
}

TEST_F(TimersTest, TheDestructorDisarmsAll) {
  {
    InstanceTimers timers(alarms_);
    timers.arm(1, alarms_.now_ns() + 10, 10, sink_);
    timers.arm(2, alarms_.now_ns() + 10, 0, sink_);
  }
  alarms_.pass(100);
  EXPECT_TRUE(sink_.events.empty());
}

}  // namespace
}  // namespace upyd
