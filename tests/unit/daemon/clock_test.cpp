#include "clock.h"

#include <gtest/gtest.h>

#include <thread>

namespace upyd {
namespace {

constexpr int64_t kMs = 1'000'000;

TEST(ClockTest, WaitsUntilTheTime) {
  InstanceClock clock;
  const int64_t until_ns = clock.monotonic_ns() + 5 * kMs;
  while (clock.monotonic_ns() < until_ns) clock.wait_until(until_ns);
  EXPECT_LT(clock.monotonic_ns(), until_ns + 10'000 * kMs);
}

TEST(ClockTest, ATimeInThePastIsNoWait) {
  InstanceClock clock;
  clock.wait_until(clock.monotonic_ns() - kMs);
  clock.wait_until(0);
}

TEST(ClockTest, AnEarlierNotificationEndsOneWait) {
  InstanceClock clock;
  clock.notify();
  clock.notify();
  clock.wait_until(upy::Clock::kForever);
  const int64_t until_ns = clock.monotonic_ns() + 5 * kMs;
  clock.wait_until(until_ns);
  EXPECT_GE(clock.monotonic_ns(), until_ns);
}

TEST(ClockTest, ANotificationWakesTheSleeper) {
  InstanceClock clock;
  for (int i = 0; i < 1000; ++i) {
    std::thread waker([&] { clock.notify(); });
    clock.wait_until(upy::Clock::kForever);
    waker.join();
  }
}

TEST(ClockTest, AThreadsCpuClockStandsWhileItSleeps) {
  InstanceClock clock;
  const int64_t before_ns = clock.cpu_ns();
  clock.wait_until(clock.monotonic_ns() + 50 * kMs);
  EXPECT_LT(clock.cpu_ns() - before_ns, 40 * kMs);
}

}  // namespace
}  // namespace upyd
