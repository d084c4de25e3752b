#include "instances/stops.h"

#include <gtest/gtest.h>

#include "instances/callback_deadline.h"

namespace upyd {
namespace {

constexpr StopRequest kInterrupt{upy::StopLevel::Interrupt, upy::Limit::Request};
constexpr StopRequest kKill{upy::StopLevel::Kill, upy::Limit::Wall};

TEST(StopsTest, WhatIsAskedOfAnIdleInstanceIsForNobody) {
  Stops stops;
  stops.stop(stops.run(), kKill);
  stops.stop(stops.callback(), kKill);
  EXPECT_FALSE(stops.is_stopping());
  stops.accept_run();
  stops.begin_run();
  EXPECT_FALSE(stops.is_stopping());
}

TEST(StopsTest, WhatRunsAtThePromptIsStopped) {
  Stops stops;
  stops.begin_prompt();
  stops.begin_own_run();
  const Work typed = stops.own_run();
  EXPECT_EQ(stops.begin_callback(), 0u) << "it is part of what runs";
  EXPECT_FALSE(stops.end_callback());
  stops.stop(typed, kKill);
  EXPECT_TRUE(stops.is_stopping());
  stops.end_own_run();
  EXPECT_FALSE(stops.is_stopping());
  EXPECT_EQ(stops.own_run(), 0u);
  stops.begin_own_run();
  stops.stop(typed, kKill);
  EXPECT_FALSE(stops.is_stopping()) << "that one is over";
  stops.interrupt();
  EXPECT_TRUE(stops.is_stopping());
}

TEST(StopsTest, ARunMayWaitForWhatRunsAtThePrompt) {
  Stops stops;
  stops.begin_own_run();
  stops.accept_run();
  stops.stop(stops.run(), kKill);
  EXPECT_FALSE(stops.is_stopping());
  stops.end_own_run();
  stops.begin_run();
  EXPECT_TRUE(stops.is_stopping());
}

TEST(StopsTest, ARunThatWaitsKeepsWhatIsAskedOfIt) {
  Stops stops;
  stops.accept_run();
  stops.stop(stops.run(), kInterrupt);
  EXPECT_FALSE(stops.is_stopping());
  stops.begin_run();
  EXPECT_TRUE(stops.is_stopping());
  stops.end_run();
  EXPECT_FALSE(stops.is_stopping());
  EXPECT_EQ(stops.run(), 0u);
}

TEST(StopsTest, AStopForARunThatWaitsIsNotTheCallbacks) {
  Stops stops;
  const auto callback = stops.begin_callback();
  ASSERT_NE(callback, 0u);
  stops.accept_run();
  stops.stop(stops.run(), kKill);
  EXPECT_FALSE(stops.is_stopping());
  EXPECT_FALSE(stops.end_callback());
  stops.begin_run();
  EXPECT_TRUE(stops.is_stopping());
}

TEST(StopsTest, ACallbackTellsWhatWasAskedOfIt) {
  Stops stops;
  stops.stop(stops.begin_callback(), kInterrupt);
  stops.stop(stops.callback(), kKill);
  stops.stop(stops.callback(), kInterrupt);
  EXPECT_EQ(stops.begin_callback(), 0u) << "a hard handler within it is a part of it";
  EXPECT_FALSE(stops.end_callback());
  const auto asked = stops.end_callback();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->level, upy::StopLevel::Kill) << "the highest";
  EXPECT_EQ(asked->limit, upy::Limit::Wall);
  EXPECT_EQ(stops.callback(), 0u);
}

TEST(StopsTest, WhatIsOverIsNotStopped) {
  Stops stops;
  const auto first = stops.begin_callback();
  stops.end_callback();
  stops.begin_callback();
  stops.stop(first, kKill);
  EXPECT_FALSE(stops.is_stopping());
}

TEST(StopsTest, CallbacksOfARunArePartOfIt) {
  Stops stops;
  stops.accept_run();
  stops.begin_run();
  EXPECT_EQ(stops.begin_callback(), 0u);
  stops.stop(stops.run(), kKill);
  EXPECT_FALSE(stops.end_callback());
  EXPECT_TRUE(stops.is_stopping());
}

TEST(CallbackDeadlineTest, OneAlarmLooksAfterAll) {
  CallbackDeadline deadline(100);
  EXPECT_EQ(deadline.begin(1000), 1100);
  EXPECT_EQ(deadline.begin(1050), Alarms::kNever) << "the alarm is set";
  auto look = deadline.look(2, 1100);
  EXPECT_EQ(look.exceeded, 0u);
  EXPECT_EQ(look.again_ns, 1150);
  look = deadline.look(2, 1150);
  EXPECT_EQ(look.exceeded, 2u);
  EXPECT_EQ(look.again_ns, 1250);
  look = deadline.look(0, 1250);
  EXPECT_EQ(look.exceeded, 0u);
  EXPECT_EQ(look.again_ns, Alarms::kNever);
  EXPECT_EQ(deadline.begin(1300), 1400) << "the alarm is over";
}

TEST(CallbackDeadlineTest, WithoutALimitThereIsNoAlarm) {
  CallbackDeadline deadline(0);
  EXPECT_EQ(deadline.begin(1000), Alarms::kNever);
}

}  // namespace
}  // namespace upyd
