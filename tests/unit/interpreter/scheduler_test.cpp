#include "interpreter/scheduler.h"

#include "support/test_vm.h"

namespace upy {
namespace {

/// Callbacks are numbers; calling one notes it, and does what the test wants done then.
class SchedulerTest : public testing::Test {
 protected:
  SchedulerTest() {
    vm_.on_call = [this](Value callee, Args) -> Result<Value> {
      called_.push_back(callee.as_small_int());
      return during_call ? during_call() : Result<Value>(Value::none());
    };
  }

  bool schedule(int64_t number) { return scheduler_.schedule(integer(number), Value::none()); }
  bool wants_to_run() { return vm_.reasons.load() & kReasonSchedule; }
  /// Runs what a script's safepoints would, until nothing wants to run.
  std::vector<int64_t> run() {
    while (wants_to_run()) EXPECT_TRUE(bool(scheduler_.run_one()));
    return std::exchange(called_, {});
  }

  TestVm vm_;
  Scheduler scheduler_{vm_, 4};
  std::function<Result<Value>()> during_call;

 private:
  std::vector<int64_t> called_;
};

using Numbers = std::vector<int64_t>;

TEST_F(SchedulerTest, RunsInOrder) {
  for (int64_t n = 1; n <= 3; ++n) EXPECT_TRUE(schedule(n));
  EXPECT_EQ(scheduler_.info().waiting, 3u);
  EXPECT_EQ(run(), (Numbers{1, 2, 3}));
  EXPECT_EQ(scheduler_.info().run, 3u);
  EXPECT_TRUE(scheduler_.empty());
}

TEST_F(SchedulerTest, RunsOneAtATime) {
  schedule(1);
  schedule(2);
  EXPECT_TRUE(bool(scheduler_.run_one()));
  EXPECT_EQ(scheduler_.info().waiting, 1u);
  EXPECT_TRUE(wants_to_run());
}

TEST_F(SchedulerTest, AFullQueueRefuses) {
  for (int64_t n = 0; n < 4; ++n) EXPECT_TRUE(schedule(n));
  EXPECT_FALSE(schedule(4));
  scheduler_.schedule_event(integer(5), Value::none());
  EXPECT_EQ(scheduler_.info().dropped, 1u);
  EXPECT_EQ(scheduler_.info().high_water, 4u);
  EXPECT_EQ(run(), (Numbers{0, 1, 2, 3}));
}

TEST_F(SchedulerTest, NoCallbackRunsInsideAnother) {
  during_call = [this]() -> Result<Value> {
    EXPECT_TRUE(scheduler_.locked());
    during_call = nullptr;
    EXPECT_TRUE(schedule(2));
    EXPECT_FALSE(wants_to_run());
    EXPECT_TRUE(bool(scheduler_.run_one()));
    EXPECT_EQ(scheduler_.info().waiting, 1u);
    return Value::none();
  };
  schedule(1);
  EXPECT_EQ(run(), (Numbers{1, 2}));
}

TEST_F(SchedulerTest, ACallbackCanFillTheQueueAgainForEver) {
  during_call = [this]() -> Result<Value> {
    schedule(1);
    return Value::none();
  };
  schedule(1);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(wants_to_run());
    EXPECT_TRUE(bool(scheduler_.run_one()));
  }
  EXPECT_EQ(scheduler_.info().run, 100u);
  EXPECT_EQ(scheduler_.info().high_water, 1u);
}

TEST_F(SchedulerTest, AnExceptionEndsItsCallbackOnly) {
  during_call = [this]() -> Result<Value> { return vm_.raise(Error::divide_by_zero, {}); };
  schedule(1);
  schedule(2);
  EXPECT_EQ(run(), (Numbers{1, 2}));
  EXPECT_EQ(raised(vm_), "nothing");
}

TEST_F(SchedulerTest, LocksNest) {
  scheduler_.lock();
  scheduler_.hold_by_script(true);
  scheduler_.hold_by_script(true);
  schedule(1);
  EXPECT_EQ(run(), Numbers{});
  scheduler_.unlock();
  EXPECT_TRUE(scheduler_.locked());
  EXPECT_EQ(run(), Numbers{});
  scheduler_.hold_by_script(false);
  EXPECT_EQ(run(), Numbers{1});
}

TEST_F(SchedulerTest, AnInterruptWaitsForTheUnlock) {
  scheduler_.lock();
  scheduler_.interrupt_when_unlocked();
  EXPECT_FALSE(vm_.reasons.load() & kReasonInterrupt);
  scheduler_.unlock();
  EXPECT_TRUE(vm_.reasons.load() & kReasonInterrupt);
}

/// The targets whose handlers were called, in order: a handler is a plain function, so this is static.
Numbers handled;

Result<void> note_target(Vm&, Value target, const Event&) {
  handled.push_back(target.as_small_int());
  return {};
}

TEST_F(SchedulerTest, EventsFindTheirSource) {
  handled.clear();
  const EventToken first = scheduler_.subscribe(integer(1), note_target);
  const EventToken second = scheduler_.subscribe(integer(2), note_target);
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = second})));
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = first})));
  EXPECT_EQ(handled, (Numbers{2, 1}));
}

TEST_F(SchedulerTest, LateEventsOfAnOldSourceAreForgotten) {
  handled.clear();
  const EventToken old = scheduler_.subscribe(integer(1), note_target);
  scheduler_.unsubscribe(old);
  const EventToken token = scheduler_.subscribe(integer(2), note_target);
  EXPECT_NE(token, old);
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = old})));
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = 0xffff})));
  EXPECT_EQ(handled, Numbers{});
  scheduler_.unsubscribe(old);
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = token})));
  EXPECT_EQ(handled, Numbers{2});
}

TEST_F(SchedulerTest, AnyNumberOfSourcesHaveTokensOfTheirOwn) {
  constexpr int64_t kSources = 70'000;
  std::vector<EventToken> tokens;
  for (int64_t i = 0; i < kSources; ++i) tokens.push_back(scheduler_.subscribe(integer(i), note_target));
  handled.clear();
  for (const int64_t i : {int64_t{0}, int64_t{1}, int64_t{65'535}, int64_t{65'536}, int64_t{65'537}, kSources - 1}) {
    EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = tokens[static_cast<size_t>(i)]})));
    ASSERT_EQ(handled, Numbers{i});
    handled.clear();
  }
  scheduler_.unsubscribe(tokens[65'536]);
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = tokens[0]})));
  EXPECT_TRUE(bool(scheduler_.dispatch({.kind = Event::Kind::Edge, .token = tokens[65'536]})));
  EXPECT_EQ(handled, Numbers{0});
}

TEST_F(SchedulerTest, ATokenIsNotUsedAgain) {
  const EventToken old = scheduler_.subscribe(integer(1), note_target);
  scheduler_.unsubscribe(old);
  for (int i = 0; i < 70'000; ++i) {
    const EventToken token = scheduler_.subscribe(integer(2), note_target);
    ASSERT_NE(token, old);
    scheduler_.unsubscribe(token);
  }
}

}  // namespace
}  // namespace upy
