#include "posix/system_clock.h"

#include <gtest/gtest.h>

#include <thread>

namespace upy {
namespace {

constexpr int64_t kMs = 1'000'000;

TEST(ClockTest, WaitsUntilTheTime) {
  SystemClock clock;
  const int64_t until_ns = clock.monotonic_ns() + 5 * kMs;
  while (clock.monotonic_ns() < until_ns) clock.wait_until(until_ns);
  EXPECT_LT(clock.monotonic_ns(), until_ns + 10'000 * kMs);
}

TEST(ClockTest, ATimeInThePastIsNoWait) {
  SystemClock clock;
  clock.wait_until(clock.monotonic_ns() - kMs);
  clock.wait_until(0);
}

TEST(ClockTest, AnEarlierNotificationEndsOneWait) {
  SystemClock clock;
  clock.notify();
  clock.notify();
  clock.wait_until(Clock::kForever);
  const int64_t until_ns = clock.monotonic_ns() + 5 * kMs;
  clock.wait_until(until_ns);
  EXPECT_GE(clock.monotonic_ns(), until_ns);
}

TEST(ClockTest, ANotificationWakesTheSleeper) {
  SystemClock clock;
  for (int i = 0; i < 1000; ++i) {
    std::thread waker([&] { clock.notify(); });
    clock.wait_until(Clock::kForever);
    waker.join();
  }
}

TEST(ClockTest, AThreadsCpuClockStandsWhileItSleeps) {
  SystemClock clock;
  const int64_t before_ns = clock.cpu_ns();
  clock.wait_until(clock.monotonic_ns() + 50 * kMs);
  EXPECT_LT(clock.cpu_ns() - before_ns, 40 * kMs);
}

}  // namespace
}  // namespace upy
