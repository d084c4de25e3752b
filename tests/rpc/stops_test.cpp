#include <atomic>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using Level = v1::InterruptRequest;

constexpr const char* kBusy = "print('on')\nwhile True: pass";
constexpr const char* kAsleep = "import time\nprint('on')\ntime.sleep(1000)";
constexpr const char* kStubborn =
    "import time\n"
    "while True:\n"
    "    try:\n"
    "        print('on')\n"
    "        time.sleep(1000)\n"
    "    except BaseException as e:\n"
    "        print('caught', type(e).__name__)\n";

class StopsTest : public RpcTest {
 protected:
  StopsTest() { create("a"); }

  /// Begins a script, waits until it says that it is on, and does something to it.
  RunRecord during(const v1::RunRequest& request, const std::function<void()>& action) {
    auto stream = upyd().run(request);
    RunRecord record = read_until(stream, "on");
    action();
    return finish(stream, std::move(record));
  }

  /// Asks for the map of the instance's heap, many times at once.
  void begin_looks(const std::string& instance, int number) {
    v1::GetMemInfoRequest request;
    request.set_instance(instance);
    request.set_verbose(true);
    for (int i = 0; i < number; ++i) {
      looks_.emplace_back([this, request] {
        EXPECT_GT(upyd().get_mem_info(request).map_blocks_size(), 0);
        ++looks_answered_;
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  void end_looks() {
    for (std::thread& look : looks_) look.join();
  }

  std::vector<std::thread> looks_;
  std::atomic<int> looks_answered_ = 0;
};

TEST_F(StopsTest, InterruptRaisesKeyboardInterrupt) {
  for (const char* script : {kBusy, kAsleep}) {
    const auto record = during(in("a", script), [&] { interrupt("a", Level::LEVEL_INTERRUPT); });
    EXPECT_TRUE(record.outcome.has_interrupted());
    EXPECT_EQ(record.outcome.exit_status(), 130);
    EXPECT_NE(record.outcome.interrupted().traceback().find("KeyboardInterrupt"), std::string::npos);
  }
}

TEST_F(StopsTest, InterruptTellsWhichRun) {
  during(in("a", kBusy), [&] {
    v1::GetInstanceRequest request;
    request.set_name("a");
    const uint64_t id = upyd().get_instance(request).run().id();
    EXPECT_EQ(interrupt("a", Level::LEVEL_INTERRUPT).run_id(), id);
  });
}

TEST_F(StopsTest, AScriptMayCatchAnInterrupt) {
  const auto record = during(in("a",
                                "try:\n"
                                "    print('on')\n"
                                "    while True: pass\n"
                                "except KeyboardInterrupt:\n"
                                "    print('caught')"),
                             [&] { interrupt("a", Level::LEVEL_INTERRUPT); });
  EXPECT_EQ(record.out, "on\ncaught\n");
  EXPECT_TRUE(record.outcome.has_finished());
}

TEST_F(StopsTest, StopRunsFinally) {
  const auto record = during(in("a",
                                "try:\n"
                                "    print('on')\n"
                                "    while True: pass\n"
                                "finally:\n"
                                "    print('safe')"),
                             [&] { interrupt("a", Level::LEVEL_STOP); });
  EXPECT_EQ(record.out, "on\nsafe\n");
  EXPECT_TRUE(record.outcome.has_stopped());
}

TEST_F(StopsTest, StopKillsAfterTheGraceTime) {
  const auto record = during(in("a", kStubborn), [&] { interrupt("a", Level::LEVEL_STOP); });
  EXPECT_NE(record.out.find("caught SystemExit"), std::string::npos);
  EXPECT_EQ(record.outcome.killed().limit(), v1::Killed::LIMIT_REQUEST);
  EXPECT_GE(record.outcome.wall_ns(), 250'000'000u);
}

TEST_F(StopsTest, TheEarliestOfSeveralGraceTimesCounts) {
  const auto stop = [this](uint32_t grace_ms) {
    v1::InterruptRequest request;
    request.set_instance("a");
    request.set_level(Level::LEVEL_STOP);
    request.set_grace_ms(grace_ms);
    upyd().interrupt(request);
  };
  const std::vector<std::vector<uint32_t>> orders = {{3'600'000, 50}, {50, 3'600'000}};
  for (const auto& order : orders) {
    const auto record = during(in("a",
                                  "import time\n"
                                  "def outlast(exceptions):\n"
                                  "    while True:\n"
                                  "        try:\n"
                                  "            if exceptions: outlast(exceptions - 1)\n"
                                  "            print('on')\n"
                                  "            time.sleep(1000)\n"
                                  "        except BaseException: pass\n"
                                  "outlast(5)\n"),
                               [&] {
                                 for (const uint32_t grace_ms : order) stop(grace_ms);
                               });
    EXPECT_TRUE(record.outcome.has_killed());
  }
}

/// Each takes its time; the kill waits for one at most.
TEST_F(StopsTest, ManyLooksIntoALargeHeapDoNotKeepAKillFromIt) {
  constexpr int kLooks = 8;
  v1::InstanceConfig config;
  config.set_heap_bytes(48u << 20);
  create("large", config);
  const auto record = during(in("large",
                                "x = []\n"
                                "try:\n"
                                "    while True: x.append(bytearray(1))\n"
                                "except MemoryError: pass\n"
                                "print('on')\n"
                                "while True: pass"),
                             [&] {
                               begin_looks("large", kLooks);
                               interrupt("large", Level::LEVEL_KILL);
                             });
  EXPECT_TRUE(record.outcome.has_killed());
  EXPECT_LT(looks_answered_, kLooks);
  end_looks();
  EXPECT_EQ(looks_answered_, kLooks) << "a kill puts them off";
}

TEST_F(StopsTest, KillCannotBeCaught) {
  const auto record = during(in("a",
                                "try:\n"
                                "    print('on')\n"
                                "    while True: pass\n"
                                "except BaseException:\n"
                                "    print('except')\n"
                                "finally:\n"
                                "    print('finally')"),
                             [&] { interrupt("a", Level::LEVEL_KILL); });
  EXPECT_EQ(record.out, "on\n");
  EXPECT_EQ(record.outcome.killed().limit(), v1::Killed::LIMIT_REQUEST);
  EXPECT_EQ(record.outcome.exit_status(), 137);
  EXPECT_EQ(run(in("a", "print('alive')")).out, "alive\n");
}

TEST_F(StopsTest, WallAndCpuTimeAreLimited) {
  auto request = in("a", kAsleep);
  request.set_wall_ms(50);
  EXPECT_EQ(run(request).outcome.killed().limit(), v1::Killed::LIMIT_WALL);
  request.set_source(kBusy);
  request.set_wall_ms(0);
  request.set_cpu_ms(50);
  const auto outcome = run(request).outcome;
  EXPECT_EQ(outcome.killed().limit(), v1::Killed::LIMIT_CPU);
  EXPECT_GE(outcome.cpu_ns(), 50'000'000u);
}

TEST_F(StopsTest, LimitsOfTheInstanceHold) {
  auto request = alone(kBusy);
  request.mutable_own()->mutable_config()->set_wall_ms(50);
  EXPECT_EQ(run(request).outcome.killed().limit(), v1::Killed::LIMIT_WALL);
}

TEST_F(StopsTest, StoppingAnIdleInstanceDoesNotHitTheNextRun) {
  for (const auto level : {Level::LEVEL_INTERRUPT, Level::LEVEL_STOP, Level::LEVEL_KILL}) {
    EXPECT_EQ(interrupt("a", level).run_id(), 0u);
    EXPECT_EQ(run(in("a", "print(1)")).out, "1\n");
  }
}

TEST_F(StopsTest, ACallbackOfAnIdleInstanceCanBeKilled) {
  run(in("a",
         "import micropython\n"
         "from machine import Timer\n"
         "def spin(t):\n"
         "    while True: pass\n"
         "t = Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=spin)"));
  v1::GetInstanceRequest request;
  request.set_name("a");
  ASSERT_TRUE(soon([&] { return upyd().get_instance(request).cpu_ns() > 20'000'000; })) << "the callback spins";
  interrupt("a", Level::LEVEL_KILL);
  EXPECT_EQ(run(in("a", "print('alive')")).out, "alive\n");
}

TEST_F(StopsTest, OnlyTheRunThatIsMeant) {
  auto stream = upyd().run(in("a", kBusy));
  const uint64_t id = read_until(stream, "on").started.run_id();
  v1::InterruptRequest request;
  request.set_instance("a");
  request.set_level(Level::LEVEL_KILL);
  request.set_run_id(id + 1);
  EXPECT_EQ(code_of([&] { upyd().interrupt(request); }), StatusCode::FAILED_PRECONDITION);
  request.set_run_id(id);
  EXPECT_EQ(upyd().interrupt(request).run_id(), id);
  finish(stream);
  EXPECT_EQ(code_of([&] { upyd().interrupt(request); }), StatusCode::FAILED_PRECONDITION);
}

TEST_F(StopsTest, InterruptNeedsALevel) {
  EXPECT_EQ(code_of([&] { interrupt("a", Level::LEVEL_UNSPECIFIED); }), StatusCode::INVALID_ARGUMENT);
  v1::InterruptRequest request;
  request.set_instance("a");
  request.set_level(Level::LEVEL_STOP);
  request.set_grace_ms(3'600'001);
  EXPECT_EQ(code_of([&] { upyd().interrupt(request); }), StatusCode::INVALID_ARGUMENT);
}

TEST_F(StopsTest, AVanishedClientEndsItsOwnInstance) {
  for (const char* script : {kBusy, kStubborn}) {
    {
      auto stream = upyd().run(alone(script));
      read_until(stream, "on");
      EXPECT_EQ(upyd().list_instances().instances_size(), 2);
    }
    EXPECT_TRUE(soon([&] { return upyd().list_instances().instances_size() == 1; }));
  }
}

TEST_F(StopsTest, AVanishedClientInterruptsAStandingInstance) {
  {
    auto stream = upyd().run(in("a",
                                "state = 'running'\n"
                                "try:\n"
                                "    print('on')\n"
                                "    while True: pass\n"
                                "except KeyboardInterrupt:\n"
                                "    state = 'interrupted'"));
    read_until(stream, "on");
  }
  EXPECT_TRUE(soon([&] { return code_of([&] { run(in("a", "")); }) == StatusCode::OK; }));
  EXPECT_EQ(run(in("a", "print(state)")).out, "interrupted\n");
}

}  // namespace
}  // namespace upyd
