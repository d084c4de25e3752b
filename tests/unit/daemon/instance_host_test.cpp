#include "instances/instance_host.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>

#include <map>

#include "config/settings.h"
#include "instances/instance_view.h"
#include "support/fake_alarms.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// Remembers what it was asked; what it tells the test makes it tell.
class FakeWorker final : public Worker {
 public:
  grpc::Status build() override { return buildable; }
  grpc::Status start(std::shared_ptr<Listener> told) override {
    listener = std::move(told);
    return startable;
  }
  void discard() override { asked.push_back("discard"); }
  void join() override {}
  void run(std::shared_ptr<const Job> given) override { job = std::move(given); }
  AtWork at_work() const override { return work; }
  bool is_stopping() const override { return stopping; }
  void stop(Work number, const StopRequest& request) override {
    if (number)
      asked.push_back("stop " + std::to_string(number) + " " + std::to_string(static_cast<int>(request.level)));
  }
  void end(upy::Limit) override { asked.push_back("end"); }
  void finish() override { asked.push_back("finish"); }
  void reset(Interlude interlude) override {
    asked.push_back("reset");
    interludes.push_back(std::move(interlude));
  }
  void hurry_reset() override { asked.push_back("hurry reset"); }
  void console_changed() override { asked.push_back("console changed"); }
  bool type(ConsoleLink& client, std::string_view input) override {
    return client.type(input, [] { return -1; }).has_room;
  }
  void wake() override { asked.push_back("wake"); }
  void inspect(uint64_t id, const Inspection& inspection) override { inspections[id] = inspection; }
  upy::Figures figures() override { return {.heap_used = 7}; }
  int64_t cpu_ns() const override { return 5; }

  /// Does the job that it has.
  void do_job(const RunReport& report = {}) {
    listener->run_started();
    listener->run_ended(report);
  }
  /// Ends as a worker does that was asked to.
  void tell_end(End end = End::Asked) { std::exchange(listener, nullptr)->ended(end); }

  grpc::Status buildable, startable;
  std::shared_ptr<Listener> listener;
  std::shared_ptr<const Job> job;
  AtWork work;
  bool stopping = false;
  std::map<uint64_t, Inspection> inspections;
  std::vector<std::string> asked;
  std::vector<Interlude> interludes;
};

class InstanceHostTest : public testing::Test, private InstanceHost::Owner {
 protected:
  InstanceHostTest() {
    bus_.watch({}, [this](const v1::Event& event, const std::string&) { events_.push_back(event); });
    make(InstanceHost::Life::Standing);
  }
  /// A worker that has not ended and its host hold each other.
  ~InstanceHostTest() override { worker_->listener.reset(); }

  void make(InstanceHost::Life life) {
    InstanceHost::Owner& owner = *this;
    worker_ = std::make_shared<FakeWorker>();
    const auto config = std::make_shared<const v1::InstanceConfig>(initial_settings());
    host_ = std::make_shared<InstanceHost>("a", config, life, parts_, console_, make_view({}, "a", *config, life),
                                           worker_, nullptr, owner);
  }
  void start() { ASSERT_TRUE(host_->start().ok()); }
  std::shared_ptr<upyd::Run> make_run(uint64_t id = 1) {
    auto run = std::make_shared<upyd::Run>();
    run->id = id;
    run->script.file = "x.py";
    run->on_readable = [] {};
    run->on_end = [this](const RunReport& report) {
      happened_.push_back("told");
      reports_.push_back(report);
    };
    return run;
  }
  std::shared_ptr<ConsoleLink> open_console(StatusCode expected = StatusCode::OK) {
    std::shared_ptr<ConsoleLink> link;
    ConsoleLink::Client client{[] {}, [] {}, [this] { happened_.push_back("console ended"); }};
    EXPECT_EQ(host_->open_console(std::move(client), 0, link).error_code(), expected);
    return link;
  }

