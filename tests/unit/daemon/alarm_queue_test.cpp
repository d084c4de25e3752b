#include "reactor/alarm_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace upyd {
namespace {

class AlarmQueueTest : public testing::Test {
 protected:
  Alarms::Id add(int64_t when_ns, char mark, int64_t again_ns = Alarms::kNever) {
    return queue_.add(
        when_ns,
        [this, mark, again_ns](int64_t) {
          rung_ += mark;
          return again_ns;
        },
        sooner_);
  }

  AlarmQueue queue_;
  std::string rung_;
  bool sooner_ = false;
};

TEST_F(AlarmQueueTest, RingsInOrderOfTime) {
  add(30, 'c');
  add(10, 'a');
  add(20, 'b');
  EXPECT_EQ(queue_.run_due(20), 30);
  EXPECT_EQ(rung_, "ab");
  EXPECT_EQ(queue_.run_due(30), Alarms::kNever);
  EXPECT_EQ(rung_, "abc");
}

TEST_F(AlarmQueueTest, TellsWhenToCallSooner) {
  add(20, 'a');
  EXPECT_TRUE(sooner_);
  add(30, 'b');
  EXPECT_FALSE(sooner_);
  add(10, 'c');
  EXPECT_TRUE(sooner_);
}

TEST_F(AlarmQueueTest, ACancelledAlarmLeavesItsWakeUp) {
  queue_.cancel(add(10, 'a'));
  add(20, 'b');
  EXPECT_FALSE(sooner_);
  EXPECT_EQ(queue_.run_due(10), 20);
  EXPECT_EQ(rung_, "");
  add(15, 'c');
  EXPECT_TRUE(sooner_);
}

TEST_F(AlarmQueueTest, AnAlarmSetByAnAlarmIsSeenByTheSameCall) {
  bool sooner = true;
  queue_.add(
      10,
      [&](int64_t) {
        add(30, 'b');
        sooner = sooner_;
        return Alarms::kNever;
      },
      sooner_);
  EXPECT_EQ(queue_.run_due(10), 30);
  EXPECT_FALSE(sooner);
}

TEST_F(AlarmQueueTest, RingsARepeatedAlarmOnceAtATime) {
  add(10, 'a', 12);
  EXPECT_EQ(queue_.run_due(11), 12);
  EXPECT_EQ(rung_, "a");
  EXPECT_EQ(queue_.run_due(50), 51);
  EXPECT_EQ(rung_, "aa");
}

TEST_F(AlarmQueueTest, CancelledAlarmsDoNotRing) {
  const auto id = add(10, 'a');
  add(10, 'b');
  queue_.cancel(id);
  queue_.run_due(10);
  EXPECT_EQ(rung_, "b");
  queue_.cancel(id);
}

TEST_F(AlarmQueueTest, AnAlarmCancelledByItsOwnCallIsNotRepeated) {
  Alarms::Id id = 0;
  int calls = 0;
  id = queue_.add(
      10,
      [&](int64_t now_ns) {
        ++calls;
        queue_.cancel(id);
        return now_ns + 1;
      },
      sooner_);
  EXPECT_EQ(queue_.run_due(10), Alarms::kNever);
  EXPECT_EQ(queue_.run_due(100), Alarms::kNever);
  EXPECT_EQ(calls, 1);
}

TEST_F(AlarmQueueTest, ACallMaySetAlarms) {
  queue_.add(
      10,
      [&](int64_t) {
        add(10, 'b');
        return Alarms::kNever;
      },
      sooner_);
  queue_.run_due(10);
  EXPECT_EQ(rung_, "b");
}

}  // namespace
}  // namespace upyd
