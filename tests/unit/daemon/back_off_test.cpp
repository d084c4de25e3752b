#include "instances/back_off.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

constexpr int64_t kMsNs = 1'000'000;

class StartPaceTest : public testing::Test {
 protected:
  StartPaceTest() {
    settings_.set_restart_delay_ms(1000);
    settings_.set_restart_delay_max_ms(8000);
  }
  /// It is at work for so long, and starts again: the milliseconds that it waits before.
  int64_t next(int64_t work_ms) {
    pace_.started(now_ns_);
    now_ns_ += work_ms * kMsNs;
    const int64_t delay_ns = pace_.delay_ns(now_ns_, settings_);
    now_ns_ += delay_ns;
    return delay_ns / kMsNs;
  }

  v1::InstanceConfig settings_;
  StartPace pace_;
  int64_t now_ns_ = 5'000'000'000;
};

TEST_F(StartPaceTest, WhoStartsOverAndOverWaitsEverLonger) {
  for (uint64_t i = 0; i < StartPace::kFree; ++i) EXPECT_EQ(next(1), 0);
  for (const int64_t delay_ms : {1000, 2000, 4000, 8000, 8000, 8000}) EXPECT_EQ(next(1), delay_ms);
}

TEST_F(StartPaceTest, WhoTakesItsTimeDoesNot) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(next(1000), 0);
  for (uint64_t i = 0; i <= StartPace::kFree; ++i) next(999);
  EXPECT_EQ(next(1000), 0);
  for (uint64_t i = 0; i < StartPace::kFree; ++i) EXPECT_EQ(next(999), 0);
}

TEST_F(StartPaceTest, WithoutADelayItWaitsALittle) {
  settings_.set_restart_delay_ms(0);
  for (uint64_t i = 0; i < StartPace::kFree; ++i) EXPECT_EQ(next(0), 0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(next(0), 100);
}

TEST_F(StartPaceTest, WhoIsStartedBySomebodyMayDoSoAgain) {
  for (uint64_t i = 0; i <= StartPace::kFree; ++i) next(1);
  pace_.forget();
  for (uint64_t i = 0; i < StartPace::kFree; ++i) EXPECT_EQ(next(1), 0);
}

}  // namespace
}  // namespace upyd