  FakeAlarms alarms_;
  Owners owners_;
  EventBus bus_{[] { return 0; }, owners_};
  RecentErrors errors_{owners_};
  std::vector<v1::Event> events_;
  const Gpio gpio_{{}};
  const std::unique_ptr<upy::PollSet> timers_ = upy::PollSet::make();
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  LogStore logs_{"", owners_, nullptr, log_};
  RunRecords runs_{owners_};
  CurrentRules rules_{{}};
  const AccessQuotas quotas_{rules_};
  Budgets budgets_{BudgetLimits::of_machine()};
  asio::thread_pool pool_{1};
  const std::shared_ptr<RunIds> run_ids_ = std::make_shared<RunIds>("", pool_, log_);
  const PortParts parts_{.alarms = alarms_,
                         .timers = *timers_,
                         .events = bus_,
                         .errors = errors_,
                         .logs = logs_,
                         .runs = runs_,
                         .run_ids = *run_ids_,
                         .gpio = gpio_,
                         .budgets = budgets_,
                         .quotas = quotas_,
                         .files = {}};
  std::shared_ptr<InstanceConsole> console_ = std::make_shared<InstanceConsole>();
  std::shared_ptr<FakeWorker> worker_;
  std::shared_ptr<InstanceHost> host_;
  std::vector<std::string> happened_;
  std::vector<RunReport> reports_;
  grpc::Status left_;  // what its owner says of its files

 private:
  uint64_t number_own_run() override { return 70; }
  void script_ended(upy::Outcome::Kind) override {}
  void work_ended() override { happened_.push_back("work ended"); }
  grpc::Status instance_ended(const InstanceHost&) override {
    happened_.push_back("instance ended");
    return left_;
  }
  void worker_ends(std::shared_ptr<InstanceHost>) override { happened_.push_back("worker ends"); }
};

TEST_F(InstanceHostTest, WhoWaitsForItsEndHearsWhatIsLeft) {
  start();
  left_ = {StatusCode::INTERNAL, "its files stay"};
  std::vector<std::string> told;
  const auto tell = [&](const grpc::Status& left) { told.push_back(left.error_message()); };
  host_->when_gone(tell);
  EXPECT_FALSE(host_->is_ending());
  host_->end(upy::Limit::Request);
  EXPECT_TRUE(host_->is_ending());
  worker_->tell_end();
  host_->when_gone(tell);
  EXPECT_EQ(told, std::vector<std::string>(2, "its files stay"));
}

TEST_F(InstanceHostTest, WhoResetsItselfTooOftenWaits) {
  start();
  worker_->listener->resets_too_often(2'500'000'000);
  EXPECT_TRUE(host_->is_waiting());
  EXPECT_EQ(host_->describe().state(), v1::INSTANCE_STATE_WAITING);
  EXPECT_TRUE(host_->describe().has_next_start_time());
  ASSERT_FALSE(events_.empty());
  EXPECT_EQ(events_.back().instance_state_changed().state(), v1::INSTANCE_STATE_WAITING);
  EXPECT_EQ(events_.back().instance_state_changed().delay_ms(), 2500u);
  events_.clear();
  worker_->listener->was_reset({upy::ResetCause::Hard, {}});
  EXPECT_FALSE(host_->is_waiting());
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_EQ(events_[0].instance_state_changed().state(), v1::INSTANCE_STATE_UP);
  EXPECT_TRUE(events_[1].has_instance_reset());
  EXPECT_EQ(host_->describe().state(), v1::INSTANCE_STATE_UP);
}

TEST_F(InstanceHostTest, TakesOneRunAfterTheOther) {
  start();
  ASSERT_TRUE(host_->run(make_run(1)).ok());
  EXPECT_EQ(worker_->job->script.file, "x.py");
  EXPECT_EQ(host_->run(make_run(2)).error_code(), StatusCode::FAILED_PRECONDITION);
  worker_->do_job({.wall_ns = 7});
  EXPECT_EQ(host_->run(make_run(2)).error_code(), StatusCode::FAILED_PRECONDITION) << "the worker is not ready";
  EXPECT_TRUE(reports_.empty());
  worker_->listener->ready();
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_EQ(reports_[0].wall_ns, 7);
  EXPECT_EQ(happened_, (std::vector<std::string>{"work ended", "told"}));
  EXPECT_TRUE(host_->run(make_run(2)).ok());
  EXPECT_EQ(host_->describe().runs(), 2u);
  EXPECT_EQ(host_->describe().run().id(), 2u);
}

TEST_F(InstanceHostTest, TheOutputOfARunIsItsOwn) {
  start();
  const auto run = make_run();
  ASSERT_TRUE(host_->run(run).ok());
  worker_->listener->run_started();
  console_->write(upy::Console::Stream::Out, "a");
  worker_->listener->run_ended({});
  console_->write(upy::Console::Stream::Out, "b");
  EXPECT_EQ(run->output->take()->data, "a");
  EXPECT_FALSE(run->output->take());
}

TEST_F(InstanceHostTest, AnInstanceOfOneRunEndsWithIt) {
  make(InstanceHost::Life::OneRun);
  ASSERT_TRUE(host_->run(make_run()).ok());
  start();
  worker_->do_job({.wall_ns = 7});
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"end"});
  worker_->listener->ready();
  EXPECT_TRUE(reports_.empty()) << "its name is still taken";
  worker_->tell_end();
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_EQ(reports_[0].wall_ns, 7);
  EXPECT_EQ(happened_, (std::vector<std::string>{"instance ended", "told", "worker ends"}));
  EXPECT_EQ(events_.back().instance_deleted().reason(), v1::InstanceDeleted::REASON_RUN_ENDED);
}

