#include "supervisor/restart_policy.h"

#include <gtest/gtest.h>

#include "config/settings.h"
#include "port/time_units.h"

namespace upyd {
namespace {

using Kind = upy::Outcome::Kind;

constexpr int64_t kSecondNs = 1000 * upy::kNsPerMs;

class RestartPolicyTest : public testing::Test {
 protected:
  RestartPolicyTest() {
    settings_.set_restart_delay_ms(1000);
    settings_.set_restart_delay_max_ms(10'000);
    settings_.set_start_limit_burst(5);
    settings_.set_start_limit_interval_ms(60'000);
  }

  /// The board comes up, is up for so long, and goes down; the seconds until it is to be started, -1: never.
  int64_t next(StartEnd end, int64_t up_s = 0) {
    restarts_.came_up(now_ns_);
    now_ns_ += up_s * kSecondNs;
    const auto next = restarts_.went_down(end, settings_, now_ns_);
    now_ns_ += next.delay_ns;
    return next.gives_up ? -1 : next.delay_ns / kSecondNs;
  }

  v1::InstanceConfig settings_ = initial_settings();
  Restarts restarts_;
  int64_t now_ns_ = 1000 * kSecondNs;
};

TEST_F(RestartPolicyTest, HowAStartHasEnded) {
  EXPECT_EQ(end_of({.kind = Kind::Finished}), StartEnd::Done);
  EXPECT_EQ(end_of({.kind = Kind::Finished, .exit_status = 3}), StartEnd::Failed);
  EXPECT_EQ(end_of({.kind = Kind::Exception, .exit_status = 1}), StartEnd::Failed);
  EXPECT_EQ(end_of({.kind = Kind::Refused, .exit_status = 1}), StartEnd::Failed);
  EXPECT_EQ(end_of({.kind = Kind::Killed, .exit_status = 137}), StartEnd::Failed);
  EXPECT_EQ(end_of({.kind = Kind::Interrupted, .exit_status = 130}), StartEnd::ByUser);
  EXPECT_EQ(end_of({.kind = Kind::Stopped}), StartEnd::ByUser);
}

TEST_F(RestartPolicyTest, WhyItHasFailed) {
  EXPECT_EQ(failure_of({.kind = Kind::Finished, .exit_status = 3}), "it exited with status 3");
  EXPECT_EQ(failure_of({.kind = Kind::Exception, .traceback = "Traceback:\n  line 1\nValueError: no sensor\n"}),
            "ValueError: no sensor");
  EXPECT_EQ(failure_of({.kind = Kind::Killed, .limit = upy::Limit::Watchdog}),
            "killed: it did not feed its watchdog in time");
  upy::Outcome refused{.kind = Kind::Refused};
  refused.compile_error = upy::CompileError{.traceback = "  line 1\nSyntaxError: invalid syntax\n"};
  EXPECT_EQ(failure_of(refused), "SyntaxError: invalid syntax");
}

TEST_F(RestartPolicyTest, WhatEachPolicyDoes) {
  struct {
    v1::RestartPolicy policy;
    bool done, failed;
  } const table[] = {{v1::RESTART_POLICY_NO, false, false},
                     {v1::RESTART_POLICY_ON_FAILURE, false, true},
                     {v1::RESTART_POLICY_ALWAYS, true, true}};
  for (const auto& [policy, done, failed] : table) {
    EXPECT_EQ(calls_for_restart(policy, StartEnd::Done), done) << policy;
    EXPECT_EQ(calls_for_restart(policy, StartEnd::Failed), failed) << policy;
    EXPECT_FALSE(calls_for_restart(policy, StartEnd::ByUser)) << policy;
  }
}

TEST_F(RestartPolicyTest, TheDelayDoublesUpToTheLongest) {
  settings_.set_start_limit_burst(0);
  for (const int64_t seconds : {1, 2, 4, 8, 10, 10, 10}) EXPECT_EQ(next(StartEnd::Failed), seconds);
}

TEST_F(RestartPolicyTest, NoDelayStaysNone) {
  settings_.set_restart_delay_ms(0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(next(StartEnd::Failed), 0);
}

TEST_F(RestartPolicyTest, NoSettingsHaveABoardStartAllTheTime) {
  settings_.set_restart_delay_ms(0);
  settings_.set_start_limit_burst(0);
  for (const StartEnd end : {StartEnd::Failed, StartEnd::Done}) {
    restarts_.forget();
    const int64_t begin_ns = now_ns_;
    for (uint64_t i = 0; i < StartPace::kFree + 100; ++i) next(end);
    EXPECT_GE(now_ns_ - begin_ns, 100 * StartPace::kLeastNs);
  }
}

TEST_F(RestartPolicyTest, ADelayThatIsLongerThanTheLongestIsCut) {
  settings_.set_restart_delay_ms(20'000);
  EXPECT_EQ(next(StartEnd::Failed), 10);
}

TEST_F(RestartPolicyTest, ItGivesUpBeyondTheLimit) {
  for (int i = 0; i < 5; ++i) EXPECT_GE(next(StartEnd::Failed), 0);
  EXPECT_EQ(next(StartEnd::Failed), -1);
}

TEST_F(RestartPolicyTest, FailuresAreForgottenWhenItWasUpLongEnough) {
  for (int i = 0; i < 5; ++i) next(StartEnd::Failed, 59);
  EXPECT_EQ(next(StartEnd::Failed, 60), 1);
  for (int i = 0; i < 4; ++i) next(StartEnd::Failed, 59);
  EXPECT_EQ(next(StartEnd::Failed, 59), -1);
}

/// The time that it waits is not time that it is up.
TEST_F(RestartPolicyTest, WaitingForgetsNothing) {
  settings_.set_restart_delay_ms(100'000);
  settings_.set_restart_delay_max_ms(100'000);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(next(StartEnd::Failed), 100);
  EXPECT_EQ(next(StartEnd::Failed), -1);
}

TEST_F(RestartPolicyTest, WhoStartsItForgivesIt) {
  for (int i = 0; i < 6; ++i) next(StartEnd::Failed);
  restarts_.forget();
  EXPECT_EQ(next(StartEnd::Failed), 1);
}

TEST_F(RestartPolicyTest, AnEndWithoutFailureDoesNotCount) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(next(StartEnd::Done), 1);
  EXPECT_EQ(next(StartEnd::Failed), 1);
  EXPECT_EQ(next(StartEnd::Done), 1);
  EXPECT_EQ(next(StartEnd::Failed), 2);
}

}  // namespace
}  // namespace upyd
