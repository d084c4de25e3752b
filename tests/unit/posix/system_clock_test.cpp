#include "posix/system_clock.h"

#include <gtest/gtest.h>
#include <unistd.h>

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

class PipeTest : public testing::Test {
 protected:
  PipeTest() { EXPECT_EQ(pipe(ends_), 0); }
  ~PipeTest() override {
    close(ends_[0]);
    close(ends_[1]);
  }
  void wait_until(int64_t monotonic_ns) {
    const pollfd descriptors[] = {{-1, POLLIN, 0}, {ends_[0], POLLIN, 0}};
    clock_.wait_until(monotonic_ns, descriptors);
  }

  SystemClock clock_;
  int ends_[2];
};

TEST_F(PipeTest, ADescriptorEndsTheWait) {
  std::thread writer([&] { EXPECT_EQ(write(ends_[1], "x", 1), 1); });
  wait_until(Clock::kForever);
  wait_until(Clock::kForever);
  writer.join();
}

TEST_F(PipeTest, WithoutAnythingToReadTheTimeDoes) {
  const int64_t until_ns = clock_.monotonic_ns() + 5 * kMs;
  while (clock_.monotonic_ns() < until_ns) wait_until(until_ns);
  wait_until(0);
}

TEST_F(PipeTest, NotificationsDoWhileItWaitsForADescriptor) {
  clock_.notify();
  wait_until(Clock::kForever);
  for (int i = 0; i < 1000; ++i) {
    std::thread waker([&] { clock_.notify(); });
    wait_until(Clock::kForever);
    waker.join();
  }
}

TEST_F(PipeTest, ALateNotificationDoesNotKeepItAwake) {
  for (int i = 0; i < 100; ++i) {
    std::thread waker([&] { clock_.notify(); });
    wait_until(clock_.monotonic_ns() + kMs / 10);
    waker.join();
  }
  int rounds = 0;
  const int64_t until_ns = clock_.monotonic_ns() + 50 * kMs;
  for (; clock_.monotonic_ns() < until_ns; ++rounds) wait_until(until_ns);
  EXPECT_LT(rounds, 10);
}

TEST(ClockTest, AThreadsCpuClockStandsWhileItSleeps) {
  SystemClock clock;
  const int64_t before_ns = clock.cpu_ns();
  clock.wait_until(clock.monotonic_ns() + 50 * kMs);
  EXPECT_LT(clock.cpu_ns() - before_ns, 40 * kMs);
}

}  // namespace
}  // namespace upy
