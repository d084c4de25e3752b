#include "gpio/debouncer.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/fake_alarms.h"

namespace upyd {
namespace {

/// A line that is debounced by 100 ns, and what of its edges counts.
class DebouncerTest : public testing::Test {
 protected:
  void edge(bool rising, uint32_t lost = 0) {
    const int64_t when_ns = debouncer_.take({rising, lost, alarms_.now_ns()}, period_ns_);
    if (when_ns == Alarms::kNever) return;
    ++alarms_set_;
    alarms_.at(when_ns, [this](int64_t now_ns) {
      const auto [edge, again_ns] = debouncer_.settle(now_ns, period_ns_);
      if (edge) counted_.push_back(*edge);
      return again_ns;
    });
  }

  FakeAlarms alarms_;
  Debouncer debouncer_;
  int64_t period_ns_ = 100;
  int alarms_set_ = 0;
  std::vector<LineEdge> counted_;
};

TEST_F(DebouncerTest, AnEdgeCountsOnceTheLevelIsSteady) {
  edge(true);
  const int64_t edge_ns = alarms_.now_ns();
  alarms_.pass(99);
  EXPECT_TRUE(counted_.empty());
  EXPECT_FALSE(debouncer_.level());
  alarms_.pass(1);
  ASSERT_EQ(counted_.size(), 1u);
  EXPECT_TRUE(counted_[0].rising);
  EXPECT_EQ(counted_[0].timestamp_ns, edge_ns);
  EXPECT_TRUE(debouncer_.level());
}

TEST_F(DebouncerTest, OfManyEdgesTheLastCounts) {
  int64_t last_ns = 0;
  for (const bool rising : {true, false, true}) {
    edge(rising, 7);
    last_ns = alarms_.now_ns();
    alarms_.pass(60);
  }
  EXPECT_TRUE(counted_.empty());
  alarms_.pass(40);
  ASSERT_EQ(counted_.size(), 1u);
  EXPECT_EQ(counted_[0].timestamp_ns, last_ns);
  EXPECT_EQ(counted_[0].lost, 0u) << "the level alone counts";
  EXPECT_EQ(alarms_set_, 1);
}

TEST_F(DebouncerTest, AGlitchDoesNotCount) {
  edge(true);
  edge(false);
  alarms_.pass(1000);
  EXPECT_TRUE(counted_.empty());
  edge(true);
  alarms_.pass(100);
  EXPECT_EQ(counted_.size(), 1u) << "an alarm is set again";
  EXPECT_EQ(alarms_set_, 2);
}

TEST_F(DebouncerTest, BeginsWithTheLevelThatIs) {
  debouncer_.begin(true);
  EXPECT_TRUE(debouncer_.level());
  edge(true);
  alarms_.pass(100);
  EXPECT_TRUE(counted_.empty());
  edge(false);
  alarms_.pass(100);
  ASSERT_EQ(counted_.size(), 1u);
  EXPECT_FALSE(counted_[0].rising);
}

TEST_F(DebouncerTest, ALateAlarmIsEnough) {
  edge(true);
  alarms_.jump(50'000);
  EXPECT_EQ(counted_.size(), 1u);
}

TEST_F(DebouncerTest, TheLatestPeriodHolds) {
  edge(true);
  period_ns_ = 500;
  alarms_.pass(499);
  EXPECT_TRUE(counted_.empty());
  alarms_.pass(1);
  EXPECT_EQ(counted_.size(), 1u);
}

}  // namespace
}  // namespace upyd
