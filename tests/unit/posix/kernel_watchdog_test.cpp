#include "posix/kernel_watchdog.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>

#include "posix/poller.h"
#include "posix/system_clock.h"

namespace upy {
namespace {

constexpr int64_t kMs = 1'000'000;

class WatchdogTest : public testing::Test {
 protected:
  void sleep(int64_t ns) { std::this_thread::sleep_for(std::chrono::nanoseconds(ns)); }

  const std::unique_ptr<Poller> poller_ = Poller::make();
  std::atomic<int> expired_ = 0;
  KernelWatchdog watchdog_{[this] { return &poller_->set(); }, KernelTimers::unless_missing, [this] { ++expired_; }};
};

TEST_F(WatchdogTest, ExpiresOnceIfItIsNotFed) {
  ASSERT_FALSE(watchdog_.start(kMs));
  while (!expired_) sleep(kMs);
  sleep(20 * kMs);
  EXPECT_EQ(expired_, 1);
}

TEST_F(WatchdogTest, IsNotExpiredBeforeItStarts) {
  watchdog_.feed();
  sleep(5 * kMs);
  EXPECT_EQ(expired_, 0);
}

TEST_F(WatchdogTest, DoesNotExpireWhileItIsFed) {
  const int64_t start_ns = clock_now_ns(CLOCK_MONOTONIC);
  ASSERT_FALSE(watchdog_.start(5000 * kMs));
  while (clock_now_ns(CLOCK_MONOTONIC) < start_ns + 50 * kMs) {
    sleep(kMs);
    watchdog_.feed();
  }
  EXPECT_EQ(expired_, 0);
}

TEST_F(WatchdogTest, ExpiresAfterItWasFedForAWhile) {
  ASSERT_FALSE(watchdog_.start(30 * kMs));
  for (int i = 0; i < 10; i++) {
    sleep(kMs);
    watchdog_.feed();
  }
  const int64_t fed_ns = clock_now_ns(CLOCK_MONOTONIC);
  while (!expired_) sleep(kMs);
  EXPECT_GE(clock_now_ns(CLOCK_MONOTONIC) - fed_ns, 29 * kMs);
}

TEST_F(WatchdogTest, KeepsItsTimeout) {
  ASSERT_FALSE(watchdog_.start(5000 * kMs));
  EXPECT_FALSE(watchdog_.start(5000 * kMs));
  EXPECT_EQ(watchdog_.start(6000 * kMs).number, EBUSY);
}

TEST_F(WatchdogTest, DoesNotExpireAfterItWasStopped) {
  ASSERT_FALSE(watchdog_.start(10 * kMs));
  watchdog_.stop_events();
  sleep(30 * kMs);
  EXPECT_EQ(expired_, 0);
}

}  // namespace
}  // namespace upy