TEST_F(InstanceHostTest, ARunThatNeverBeganIsToldSo) {
  start();
  ASSERT_TRUE(host_->run(make_run()).ok());
  host_->end(upy::Limit::Request);
  worker_->tell_end();
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_EQ(reports_[0].status.error_code(), StatusCode::ABORTED);
  EXPECT_EQ(events_.back().instance_deleted().reason(), v1::InstanceDeleted::REASON_REQUEST);
}

TEST_F(InstanceHostTest, AWorkerThatIsLeftWithoutMemoryEndsTheInstance) {
  start();
  ASSERT_TRUE(host_->run(make_run()).ok());
  worker_->tell_end(Worker::End::NoResources);
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_EQ(reports_[0].status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(events_.back().instance_deleted().reason(), v1::InstanceDeleted::REASON_NO_RESOURCES);
}

TEST_F(InstanceHostTest, AnInstanceThatDoesNotStartHasEnded) {
  worker_->buildable = {StatusCode::RESOURCE_EXHAUSTED, "no memory"};
  ASSERT_TRUE(host_->run(make_run()).ok()) << "of another client, who found the name";
  EXPECT_EQ(host_->start().error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"discard"});
  EXPECT_EQ(happened_, (std::vector<std::string>{"instance ended", "told"}));
  EXPECT_EQ(reports_[0].status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(events_.empty());
  EXPECT_EQ(host_->run(make_run()).error_code(), StatusCode::ABORTED);
}

TEST_F(InstanceHostTest, OfAnInstanceThatDoesNotStartItsOneRunIsNotTold) {
  make(InstanceHost::Life::OneRun);
  worker_->startable = {StatusCode::RESOURCE_EXHAUSTED, "no thread"};
  ASSERT_TRUE(host_->run(make_run()).ok());
  EXPECT_FALSE(host_->start().ok());
  EXPECT_TRUE(reports_.empty()) << "who asked for it learns it from `start`";
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_TRUE(events_[0].has_instance_created());
  EXPECT_TRUE(events_[1].has_instance_deleted());
}

TEST_F(InstanceHostTest, StopsTheRunThatIsMeant) {
  start();
  ASSERT_TRUE(host_->run(make_run(1)).ok());
  worker_->work = {.run = 11, .callback = 10};
  InstanceHost::Stopped stopped;
  const StopRequest stop{upy::StopLevel::Stop, upy::Limit::Request};
  EXPECT_EQ(host_->stop(stop, 2, stopped).error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_TRUE(worker_->asked.empty());
  ASSERT_TRUE(host_->stop(stop, 1, stopped).ok());
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"stop 11 1"});
  EXPECT_EQ(stopped.run_id, 1u);
  EXPECT_EQ(stopped.work.callback, 0u);
  ASSERT_TRUE(host_->stop(stop, std::nullopt, stopped).ok());
  EXPECT_EQ(stopped.work.callback, 10u);
  host_->kill_later(stopped.work, alarms_.now_ns() + 100);
  worker_->asked.clear();
  alarms_.pass(100);
  EXPECT_EQ(worker_->asked, (std::vector<std::string>{"stop 11 2", "stop 10 2"}));
}

