#include <ctime>

#include "kernel/kernel_test.h"
#include "upyclient/connection.h"

namespace upyd {
namespace {

constexpr int64_t kYear = 365 * 86400;

/// The system's clock is set while scripts run, as on a board that learns the time after it has started.
class ClockTest : public KernelTest {
 protected:
  ~ClockTest() override { set_clock(at_first_); }

  static int64_t now() { return std::time(nullptr); }
  static void set_clock(int64_t seconds) {
    const timespec time{seconds, 0};
    ASSERT_EQ(clock_settime(CLOCK_REALTIME, &time), 0);
  }
  /// Far back, far ahead, and near the present again.
  void jump() {
    for (const int64_t years : {-40, 30, -1}) set_clock(at_first_ + years * kYear);
  }

 private:
  const int64_t at_first_ = now();
};

TEST_F(ClockTest, WhatWaitsAndWhatIsLimitedGoesOn) {
  output_of("a",
            "from machine import Timer\n"
            "ticks = 0\n"
            "def tick(timer):\n"
            "    global ticks\n"
            "    ticks += 1\n"
            "timer = Timer(-1, period=10, callback=tick)\n");
  auto sleeping =
      upyd().run(alone("import asyncio, time\n"
                       "print('begun')\n"
                       "time.sleep_ms(300)\n"
                       "asyncio.run(asyncio.sleep_ms(300))\n"
                       "print('slept')\n"));
  auto busy_request = alone("print('begun')\nwhile True: pass");
  busy_request.set_wall_ms(500);
  auto busy = upyd().run(busy_request);
  const RunRecord slept_so_far = read_until(sleeping, "begun");
  const RunRecord busy_so_far = read_until(busy, "begun");
  jump();
  EXPECT_EQ(finish(sleeping, slept_so_far).out, "begun\nslept\n");
  EXPECT_EQ(finish(busy, busy_so_far).outcome.killed().limit(), v1::Killed::LIMIT_WALL);
  const std::string ticks = output_of("a", "print(ticks)");
  EXPECT_TRUE(soon([&] { return output_of("a", "print(ticks > " + ticks + " + 10)") == "True\n"; }));
}

TEST_F(ClockTest, NothingGrowsOlderByIt) {
  jump();
  const v1::Status status = upyd().get_status();
  const auto instances = upyd().list_instances({});
  for (const auto& time : {status.start_time(), instances.instances(0).create_time()}) {
    EXPECT_GE(time.seconds(), now() - 600);
    EXPECT_LE(time.seconds(), now());
  }
  EXPECT_EQ(output_of("a", "import time\nprint(abs(time.time() - " + std::to_string(now()) + ") < 60)"), "True\n");
}

}  // namespace
}  // namespace upyd
