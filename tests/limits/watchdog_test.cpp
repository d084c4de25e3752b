#include <gtest/gtest.h>

#include "support/script_host.h"

/// machine.WDT: what is not fed in time is killed, whatever it is at.
namespace {

using upy::Limit;
using upy::Outcome;

TEST(WatchdogTest, KillsAScriptThatDoesNotFeedIt) {
  for (const char* busy : {"while True: pass", "sum(range(10**12))", "import time; time.sleep(1000)"}) {
    ScriptHost host;
    const Outcome outcome = host.run(std::string("import machine\nmachine.WDT(timeout=20)\ntry:\n  ") + busy +
                                     "\nfinally:\n  print('not this')");
    EXPECT_EQ(outcome.kind, Outcome::Kind::Killed) << busy;
    EXPECT_EQ(outcome.limit, Limit::Watchdog) << busy;
    EXPECT_EQ(host.take_output(), "") << busy;
  }
}

TEST(WatchdogTest, LetsAScriptGoOnThatFeedsIt) {
  ScriptHost host;
  const Outcome outcome = host.run(
      "import machine, time\n"
      "wdt = machine.WDT(timeout=1000)\n"
      "for i in range(60):\n"
      "  time.sleep_ms(20)\n"
      "  wdt.feed()\n"
      "print('alive')");
  EXPECT_EQ(outcome.kind, Outcome::Kind::Finished);
  EXPECT_EQ(host.take_output(), "alive\n");
}

TEST(WatchdogTest, ResetsAreToldWithTheirCause) {
  struct Case {
    const char* call;
    upy::ResetCause cause;
    int64_t sleep_ns;
  };
  for (const Case& one : {Case{"reset()", upy::ResetCause::Hard, 0}, Case{"soft_reset()", upy::ResetCause::Soft, 0},
                          Case{"deepsleep(30)", upy::ResetCause::DeepSleep, 30'000'000},
                          Case{"deepsleep()", upy::ResetCause::DeepSleep, INT64_MAX}}) {
    ScriptHost host;
    EXPECT_FALSE(host.instance().wanted_reset());
    host.run(std::string("import machine\nmachine.") + one.call);
    ASSERT_TRUE(host.instance().wanted_reset()) << one.call;
    EXPECT_EQ(host.instance().wanted_reset()->cause, one.cause) << one.call;
    EXPECT_EQ(host.instance().wanted_reset()->sleep_ns, one.sleep_ns) << one.call;
  }
}

TEST(WatchdogTest, TheCauseIsToldToTheInstanceThatComesNext) {
  upy::Config config;
  config.reset_cause = upy::ResetCause::Watchdog;
  ScriptHost host(config);
  host.run("import machine\nprint(machine.reset_cause() == machine.WDT_RESET)");
  EXPECT_EQ(host.take_output(), "True\n");
}

}  // namespace