TEST_F(InstanceHostTest, OfKillsThatAreToComeTheFirstIsEnough) {
  start();
  const int64_t now_ns = alarms_.now_ns();
  for (const int64_t after_ns : {300, 100, 200}) host_->kill_later({.run = 11}, now_ns + after_ns);
  alarms_.pass(1000);
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"stop 11 2"});
}

TEST_F(InstanceHostTest, ACallbackThatIsStoppedIsAwaited) {
  start();
  EXPECT_FALSE(host_->is_to_be_awaited());
  worker_->stopping = true;
  EXPECT_TRUE(host_->is_to_be_awaited());
  worker_->listener->callback_stopped(upy::Limit::Wall);
  EXPECT_EQ(happened_, std::vector<std::string>{"work ended"});
  EXPECT_EQ(events_.back().callback_killed().limit(), v1::Killed::LIMIT_WALL);
}

TEST_F(InstanceHostTest, AnAnswerGoesToWhoAsked) {
  start();
  std::vector<std::string> answers;
  for (const char* who : {"a", "b"}) {
    host_->inspect({Inspection::Subject::Strings, true}, [&, who](const InspectionAnswer& answer) {
      answers.push_back(who + std::to_string(std::get<upy::QstrInfo>(answer.figures).count));
    });
  }
  ASSERT_EQ(worker_->inspections.size(), 2u);
  EXPECT_TRUE(worker_->inspections.begin()->second.verbose);
  worker_->listener->inspected(worker_->inspections.rbegin()->first, {.figures = upy::QstrInfo{.count = 2}});
  EXPECT_EQ(answers, std::vector<std::string>{"b2"});
}

TEST_F(InstanceHostTest, NoAnswerComesFromAnInstanceThatEnded) {
  start();
  std::vector<StatusCode> answers;
  const auto ask = [&] {
    host_->inspect({}, [&](const auto& answer) { answers.push_back(answer.status.error_code()); });
  };
  ask();
  EXPECT_TRUE(answers.empty());
  worker_->tell_end();
  EXPECT_EQ(answers, std::vector{StatusCode::ABORTED});
  ask();
  EXPECT_EQ(answers.size(), 2u);
}

TEST_F(InstanceHostTest, OneClientHasTheConsole) {
  start();
  console_->write(upy::Console::Stream::Out, "unread");
  const auto first = open_console();
  EXPECT_EQ(first->output.take()->data, "unread");
  open_console(StatusCode::FAILED_PRECONDITION);
  host_->close_console(*first);
  host_->close_console(*first);
  EXPECT_EQ(worker_->asked, (std::vector<std::string>{"console changed", "console changed"}));
  open_console();
  host_->end(upy::Limit::Request);
  open_console(StatusCode::ABORTED);
}

TEST_F(InstanceHostTest, TheClientAtTheConsoleIsToldOfTheEnd) {
  start();
  const auto client = open_console();
  worker_->tell_end();
  EXPECT_EQ(happened_, (std::vector<std::string>{"instance ended", "console ended", "worker ends"}));
  host_->close_console(*client);
}

