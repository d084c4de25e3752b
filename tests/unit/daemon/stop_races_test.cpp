#include <gtest/gtest.h>

#include <future>
#include <random>
#include <thread>

#include "parts.h"

namespace upyd {
namespace {

grpc::Status anybody(const std::string&) { return grpc::Status::OK; }

using namespace std::chrono_literals;

/// Stops a run, from another thread, at some moment between its being asked for and some time after its end; then looks
/// whether the instance is what it was.
class StopRacesTest : public testing::Test {
 protected:
  static constexpr int kRaces = 150;

  using Host = std::shared_ptr<InstanceHost>;
  struct Race {
    std::shared_ptr<upyd::Run> run = std::make_shared<upyd::Run>();
    std::shared_ptr<std::promise<RunReport>> end = std::make_shared<std::promise<RunReport>>();
  };

  static Race make_race(const std::string& source) {
    Race race;
    race.run->script.text = source;
    race.run->on_readable = [] {};
    race.run->on_end = [end = race.end](const RunReport& report) { end->set_value(report); };
    return race;
  }

  /// An instance whose timer changes the level of line 0 each millisecond.
  Host create() {
    Host host;
    const auto status = parts_.registry().create("a", {}, host);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const auto report =
        run("from machine import Pin, Timer\n"
            "pin = Pin(0, Pin.OUT)\n"
            "ticks = 0\n"
            "def tick(t):\n"
            "    global ticks\n"
            "    ticks += 1\n"
            "    pin.value(ticks & 1)\n"
            "timer = Timer(period=1, callback=tick)\n");
    EXPECT_EQ(report.outcome.kind, upy::Outcome::Kind::Finished) << report.outcome.traceback;
    return host;
  }
  RunReport run(const std::string& source) {
    Host host;
    Race race = make_race(source);
    const auto status = parts_.registry().run_in("a", race.run, anybody, host);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return status.ok() ? race.end->get_future().get() : RunReport{.status = status};
  }

  /// Waits up to a little more than the last run took.
  void wait_a_while() {
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::nanoseconds(std::uniform_int_distribution<int64_t>(0, longest_ns_)(random_));
    while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }
  /// The script runs while `stop(host, run_id)` happens; returns how it ended.
  template <typename Stop>
  RunReport race(const std::string& source, Stop stop) {
    const auto start = std::chrono::steady_clock::now();
    Host host;
    Race race = make_race(source);
    const auto status = parts_.registry().run_in("a", race.run, anybody, host);
    EXPECT_TRUE(status.ok()) << status.error_message();
    if (!status.ok()) return {.status = status};
    std::thread stopper([&] {
      wait_a_while();
      stop(*host, race.run->id);
    });
    RunReport report = race.end->get_future().get();
    const auto took = std::chrono::steady_clock::now() - start;
    stopper.join();
    longest_ns_ = took.count() * 3 / 2;
    return report;
  }

  /// Whether the timer's callbacks still change the line, without a run to wake anything.
  bool callbacks_work() {
    const auto end = std::chrono::steady_clock::now() + 20s;
    for (int changes = 0; changes < 2; ++changes) {
      for (const bool before = parts_.level(0); parts_.level(0) == before;) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(200us);
      }
    }
    return true;
  }

  void race_stops(const std::string& source, const StopRequest& request, bool only_that_run) {
    create();
    for (int i = 0; i < kRaces && !HasFailure(); ++i) {
      race(source, [&](InstanceHost& host, uint64_t id) {
        InstanceHost::Stopped stopped;
        host.stop(request, only_that_run ? std::optional(id) : std::nullopt, stopped);
      });
      ASSERT_TRUE(callbacks_work()) << "after " << i << " races";
      const auto next = run("pass");
      ASSERT_EQ(next.outcome.kind, upy::Outcome::Kind::Finished) << "after " << i << " races";
    }
  }

  Parts parts_;
  std::mt19937 random_{1};
  int64_t longest_ns_ = 1'000'000;
};

constexpr const char* kShort = "x = 1";
constexpr const char* kSleeps = "import time\ntime.sleep_ms(1)";
constexpr StopRequest kInterrupt{upy::StopLevel::Interrupt, upy::Limit::Request};
constexpr StopRequest kStop{upy::StopLevel::Stop, upy::Limit::Request};
constexpr StopRequest kKill{upy::StopLevel::Kill, upy::Limit::Request};

TEST_F(StopRacesTest, AKillAtTheEndOfARun) { race_stops(kShort, kKill, true); }
TEST_F(StopRacesTest, AKillOfWhateverRuns) { race_stops(kShort, kKill, false); }
TEST_F(StopRacesTest, AKillOfASleeper) { race_stops(kSleeps, kKill, true); }
TEST_F(StopRacesTest, AStop) { race_stops(kShort, kStop, true); }
TEST_F(StopRacesTest, AnInterrupt) { race_stops(kShort, kInterrupt, true); }
TEST_F(StopRacesTest, AnInterruptOfWhateverRuns) { race_stops(kSleeps, kInterrupt, false); }

TEST_F(StopRacesTest, ALimitThatTheRunJustReaches) {
  create();
  for (int i = 0; i < 30; ++i) {
    Host host;
    Race race = make_race(kSleeps);
    race.run->overrides.set_wall_ms(1);
    ASSERT_TRUE(parts_.registry().run_in("a", race.run, anybody, host).ok());
    race.end->get_future().get();
    ASSERT_TRUE(callbacks_work()) << "after " << i << " races";
  }
}

TEST_F(StopRacesTest, AClientThatGoes) {
  create();
  for (int i = 0; i < kRaces; ++i) {
    race(kShort, [](InstanceHost& host, uint64_t id) { host.abandon(id, 0); });
    ASSERT_TRUE(callbacks_work()) << "after " << i << " races";
    ASSERT_EQ(run("pass").outcome.kind, upy::Outcome::Kind::Finished) << "after " << i << " races";
  }
}

TEST_F(StopRacesTest, ADeletion) {
  for (int i = 0; i < kRaces / 3; ++i) {
    const auto host = create();
    std::promise<void> gone;
    host->when_gone([&](const grpc::Status&) { gone.set_value(); });
    race(kShort, [](InstanceHost& instance, uint64_t) { instance.end(upy::Limit::Request); });
    ASSERT_EQ(gone.get_future().wait_for(60s), std::future_status::ready) << "after " << i << " races";
  }
}

/// A callback that begins as its instance is deleted, and never ends by itself.
TEST_F(StopRacesTest, ADeletionAsACallbackBegins) {
  for (int i = 0; i < kRaces / 3; ++i) {
    Host host;
    ASSERT_TRUE(parts_.registry().create("a", {}, host).ok());
    std::promise<void> gone;
    host->when_gone([&](const grpc::Status&) { gone.set_value(); });
    longest_ns_ = 4'000'000;
    Race race = make_race(
        "from machine import Timer\n"
        "def spin(t):\n"
        "    while True: pass\n"
        "t = Timer(mode=Timer.ONE_SHOT, period=1, callback=spin)");
    ASSERT_TRUE(parts_.registry().run_in("a", race.run, anybody, host).ok());
    wait_a_while();
    host->inspect({}, [](const InspectionAnswer&) {});
    host->end(upy::Limit::Request);
    ASSERT_EQ(gone.get_future().wait_for(60s), std::future_status::ready) << "after " << i << " races";
  }
}

}  // namespace
}  // namespace upyd
