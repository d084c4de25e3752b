#include <atomic>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

/// machine.reset in a standing instance.
class ResetTest : public RpcTest {
 protected:
  ResetTest() {
    create("a");
    run(in("a",
           "import machine, micropython, time\n"
           "from machine import Pin, Timer\n"
           "led = Pin(17, Pin.OUT, value=1)\n"
           "blob = bytearray(100000)\n"));
  }

  /// Whether the instance is as it was created.
  void expect_new() {
    EXPECT_NE(run(in("a", "led")).err.find("NameError"), std::string::npos);
    EXPECT_EQ(line("gpiochip0:17").writer(), "");
    EXPECT_EQ(run(in("a", "print(1 + 1)")).out, "2\n");
  }
};

TEST_F(ResetTest, EndsTheScriptAndMakesTheInstanceAnew) {
  const auto record = run(in("a", "print('before')\nmachine.reset()\nprint('never')"));
  EXPECT_EQ(record.out, "before\n");
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_EQ(record.outcome.exit_status(), 0);
  expect_new();
}

TEST_F(ResetTest, EndsTheScriptFromACallbackToo) {
  const auto record = run(in("a",
                             "t = Timer(period=5, callback=lambda t: machine.reset())\n"
                             "while True: time.sleep_ms(1)"));
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_EQ(record.out + record.err, "");
  expect_new();
}

TEST_F(ResetTest, ComesFromAHardHandler) {
  const auto record = run(in("a",
                             "t = Timer(period=5, hard=True, callback=lambda t: machine.reset())\n"
                             "while True: pass"));
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_EQ(record.out + record.err, "");
  expect_new();
}

TEST_F(ResetTest, OfAnInstanceThatRunsNoScript) {
  run(in("a", "t = Timer(mode=Timer.ONE_SHOT, period=20, callback=lambda t: machine.reset())"));
  EXPECT_TRUE(soon([&] { return line("gpiochip0:17").writer().empty(); }));
  expect_new();
}

TEST_F(ResetTest, IsToldAsAnEvent) {
  v1::WatchEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_INSTANCE_RESET);
  auto stream = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  run(in("a", "machine.soft_reset()"));
  ASSERT_TRUE(stream.read(response));
  EXPECT_EQ(response.events(0).instance(), "a");
  EXPECT_EQ(response.events(0).instance_reset().cause(), v1::InstanceReset::CAUSE_SOFT);
}

TEST_F(ResetTest, TellsItsCauseToWhatComesNext) {
  const std::string ask = "import machine; print(machine.reset_cause())";
  EXPECT_EQ(run(in("a", ask)).out, "1\n");
  run(in("a", "machine.reset()"));
  EXPECT_EQ(run(in("a", ask)).out, "2\n");
  run(in("a", "machine.soft_reset()"));
  EXPECT_EQ(run(in("a", ask)).out, "5\n");
}

// ---- the watchdog ----

TEST_F(ResetTest, AWatchdogThatIsNotFedKillsTheScriptAndMakesTheInstanceAnew) {
  const auto record = run(in("a", "machine.WDT(timeout=50)\nwhile True: sum(range(10**9))"));
  EXPECT_EQ(record.outcome.killed().limit(), v1::Killed::LIMIT_WATCHDOG);
  EXPECT_EQ(run(in("a", "import machine; print(machine.reset_cause() == machine.WDT_RESET)")).out, "True\n");
  expect_new();
}

TEST_F(ResetTest, AWatchdogIsToBeFedBetweenRunsToo) {
  run(in("a", "machine.WDT(timeout=50)"));
  EXPECT_TRUE(soon([&] { return line("gpiochip0:17").writer().empty(); }));
  expect_new();
}

TEST_F(ResetTest, AWatchdogThatCallbacksFeedLeavesTheInstanceAlone) {
  run(in("a",
         "wdt = machine.WDT(timeout=3000)\n"
         "fed = 0\n"
         "def feed(t):\n"
         "  global fed\n"
         "  wdt.feed()\n"
         "  fed += 1\n"
         "t = Timer(period=20, callback=feed)"));
  EXPECT_TRUE(soon([&] { return run(in("a", "print(fed > 20)")).out == "True\n"; }));
}

TEST_F(ResetTest, AWatchdogEndsAnInstanceOfOneRun) {
  const auto record = run(alone("import machine\nmachine.WDT(timeout=20)\nwhile True: pass"));
  EXPECT_EQ(record.outcome.killed().limit(), v1::Killed::LIMIT_WATCHDOG);
}

// ---- deep sleep ----

TEST_F(ResetTest, DeepSleepGivesBackWhatTheInstanceHeldUntilTimeIsUp) {
  EXPECT_TRUE(run(in("a", "machine.deepsleep(600000)")).outcome.has_finished());
  EXPECT_TRUE(soon([&] { return line("gpiochip0:17").writer().empty(); }));
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  try {
    upyd().get_mem_info(request);
    ADD_FAILURE() << "it does not sleep";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), grpc::FAILED_PRECONDITION);
    EXPECT_NE(std::string(error.what()).find("deep sleep"), std::string::npos) << error.what();
  }
}

TEST_F(ResetTest, ARunWakesAnInstanceFromDeepSleep) {
  run(in("a", "machine.deepsleep()"));
  EXPECT_EQ(run(in("a", "import machine; print(machine.reset_cause() == machine.DEEPSLEEP_RESET)")).out, "True\n");
}

TEST_F(ResetTest, AnInstanceWakesWhenTimeIsUp) {
  v1::WatchEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_INSTANCE_RESET);
  auto stream = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  run(in("a", "machine.deepsleep(100)"));
  ASSERT_TRUE(stream.read(response));
  EXPECT_EQ(response.events(0).instance_reset().cause(), v1::InstanceReset::CAUSE_DEEP_SLEEP);
}

TEST_F(ResetTest, AnInstanceInDeepSleepCanBeDeleted) {
  run(in("a", "machine.deepsleep()"));
  remove("a");
}

TEST_F(ResetTest, AgainAndAgainWhileOthersLook) {
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  std::atomic<bool> ends = false;
  std::thread looks([&] {
    while (!ends) EXPECT_GT(upyd().get_mem_info(request).heap_total(), 0u);
  });
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(run(in("a", "import machine\nmachine.reset()")).outcome.has_finished());
  ends = true;
  looks.join();
  expect_new();
}

TEST_F(ResetTest, TheClockKeepsWhatWasSet) {
  run(in("a", "rtc = machine.RTC(); rtc.datetime((2040, 1, 2, 0, 3, 4, 5, 0)); rtc.memory(b'kept'); machine.reset()"));
  EXPECT_EQ(run(in("a", "from machine import RTC; print(RTC().datetime()[:3], RTC().memory())")).out,
            "(2040, 1, 2) b'kept'\n");
}

TEST_F(ResetTest, EndsAnInstanceOfOneRun) {
  const auto record = run(alone("import machine\nprint('on')\nmachine.reset()"));
  EXPECT_EQ(record.out, "on\n");
  EXPECT_TRUE(record.outcome.has_finished());
}

}  // namespace
}  // namespace upyd