TEST_F(InstanceHostTest, TellsWhoHasTheConsole) {
  start();
  EXPECT_EQ(host_->describe().console(), v1::CONSOLE_HOLDER_UNSPECIFIED);
  const auto client = open_console();
  EXPECT_EQ(host_->describe().console(), v1::CONSOLE_HOLDER_CLIENT);
  host_->close_console(*client);
  ConsoleLink::Client terminal{[] {}, [] {}, [] {}, ConsoleLink::Use::Prompt, ConsoleLink::Holder::Tty, "the tty"};
  std::shared_ptr<ConsoleLink> link;
  EXPECT_TRUE(host_->open_console(terminal, 0, link).ok());
  EXPECT_EQ(host_->describe().console(), v1::CONSOLE_HOLDER_TTY);
  std::shared_ptr<ConsoleLink> other;
  EXPECT_NE(host_->open_console(terminal, 0, other).error_message().find("the tty has the console"), std::string::npos);
}

TEST_F(InstanceHostTest, AnInstanceMadeForARunHasNoPrompt) {
  make(InstanceHost::Life::OneRun);
  ASSERT_TRUE(host_->run(make_run()).ok());
  start();
  std::shared_ptr<ConsoleLink> link;
  const auto status = host_->open_console({[] {}, [] {}, [] {}, ConsoleLink::Use::Prompt}, 0, link);
  EXPECT_EQ(status.error_code(), StatusCode::FAILED_PRECONDITION);
}

TEST_F(InstanceHostTest, WhatRunsAtThePromptIsARun) {
  start();
  events_.clear();
  worker_->work = {.own_run = 5};
  worker_->listener->own_run_started("<stdin>");
  EXPECT_TRUE(host_->is_running());
  EXPECT_EQ(host_->describe().run().id(), 70u);
  EXPECT_EQ(host_->describe().run().file(), "<stdin>");
  EXPECT_EQ(host_->describe().runs(), 1u);
  EXPECT_EQ(host_->run(make_run()).error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(host_->end_if_idle().error_code(), StatusCode::FAILED_PRECONDITION);
  InstanceHost::Stopped stopped;
  EXPECT_FALSE(host_->stop({upy::StopLevel::Kill, upy::Limit::Request}, 69, stopped).ok());
  EXPECT_TRUE(host_->stop({upy::StopLevel::Kill, upy::Limit::Request}, 70, stopped).ok());
  EXPECT_EQ(stopped.run_id, 70u);
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"stop 5 2"});
  worker_->listener->own_run_ended({.wall_ns = 7});
  EXPECT_EQ(happened_, std::vector<std::string>{"work ended"});
  EXPECT_FALSE(host_->is_running());
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_EQ(events_[0].run_started().run_id(), 70u);
  EXPECT_EQ(events_[1].run_ended().outcome().wall_ns(), 7u);
}

TEST_F(InstanceHostTest, ARunThatCameJustBeforeOneAtThePromptIsTheOneToBeStopped) {
  start();
  ASSERT_TRUE(host_->run(make_run(1)).ok());
  worker_->work = {.run = 4, .own_run = 5};
  worker_->listener->own_run_started("<stdin>");
  EXPECT_EQ(host_->describe().run().id(), 1u);
  InstanceHost::Stopped stopped;
  EXPECT_TRUE(host_->stop({upy::StopLevel::Kill, upy::Limit::Request}, 1, stopped).ok());
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"stop 4 2"});
  worker_->listener->own_run_ended({});
  worker_->do_job();
  worker_->listener->ready();
  EXPECT_EQ(reports_.size(), 1u);
}

TEST_F(InstanceHostTest, OnlyAnIdleInstanceEndsUnforced) {
  start();
  ASSERT_TRUE(host_->run(make_run()).ok());
  EXPECT_EQ(host_->end_if_idle().error_code(), StatusCode::FAILED_PRECONDITION);
  worker_->do_job();
  worker_->listener->ready();
  EXPECT_TRUE(host_->end_if_idle().ok());
  EXPECT_EQ(worker_->asked, std::vector<std::string>{"end"});
  bool gone = false;
  host_->when_gone([&](const grpc::Status& left) { gone = left.ok(); });
  EXPECT_FALSE(gone);
  worker_->tell_end();
  EXPECT_TRUE(gone);
}

