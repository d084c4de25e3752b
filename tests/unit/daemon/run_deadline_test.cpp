#include "instances/run_deadline.h"

#include <gtest/gtest.h>

#include <vector>

#include "posix/system_clock.h"
#include "reactor/clock.h"
#include "support/fake_alarms.h"

namespace upyd {
namespace {

constexpr int64_t kMs = 1'000'000;

class RunDeadlineTest : public testing::Test {
 protected:
  RunDeadline watch(const RunLimits& limits) {
    return RunDeadline(alarms_, limits, [this](upy::Limit limit) { exceeded_.push_back(limit); });
  }

  void burn(int64_t cpu_ns) {
    const auto clock = this_thread_cpu_clock();
    const int64_t until_ns = upy::clock_now_ns(clock) + cpu_ns;
    while (upy::clock_now_ns(clock) < until_ns) {
    }
  }

  FakeAlarms alarms_;
  std::vector<upy::Limit> exceeded_;
};

TEST_F(RunDeadlineTest, WithoutLimitsNothingHappens) {
  const auto deadline = watch({});
  alarms_.pass(1000 * kMs);
  EXPECT_TRUE(exceeded_.empty());
}

TEST_F(RunDeadlineTest, WallTimeIsExceededOnce) {
  const auto deadline = watch({.wall_ns = 10 * kMs});
  alarms_.pass(9 * kMs);
  EXPECT_TRUE(exceeded_.empty());
  alarms_.pass(100 * kMs);
  EXPECT_EQ(exceeded_, std::vector{upy::Limit::Wall});
}

TEST_F(RunDeadlineTest, CpuTimeCountsOnlyWhatTheThreadUses) {
  const auto deadline = watch({.cpu_ns = 20 * kMs});
  alarms_.pass(25 * kMs);
  EXPECT_TRUE(exceeded_.empty()) << "the alarms' time has passed, the thread's has not";
  burn(21 * kMs);
  alarms_.pass(25 * kMs);
  EXPECT_EQ(exceeded_, std::vector{upy::Limit::Cpu});
}

TEST_F(RunDeadlineTest, ARunThatIsOverExceedsNothing) {
  { const auto deadline = watch({.wall_ns = 10 * kMs, .cpu_ns = 1}); }
  burn(kMs);
  alarms_.pass(100 * kMs);
  EXPECT_TRUE(exceeded_.empty());
}

}  // namespace
}  // namespace upyd