// ---- boot.py, main.py and resets from outside ----

TEST_F(InstanceHostTest, ARunThatNobodyAskedForKeepsOthersOut) {
  start();
  worker_->listener->own_run_started("main.py");
  EXPECT_EQ(host_->describe().run().file(), "main.py");
  EXPECT_EQ(host_->run(make_run()).error_code(), StatusCode::FAILED_PRECONDITION);
  worker_->listener->own_run_ended({});
  EXPECT_TRUE(host_->run(make_run()).ok());
}

TEST_F(InstanceHostTest, ARestartIsDoneWhenTheNewInterpreterIsThere) {
  start();
  grpc::Status done(StatusCode::UNKNOWN, "");
  host_->restart(1000, [&](const grpc::Status& status) { done = status; });
  host_->restart(5000, [](const grpc::Status&) {});
  EXPECT_EQ(worker_->asked, (std::vector<std::string>{"reset", "reset"}));
  EXPECT_EQ(done.error_code(), StatusCode::UNKNOWN);
  alarms_.pass(1000);
  EXPECT_EQ(worker_->asked.back(), "hurry reset");
  worker_->listener->was_reset({upy::ResetCause::Soft, {}});
  EXPECT_TRUE(done.ok());
  worker_->asked.clear();
  alarms_.pass(10'000);
  EXPECT_TRUE(worker_->asked.empty());
}

/// One that is asked for while the interpreter is being made anew for another: its interlude is yet to come, and so is
/// the time when it is killed.
TEST_F(InstanceHostTest, ARestartIsNotDoneBeforeItsInterlude) {
  start();
  int done = 0;
  bool was_called = false;
  host_->restart(1000, [&](const grpc::Status&) { ++done; });
  host_->restart(
      1000, [&](const grpc::Status& status) { done += status.ok() ? 10 : 100; }, [&] { was_called = true; });
  worker_->listener->was_reset({upy::ResetCause::Soft, {}});
  EXPECT_EQ(done, 1);
  alarms_.pass(1000);
  EXPECT_EQ(worker_->asked.back(), "hurry reset");
  worker_->interludes.back()();
  EXPECT_TRUE(was_called);
  worker_->listener->was_reset({upy::ResetCause::Soft, {}});
  EXPECT_EQ(done, 11);
}

TEST_F(InstanceHostTest, ARestartThatTheEndOvertakesIsAborted) {
  start();
  grpc::Status done;
  host_->restart(1000, [&](const grpc::Status& status) { done = status; });
  host_->end(upy::Limit::Request);
  worker_->tell_end();
  EXPECT_EQ(done.error_code(), StatusCode::ABORTED);
  host_->restart(1000, [&](const grpc::Status& status) { done = status; });
  EXPECT_EQ(done.error_code(), StatusCode::ABORTED);
}

TEST_F(InstanceHostTest, AFinishKillsAfterTheGraceTime) {
  start();
  host_->restart(10'000, [](const grpc::Status&) {});
  host_->finish(1000);
  EXPECT_EQ(worker_->asked.back(), "finish");
  EXPECT_EQ(host_->run(make_run()).error_code(), StatusCode::ABORTED);
  alarms_.pass(999);
  EXPECT_EQ(worker_->asked.back(), "finish");
  alarms_.pass(1);
  EXPECT_EQ(worker_->asked.back(), "end");
}

/// A reset that came first takes back its own alarm alone.
TEST_F(InstanceHostTest, AFinishKillsAlsoIfAResetCameFirst) {
  start();
  host_->restart(500, [](const grpc::Status&) {});
  host_->finish(1000);
  worker_->listener->was_reset({upy::ResetCause::Soft, {}});
  alarms_.pass(1000);
  EXPECT_EQ(worker_->asked.back(), "end");
}

}  // namespace
}  // namespace upyd
