#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>
#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using test_support::TemporaryDirectory;
using v1::Instance;

struct State {
  const TemporaryDirectory directory;
};

/// Persistent boards: their life, by what clients ask and by their restart policies.
class BoardsTest : protected State, public RpcTest {
 protected:
  explicit BoardsTest(const std::string& config = "")
      : RpcTest("grace_ms = 300\nstate = \"" + directory.file("state") + "\"\ninstances_dir = \"" +
                declarations(directory) + "\"\n" + config) {}

  static std::string declarations(const TemporaryDirectory& directory) {
    const std::string path = directory.file("instances.d");
    std::filesystem::create_directory(path);
    return path;
  }

  /// Short delays, so that a crash loop takes milliseconds.
  static v1::InstanceConfig policy(v1::RestartPolicy policy, uint32_t burst = 3) {
    v1::InstanceConfig config;
    config.set_restart(policy);
    config.set_restart_delay_ms(5);
    config.set_restart_delay_max_ms(20);
    config.set_start_limit_burst(burst);
    return config;
  }
  Instance create_board(const std::string& name, const v1::InstanceConfig& config = {}) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    request.set_persistent(true);
    *request.mutable_config() = config;
    return upyd().create_instance(request);
  }
  void write(const std::string& board, const std::string& path, const std::string& text) {
    v1::WriteFileRequest::Target target;
    target.set_instance(board);
    target.set_path(path);
    auto writer = upyd().write_file(target);
    writer.write(text);
    writer.complete();
  }
  std::string read(const std::string& board, const std::string& path) {
    v1::ReadFileRequest request;
    request.set_instance(board);
    request.set_path(path);
    std::string bytes;
    auto stream = upyd().read_file(request);
    for (v1::ReadFileResponse piece; stream.read(piece);) bytes += piece.data();
    return bytes;
  }
  /// A board with a script, which it runs.
  Instance create_with(const std::string& name, const v1::InstanceConfig& config, const std::string& main) {
    create_board(name, config);
    write(name, "main.py", main);
    return restart(name);
  }

  Instance get(const std::string& name) {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd().get_instance(request);
  }
  Instance start(const std::string& name) {
    v1::StartInstanceRequest request;
    request.set_name(name);
    return upyd().start_instance(request);
  }
  Instance stop(const std::string& name, std::optional<uint32_t> grace_ms = std::nullopt) {
    v1::StopInstanceRequest request;
    request.set_name(name);
    if (grace_ms) request.set_grace_ms(*grace_ms);
    return upyd().stop_instance(request);
  }
  Instance restart(const std::string& name) {
    v1::RestartInstanceRequest request;
    request.set_name(name);
    return upyd().restart_instance(request);
  }
  Instance update(const std::string& name, std::optional<v1::InstanceConfig> config,
                  std::optional<bool> enabled = std::nullopt, const std::string& etag = "") {
    v1::UpdateInstanceRequest request;
    request.set_name(name);
    request.set_etag(etag);
    if (config) *request.mutable_config() = *config;
    if (enabled) request.set_enabled(*enabled);
    return upyd().update_instance(request);
  }
  void remove_board(const std::string& name, v1::DeleteInstanceRequest request = {}) {
    request.set_name(name);
    upyd().delete_instance(request);
  }
  /// Puts a main.py there, and restarts it.
  void deploy(const std::string& name, const std::string& main, bool keep_down = false) {
    v1::DeployFilesRequest::Target target;
    target.set_instance(name);
    target.set_keep_down(keep_down);
    auto deployer = upyd().deploy_files(target);
    deployer.begin_file("main.py");
    deployer.write(main);
    deployer.end_file();
    deployer.complete();
  }
  /// Whether its main.py comes to set x to that; a run may come before main.py, or meet it, or the board's end.
  bool comes_to_have(const std::string& name, const std::string& x) {
    return soon([&] {
      try {
        return run(in(name, "print(globals().get('x'))")).out == x + "\n";
      } catch (const upyclient::Error& error) {
        EXPECT_TRUE(error.code() == StatusCode::FAILED_PRECONDITION || error.code() == StatusCode::ABORTED)
            << error.what();
        return false;
      }
    });
  }
  bool comes_to(const std::string& name, v1::InstanceState state) {
    return soon([&] { return get(name).state() == state; });
  }
  v1::InstanceState state(const std::string& name) { return get(name).state(); }

  static constexpr auto kUp = v1::INSTANCE_STATE_UP, kWaiting = v1::INSTANCE_STATE_WAITING,
                        kStopped = v1::INSTANCE_STATE_STOPPED, kFailed = v1::INSTANCE_STATE_FAILED;
};

// ---- what clients ask ----

TEST_F(BoardsTest, ABoardIsCreatedUp) {
  v1::InstanceConfig config;
  config.set_heap_bytes(1 << 20);
  const Instance board = create_board("b", config);
  EXPECT_EQ(board.state(), kUp);
  EXPECT_TRUE(board.persistent());
  EXPECT_TRUE(board.enabled());
  EXPECT_EQ(board.declared_in(), "");
  config.set_owner("uid:" + std::to_string(geteuid()));
  EXPECT_EQ(board.own_config().SerializeAsString(), config.SerializeAsString());
  EXPECT_EQ(board.config().heap_bytes(), 1u << 20);
  EXPECT_EQ(board.config().restart(), v1::RESTART_POLICY_NO);
  EXPECT_EQ(run(in("b", "print(1)")).out, "1\n");
  EXPECT_EQ(upyd().list_instances().instances_size(), 1);
}

TEST_F(BoardsTest, UpydChoosesANameIfThereIsNone) {
  const Instance board = create_board("");
  EXPECT_NE(board.name(), "");
  EXPECT_EQ(state(board.name()), kUp);
}

TEST_F(BoardsTest, NamesAreThoseOfAllInstances) {
  create_board("b");
  create("t");
  EXPECT_EQ(code_of([&] { create_board("b"); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(code_of([&] { create_board("t"); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(code_of([&] { create("b"); }), StatusCode::ALREADY_EXISTS);
  stop("b");
  EXPECT_EQ(code_of([&] { create("b"); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(code_of([&] { create_board("no/name"); }), StatusCode::INVALID_ARGUMENT);
  v1::InstanceConfig config;
  config.set_heap_bytes(1);
  EXPECT_EQ(code_of([&] { create_board("c", config); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { get("c"); }), StatusCode::NOT_FOUND);
}

TEST_F(BoardsTest, ABoardThatCantStartIsNotCreated) {
  v1::InstanceConfig config;
  config.mutable_tty()->set_enabled(true);
  config.mutable_tty()->set_owner("nobody-has-that-name");
  EXPECT_EQ(code_of([&] { create_board("b", config); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { get("b"); }), StatusCode::NOT_FOUND);
  create_board("b");
}

TEST_F(BoardsTest, AStopGivesTheScriptTimeAndReleasesAll) {
  create_with("b", {},
              "from machine import Pin\n"
              "import time\n"
              "led = Pin(17, Pin.OUT, value=1)\n"
              "try:\n"
              "  time.sleep(60)\n"
              "finally:\n"
              "  open('clean', 'w').write('yes')\n");
  ASSERT_TRUE(soon([&] { return line("gpiochip0:17").writer() == "b"; }));
  const Instance board = stop("b");
  EXPECT_EQ(board.state(), kStopped);
  EXPECT_FALSE(board.has_run());
  EXPECT_FALSE(board.has_figures());
  EXPECT_EQ(line("gpiochip0:17").writer(), "");
  EXPECT_EQ(read("b", "clean"), "yes");
  EXPECT_EQ(code_of([&] { run(in("b", "1")); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(stop("b").state(), kStopped);
}

TEST_F(BoardsTest, AStopKillsWhatDoesNotStop) {
  create_with("b", {}, "while True:\n  try:\n    while True: pass\n  except BaseException: pass\n");
  ASSERT_TRUE(soon([&] { return get("b").has_run(); }));
  EXPECT_EQ(stop("b", 20).state(), kStopped);
}

TEST_F(BoardsTest, FilesOfABoardThatIsDownCanBeUsed) {
  create_board("b");
  stop("b");
  write("b", "main.py", "x = 6 * 7");
  EXPECT_EQ(read("b", "main.py"), "x = 6 * 7");
  EXPECT_EQ(start("b").state(), kUp);
  EXPECT_TRUE(soon([&] { return get("b").runs() == 1 && !get("b").has_run(); }));
  EXPECT_EQ(run(in("b", "print(x)")).out, "42\n");
}

TEST_F(BoardsTest, AStartOfWhatIsUpChangesNothing) {
  create_board("b");
  run(in("b", "x = 1"));
  EXPECT_EQ(start("b").state(), kUp);
  EXPECT_EQ(run(in("b", "print(x)")).out, "1\n");
}

TEST_F(BoardsTest, ARestartStartsWhatIsDown) {
  create_board("b");
  stop("b");
  EXPECT_EQ(restart("b").state(), kUp);
}

TEST_F(BoardsTest, ARestartKeepsWhoIsAtTheConsole) {
  create_board("b");
  auto request = console_of("b");
  request.set_prompt(true);
  auto console = open_console(request);
  read_until(console, ">>> ");
  write("b", "main.py", "print('main')");
  restart("b");
  EXPECT_NE(read_until(console, ">>> ").find("main\r\n"), std::string::npos);
}

TEST_F(BoardsTest, OtherSettingsHoldFromTheNextStartOn) {
  create_board("b");
  v1::InstanceConfig config;
  config.set_heap_bytes(1 << 20);
  const Instance updated = update("b", config, false);
  EXPECT_FALSE(updated.enabled());
  EXPECT_EQ(updated.own_config().heap_bytes(), 1u << 20);
  EXPECT_EQ(updated.config().heap_bytes(), 2u << 20);
  EXPECT_EQ(updated.state(), kUp);
  EXPECT_EQ(restart("b").config().heap_bytes(), 1u << 20);
  config.set_heap_bytes(1);
  EXPECT_EQ(code_of([&] { update("b", config); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(get("b").own_config().heap_bytes(), 1u << 20);
  EXPECT_TRUE(update("b", std::nullopt, true).enabled());
}

TEST_F(BoardsTest, WhoChangesSettingsThatAreOthersByNowIsRefused) {
  v1::InstanceConfig config;
  config.set_heap_bytes(1 << 20);
  const std::string first = create_board("b", config).etag();
  EXPECT_NE(first, "");
  EXPECT_EQ(restart("b").etag(), first);
  config.set_heap_bytes(2 << 20);
  const std::string second = update("b", config, std::nullopt, first).etag();
  EXPECT_NE(second, first);
  const auto outdated = [&](std::optional<bool> enabled) {
    return code_of([&] { update("b", v1::InstanceConfig(), enabled, first); });
  };
  EXPECT_EQ(outdated(std::nullopt), StatusCode::ABORTED);
  EXPECT_EQ(get("b").own_config().heap_bytes(), 2u << 20);
  EXPECT_NE(update("b", std::nullopt, false, second).etag(), second);
  EXPECT_EQ(outdated(true), StatusCode::ABORTED);
  EXPECT_FALSE(get("b").enabled());
}

TEST_F(BoardsTest, ABoardIsDeletedWithItsFiles) {
  create_with("b", {}, "while True: pass");
  ASSERT_TRUE(soon([&] { return get("b").has_run(); }));
  EXPECT_EQ(code_of([&] { remove_board("b"); }), StatusCode::FAILED_PRECONDITION);
  v1::DeleteInstanceRequest force;
  force.set_force(true);
  remove_board("b", force);
  EXPECT_EQ(code_of([&] { get("b"); }), StatusCode::NOT_FOUND);
  create_board("b");
  EXPECT_EQ(code_of([&] { read("b", "main.py"); }), StatusCode::NOT_FOUND);
  stop("b");
  remove_board("b");
  EXPECT_EQ(code_of([&] { get("b"); }), StatusCode::NOT_FOUND);
  EXPECT_FALSE(std::filesystem::exists(directory.file("state/instances/b")));
}

TEST_F(BoardsTest, WhatIsNotPersistentHasNoSuchLife) {
  create("t");
  EXPECT_EQ(get("t").state(), kUp);
  EXPECT_FALSE(get("t").persistent());
  EXPECT_EQ(start("t").name(), "t");
  EXPECT_EQ(code_of([&] { stop("t"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { update("t", std::nullopt, false); }), StatusCode::FAILED_PRECONDITION);
  for (const auto& call :
       std::vector<std::function<void()>>{[&] { start("no"); }, [&] { stop("no"); }, [&] { restart("no"); },
                                          [&] { update("no", std::nullopt, true); }, [&] { remove_board("no"); }}) {
    EXPECT_EQ(code_of(call), StatusCode::NOT_FOUND);
  }
}

TEST_F(BoardsTest, NobodyLooksIntoABoardThatIsDown) {
  create_board("b");
  stop("b");
  v1::GetMemInfoRequest mem_info;
  mem_info.set_instance("b");
  EXPECT_EQ(code_of([&] { upyd().get_mem_info(mem_info); }), StatusCode::FAILED_PRECONDITION);
}

// ---- restart policies ----

TEST_F(BoardsTest, WithoutAPolicyABoardThatFailedStaysUp) {
  create_with("b", policy(v1::RESTART_POLICY_NO), "x = 1\nraise ValueError('no sensor')");
  ASSERT_TRUE(soon([&] { return get("b").last_failure() == "ValueError: no sensor"; }));
  EXPECT_EQ(state("b"), kUp);
  EXPECT_EQ(run(in("b", "print(x)")).out, "1\n");
  EXPECT_EQ(get("b").restarts(), 0u);
}

TEST_F(BoardsTest, ABoardThatFailsIsStartedAnew) {
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE),
              "import os\n"
              "n = len(os.listdir())\n"
              "open('f%d' % n, 'w').close()\n"
              "if n < 3: raise ValueError('again')\n");
  ASSERT_TRUE(soon(
      [&] { return get("b").restarts() == 2 && state("b") == kUp && get("b").runs() == 3 && !get("b").has_run(); }));
  EXPECT_EQ(run(in("b", "print(n)")).out, "3\n");
  EXPECT_EQ(get("b").last_failure(), "ValueError: again");
  EXPECT_EQ(get("b").runs(), 4u) << "of all instances that it had";
  EXPECT_EQ(get("b").outcomes().exception(), 2u);
  EXPECT_EQ(stop("b").runs(), 4u);
  EXPECT_GT(get("b").cpu_ns(), 0u);
}

TEST_F(BoardsTest, ACrashLoopEndsAndLeavesOthersAlone) {
  create("other");
  run(in("other", "x = 7"));
  v1::WatchEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_INSTANCE_STATE_CHANGED);
  auto stream = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE, 3),
              "from machine import Pin\nled = Pin(17, Pin.OUT, value=1)\n1/0");
  std::vector<v1::InstanceStateChanged> changes;
  while (changes.empty() || changes.back().state() != kFailed) {
    ASSERT_TRUE(stream.read(response));
    for (const v1::Event& event : response.events()) changes.push_back(event.instance_state_changed());
  }
  std::vector<uint64_t> delays;
  for (const auto& change : changes) {
    if (change.state() != kWaiting) continue;
    delays.push_back(change.delay_ms());
    EXPECT_EQ(change.failure(), "ZeroDivisionError: divide by zero");
  }
  EXPECT_EQ(delays, (std::vector<uint64_t>{5, 10, 20}));
  const Instance board = get("b");
  EXPECT_EQ(board.state(), kFailed);
  EXPECT_EQ(board.restarts(), 3u);
  EXPECT_EQ(board.last_failure(), "ZeroDivisionError: divide by zero");
  EXPECT_EQ(line("gpiochip0:17").writer(), "");
  EXPECT_EQ(run(in("other", "print(x)")).out, "7\n");
  write("b", "main.py", "");
  EXPECT_EQ(start("b").state(), kUp);
  EXPECT_EQ(get("b").last_failure(), "");
  EXPECT_EQ(get("b").restarts(), 0u);
}

TEST_F(BoardsTest, EachKindOfFailureCounts) {
  auto config = policy(v1::RESTART_POLICY_ON_FAILURE, 1);
  config.set_wall_ms(50);
  const char* const failures[] = {"import sys\nsys.exit(2)", "x =", "while True: pass",
                                  "import machine\nmachine.WDT(timeout=10)"};
  int number = 0;
  for (const char* main : failures) {
    const std::string name = "b" + std::to_string(++number);
    create_with(name, config, main);
    EXPECT_TRUE(comes_to(name, kFailed)) << main;
    EXPECT_NE(get(name).last_failure(), "") << main;
  }
}

/// As on hardware: what a watchdog resets knows of it, and the clock keeps what was set.
TEST_F(BoardsTest, AWatchdogIsTheCauseOfTheStartThatFollowsIt) {
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE),
              "import machine, time\n"
              "if machine.reset_cause() == machine.WDT_RESET:\n"
              "  x = machine.RTC().memory(), machine.RTC().datetime()[0]\n"
              "else:\n"
              "  machine.RTC().memory('kept')\n"
              "  machine.RTC().datetime((2040, 1, 2, 0, 0, 0, 0, 0))\n"
              "  machine.WDT(timeout=50)\n"
              "  while True: pass\n");
  EXPECT_TRUE(comes_to_have("b", "(b'kept', 2040)"));
  EXPECT_EQ(get("b").restarts(), 1u);
  write("b", "main.py", "import machine\nx = machine.reset_cause() == machine.PWRON_RESET");
  stop("b");
  start("b");
  EXPECT_TRUE(comes_to_have("b", "True"));
}

TEST_F(BoardsTest, BootThatFailsIsAFailure) {
  create_board("b", policy(v1::RESTART_POLICY_ON_FAILURE, 1));
  write("b", "boot.py", "raise OSError(5)");
  write("b", "main.py", "open('main', 'w').close()");
  restart("b");
  EXPECT_TRUE(comes_to("b", kFailed));
  EXPECT_EQ(code_of([&] { read("b", "main"); }), StatusCode::NOT_FOUND);
}

TEST_F(BoardsTest, AnEndWithoutFailureIsNoneForOnFailure) {
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE), "x = 5");
  ASSERT_TRUE(soon([&] { return get("b").runs() == 1 && !get("b").has_run(); }));
  EXPECT_EQ(run(in("b", "print(x)")).out, "5\n");
  EXPECT_EQ(get("b").restarts(), 0u);
}

TEST_F(BoardsTest, AlwaysStartsAfterAnEndWithoutFailureToo) {
  create_with("b", policy(v1::RESTART_POLICY_ALWAYS, 1), "");
  EXPECT_TRUE(soon([&] { return get("b").restarts() > 4; }));
  EXPECT_EQ(get("b").last_failure(), "");
}

TEST_F(BoardsTest, AnInterruptIsNoFailure) {
  for (const auto which : {v1::RESTART_POLICY_ON_FAILURE, v1::RESTART_POLICY_ALWAYS}) {
    const std::string name = "b" + std::to_string(which);
    create_with(name, policy(which), "while True: pass");
    ASSERT_TRUE(soon([&] { return get(name).has_run(); }));
    interrupt(name, v1::InterruptRequest::LEVEL_INTERRUPT);
    ASSERT_TRUE(soon([&] { return !get(name).has_run(); }));
    EXPECT_EQ(run(in(name, "print(1)")).out, "1\n");
    EXPECT_EQ(get(name).restarts(), 0u);
  }
}

TEST_F(BoardsTest, AKillIsAFailure) {
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE, 0), "while True: pass");
  ASSERT_TRUE(soon([&] { return get("b").has_run(); }));
  interrupt("b", v1::InterruptRequest::LEVEL_KILL);
  EXPECT_TRUE(soon([&] { return get("b").restarts() == 1 && get("b").has_run(); }));
  EXPECT_EQ(get("b").last_failure(), "killed on request");
}

/// Of others' runs it is no failure of the board.
TEST_F(BoardsTest, RunsOfClientsDoNotCount) {
  create_board("b", policy(v1::RESTART_POLICY_ALWAYS, 1));
  stop("b");
  update("b", policy(v1::RESTART_POLICY_ON_FAILURE, 1));
  start("b");
  EXPECT_TRUE(run(in("b", "1/0")).outcome.has_exception());
  EXPECT_EQ(run(in("b", "print(1)")).out, "1\n");
  EXPECT_EQ(get("b").restarts(), 0u);
}

TEST_F(BoardsTest, AResetIsNoFailure) {
  create_with("b", policy(v1::RESTART_POLICY_ALWAYS, 1),
              "import machine, os\n"
              "n = len(os.listdir())\n"
              "open('f%d' % n, 'w').close()\n"
              "if n < 6: machine.reset()\n"
              "while True: pass\n");
  EXPECT_TRUE(soon([&] { return get("b").runs() == 6; }));
  EXPECT_EQ(get("b").restarts(), 0u);
  EXPECT_EQ(state("b"), kUp);
}

TEST_F(BoardsTest, AStopEndsTheWait) {
  auto config = policy(v1::RESTART_POLICY_ON_FAILURE);
  config.set_restart_delay_ms(600'000);
  config.set_restart_delay_max_ms(600'000);
  create_with("b", config, "1/0");
  ASSERT_TRUE(comes_to("b", kWaiting));
  EXPECT_TRUE(get("b").has_next_start_time());
  EXPECT_EQ(stop("b").state(), kStopped);
  EXPECT_FALSE(get("b").has_next_start_time());
  start("b");
  ASSERT_TRUE(comes_to("b", kWaiting));
  write("b", "main.py", "");
  EXPECT_EQ(start("b").state(), kUp);
  restart("b");
  write("b", "main.py", "1/0");
  restart("b");
  ASSERT_TRUE(comes_to("b", kWaiting));
  remove_board("b");
  EXPECT_EQ(code_of([&] { get("b"); }), StatusCode::NOT_FOUND);
}

// ---- boards that reset themselves over and over ----

v1::InstanceConfig long_delays() {
  v1::InstanceConfig config;
  config.set_restart_delay_ms(600'000);
  config.set_restart_delay_max_ms(600'000);
  return config;
}

TEST_F(BoardsTest, ABoardThatResetsItselfOverAndOverWaits) {
  const char* const resets[] = {"import machine\nled = machine.Pin(17, machine.Pin.OUT)\nmachine.reset()",
                                "import machine\nmachine.soft_reset()", "import machine\nmachine.deepsleep(1)",
                                "import machine\nmachine.WDT(timeout=10)\nwhile True: pass"};
  int number = 0;
  for (const char* main : resets) {
    const std::string name = "b" + std::to_string(++number);
    create_with(name, long_delays(), main);
    ASSERT_TRUE(comes_to(name, kWaiting)) << main;
    const Instance board = get(name);
    EXPECT_TRUE(board.has_next_start_time());
    EXPECT_EQ(board.last_failure(), "it resets itself over and over");
    EXPECT_EQ(board.restarts(), 0u);
    EXPECT_EQ(line("gpiochip0:17").writer(), "");
    v1::GetMemInfoRequest mem_info;
    mem_info.set_instance(name);
    EXPECT_EQ(code_of([&] { upyd().get_mem_info(mem_info); }), StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(stop(name).state(), kStopped);
    EXPECT_FALSE(get(name).has_next_start_time());
  }
}

TEST_F(BoardsTest, WhoWantsABoardThatWaitsHasItAtOnce) {
  const std::string resets = "import machine\nmachine.reset()";
  create_with("b", long_delays(), resets);
  ASSERT_TRUE(comes_to("b", kWaiting));
  EXPECT_EQ(run(in("b", "print(1)")).out, "1\n");
  ASSERT_TRUE(comes_to("b", kWaiting));
  write("b", "main.py", "x = 5");
  start("b");
  EXPECT_TRUE(comes_to_have("b", "5"));
  write("b", "main.py", resets);
  restart("b");
  ASSERT_TRUE(comes_to("b", kWaiting));
  write("b", "main.py", "x = 6");
  restart("b");
  EXPECT_TRUE(comes_to_have("b", "6"));
}

TEST_F(BoardsTest, SoDoesAnInstanceThatIsNotPersistent) {
  create("t", long_delays());
  write("t", "main.py", "import machine\nmachine.reset()");
  restart("t");
  ASSERT_TRUE(comes_to("t", kWaiting));
  write("t", "main.py", "x = 5");
  start("t");
  EXPECT_TRUE(comes_to_have("t", "5"));
  write("t", "main.py", "import machine\nmachine.reset()");
  restart("t");
  ASSERT_TRUE(comes_to("t", kWaiting));
  remove("t");
}

TEST_F(BoardsTest, ResetsOfUsersAreTheirOwnAffair) {
  create_board("b", long_delays());
  for (int i = 0; i < 30; ++i) run(in("b", "import machine\nmachine.reset()"));
  for (int i = 0; i < 30; ++i) restart("b");
  auto request = console_of("b");
  request.set_prompt(true);
  auto console = open_console(request);
  for (int i = 0; i < 30; ++i) {
    read_until(console, ">>> ");
    console.write("\x04");
  }
  read_until(console, ">>> ");
  EXPECT_EQ(state("b"), kUp);
}

// ---- deployments ----

TEST_F(BoardsTest, ADeploymentStartsABoardWhateverItDoes) {
  auto config = policy(v1::RESTART_POLICY_ON_FAILURE, 1);
  config.set_restart_delay_ms(600'000);
  config.set_restart_delay_max_ms(600'000);
  create_with("waits", config, "1/0");
  create_with("failed", policy(v1::RESTART_POLICY_ON_FAILURE, 1), "1/0");
  create_with("resets", long_delays(), "import machine\nmachine.reset()");
  create_with("down", {}, "1/0");
  stop("down");
  create_with("failed-once", policy(v1::RESTART_POLICY_ON_FAILURE, 9),
              "import os\nif 'f' not in os.listdir():\n  open('f', 'w').close()\n  1/0\n");
  ASSERT_TRUE(comes_to("waits", kWaiting));
  ASSERT_TRUE(comes_to("failed", kFailed));
  ASSERT_TRUE(comes_to("resets", kWaiting));
  ASSERT_TRUE(soon([&] { return get("failed-once").restarts() == 1 && state("failed-once") == kUp; }));
  for (const std::string name : {"waits", "failed", "resets", "down", "failed-once"}) {
    deploy(name, "x = 7");
    EXPECT_TRUE(comes_to_have(name, "7")) << name;
    EXPECT_EQ(get(name).last_failure(), "") << name;
    EXPECT_EQ(get(name).restarts(), 0u) << name;
  }
}

TEST_F(BoardsTest, ADeploymentForgetsWhatWasBeforeAlone) {
  create_with("b", policy(v1::RESTART_POLICY_ON_FAILURE, 0), "");
  for (int i = 0; i < 20; ++i) {
    v1::WatchEventsRequest watch;
    watch.add_kinds(v1::EVENT_KIND_INSTANCE_STATE_CHANGED);
    auto events = upyd().watch_events(watch);
    v1::WatchEventsResponse response;
    ASSERT_TRUE(events.read(response));
    deploy("b", "raise ValueError('new')");
    ASSERT_TRUE(events.read(response));
    EXPECT_EQ(response.events(0).instance_state_changed().failure(), "ValueError: new");
    deploy("b", "");
  }
}

TEST_F(BoardsTest, ADeploymentStartsTheBoardWithTheSettingsOfNow) {
  create_with("b", {}, "import gc\nx = gc.mem_free() + gc.mem_alloc() < 100000");
  EXPECT_TRUE(comes_to_have("b", "False"));
  v1::InstanceConfig small;
  small.set_heap_bytes(64 << 10);
  update("b", small);
  EXPECT_EQ(get("b").config().heap_bytes(), 2u << 20);
  deploy("b", read("b", "main.py") + "\ny = 1");
  EXPECT_EQ(get("b").config().heap_bytes(), 64u << 10);
  EXPECT_TRUE(comes_to_have("b", "True"));
  EXPECT_EQ(run(in("b", "print(y)")).out, "1\n");
  update("b", v1::InstanceConfig());
  deploy("b", "x = 3", true);
  EXPECT_EQ(get("b").config().heap_bytes(), 2u << 20);
  EXPECT_TRUE(comes_to_have("b", "3"));
}

TEST_F(BoardsTest, ADeploymentIsNotInTheWayOfRestarts) {
  create_with("b", policy(v1::RESTART_POLICY_ALWAYS, 0), "");
  for (int i = 0; i < 30; ++i) deploy("b", "x = " + std::to_string(i));
  deploy("b", "x = 30\nwhile True: pass");
  EXPECT_TRUE(soon([&] { return state("b") == kUp && get("b").has_run(); }));
  EXPECT_EQ(read("b", "main.py"), "x = 30\nwhile True: pass");
}

TEST_F(BoardsTest, WhoWantsItDownHasItDown) {
  create_with("b", {}, "x = 1");
  stop("b");
  deploy("b", "x = 2", true);
  EXPECT_EQ(state("b"), kStopped);
  EXPECT_EQ(read("b", "main.py"), "x = 2");
}

// ---- disks ----

/// There is nowhere to move them to.
TEST_F(BoardsTest, WhatCantBeRemovedIsTold) {
  create_with("b", {}, "x = 5");
  create("t");
  write("t", "f", "1");
  std::filesystem::remove(directory.file("state/removed"));
  const auto refusal = [&](const std::string& name) -> std::string {
    try {
      v1::DeleteInstanceRequest force;
      force.set_force(true);
      remove_board(name, force);
    } catch (const upyclient::Error& error) {
      EXPECT_EQ(error.code(), StatusCode::INTERNAL);
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal("b").find("board 'b' is down, but not deleted, as its directory can't be removed from " +
                              directory.file("state/instances/b") + ": No such file"),
            0u)
      << refusal("b");
  EXPECT_EQ(state("b"), kStopped);
  EXPECT_EQ(read("b", "main.py"), "x = 5");
  EXPECT_EQ(start("b").state(), kUp);
  const std::string told = refusal("t");
  EXPECT_EQ(told.find("instance 't' is gone, but its name stays taken, as its files can't be removed from " +
                      directory.file("state/instances/t")),
            0u)
      << told;
  EXPECT_EQ(code_of([&] { get("t"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { create("t"); }), StatusCode::FAILED_PRECONDITION);
}

// ---- what others see ----

TEST_F(BoardsTest, ItsLogTellsTheStory) {
  create_board("b", policy(v1::RESTART_POLICY_ON_FAILURE, 1));
  write("b", "main.py", "raise ValueError('no sensor')");
  stop("b");
  start("b");
  ASSERT_TRUE(comes_to("b", kFailed));
  write("b", "main.py", "while True: pass");
  start("b");
  ASSERT_TRUE(soon([&] { return get("b").has_run(); }));
  stop("b");
  v1::ReadLogRequest request;
  request.set_instance("b");
  request.add_sources(v1::LOG_SOURCE_UPYD);
  std::string story;
  auto stream = upyd().read_log(request);
  for (v1::ReadLogResponse response; stream.read(response);) {
    for (const v1::LogEntry& entry : response.entries()) story += entry.text() + "\n";
  }
  EXPECT_EQ(story,
            "started\n"
            "stopped\n"
            "started\n"
            "run 1 of main.py\n"
            "run 1 ended by ValueError\n"
            "waits 0.005 s before its next start: ValueError: no sensor\n"
            "started\n"
            "run 2 of main.py\n"
            "run 2 ended by ValueError\n"
            "failed, and is started no more: ValueError: no sensor; start it with 'upyctl start b'\n"
            "started\n"
            "run 3 of main.py\n"
            "run 3 stopped on request\n"
            "stopped\n");
}

TEST_F(BoardsTest, HealthIsThatOfTheBoard) {
  const auto health = [&](const std::string& service) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    return upyd().check_health(request).status();
  };
  using Response = grpc::health::v1::HealthCheckResponse;
  create_board("b");
  EXPECT_EQ(health("board/b"), Response::SERVING);
  stop("b");
  EXPECT_EQ(health("board/b"), Response::NOT_SERVING);
  start("b");
  EXPECT_EQ(health("board/b"), Response::SERVING);
}

class BoardLimitTest : public BoardsTest {
 protected:
  BoardLimitTest() : BoardsTest("max_instances = 2\n") {}
};

TEST_F(BoardLimitTest, BoardsThatAreDownCount) {
  create_board("a");
  stop("a");
  create("t");
  EXPECT_EQ(code_of([&] { create("u"); }), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(code_of([&] { create_board("u"); }), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(upyd().get_status().instances(), 2u);
  remove("t");
  create("u");
}

// ---- races ----

/// Whatever clients do at the same time: each call ends, and after the last one the board does what that one says.
TEST_F(BoardsTest, ClientsMayDoAllAtOnce) {
  create_board("b", policy(v1::RESTART_POLICY_ON_FAILURE, 0));
  write("b", "main.py", "import random, time\nif random.getrandbits(1): time.sleep_ms(2)\nraise ValueError()");
  std::vector<std::thread> clients;
  for (unsigned seed = 0; seed < 4; ++seed) {
    clients.emplace_back([&, seed] {
      upyclient::Connection own(upyd_.connection().address());
      std::mt19937 random(seed);
      for (int i = 0; i < 25; ++i) {
        try {
          v1::StartInstanceRequest start;
          v1::StopInstanceRequest stop;
          v1::RestartInstanceRequest restart;
          v1::DeleteInstanceRequest remove;
          v1::CreateInstanceRequest create;
          start.set_name("b"), stop.set_name("b"), restart.set_name("b"), remove.set_name("b"), create.set_name("b");
          stop.set_grace_ms(random() % 20), remove.set_force(true), create.set_persistent(true);
          switch (random() % 10) {
            case 0:
            case 1:
              own.start_instance(start);
              break;
            case 2:
            case 3:
              own.stop_instance(stop);
              break;
            case 4:
            case 5:
              own.restart_instance(restart);
              break;
            case 6:
              own.delete_instance(remove);
              break;
            case 7: {
              auto stream = own.run(in("b", "import machine\nmachine.reset()"));
              finish(stream);
              break;
            }
            case 8: {
              v1::DeployFilesRequest::Target target;
              target.set_instance("b");
              target.set_keep_down(random() % 2);
              auto deployer = own.deploy_files(target);
              deployer.begin_file("lib.py");
              deployer.end_file();
              deployer.complete();
              break;
            }
            default:
              own.create_instance(create);
          }
        } catch (const upyclient::Error& error) {
          const auto code = error.code();
          EXPECT_TRUE(code == StatusCode::NOT_FOUND || code == StatusCode::ABORTED ||
                      code == StatusCode::ALREADY_EXISTS || code == StatusCode::FAILED_PRECONDITION)
              << error.what();
        }
      }
    });
  }
  for (auto& client : clients) client.join();
  code_of([&] { create_board("b"); });
  EXPECT_EQ(stop("b").state(), kStopped);
  write("b", "main.py", "x = 1");
  EXPECT_EQ(start("b").state(), kUp);
  EXPECT_TRUE(comes_to_have("b", "1"));
}

/// A script that resets its instance, of which somebody makes an end just then: there is no interpreter any more, and
/// none is made. A large heap makes that moment long.
TEST_F(BoardsTest, AnInstanceMayBeEndedWhileItIsBeingReset) {
  for (int i = 0; i < 3; ++i) {
    v1::InstanceConfig config;
    config.set_heap_bytes(256u << 20);
    create("x", config);
    v1::WatchEventsRequest watch;
    watch.add_instances("x");
    watch.add_kinds(v1::EVENT_KIND_RUN_ENDED);
    auto events = upyd().watch_events(watch);
    v1::WatchEventsResponse response;
    ASSERT_TRUE(events.read(response));
    auto stream = upyd().run(in("x", "import machine\nx = bytearray(200 << 20)\nmachine.reset()"));
    ASSERT_TRUE(events.read(response));
    v1::DeleteInstanceRequest request;
    request.set_force(true);
    remove_board("x", request);
    EXPECT_EQ(finish(stream).outcomes, 1);
  }
}

// ---- upyd's own end, and its reload ----

class DeclaredBoardsTest : public BoardsTest {
 protected:
  void declare(const std::string& name, const std::string& text) {
    std::ofstream(directory.file("instances.d/" + name + ".toml")) << text;
  }
  void undeclare(const std::string& name) { std::filesystem::remove(directory.file("instances.d/" + name + ".toml")); }
  void reload() { upyd_.send_signal(SIGHUP); }
  bool is_there(const std::string& name) {
    return code_of([&] { get(name); }) == StatusCode::OK;
  }
};

TEST_F(DeclaredBoardsTest, AReloadBringsUpWhatIsNewAndLeavesTheRestAlone) {
  declare("a", "heap_bytes = 1048576\n");
  declare("off", "enabled = false\n");
  create_board("own");
  run(in("own", "x = 1"));
  reload();
  ASSERT_TRUE(soon([&] { return is_there("a") && state("a") == kUp; }));
  EXPECT_EQ(get("a").config().heap_bytes(), 1u << 20);
  EXPECT_EQ(get("a").declared_in(), directory.file("instances.d/a.toml"));
  EXPECT_TRUE(soon([&] { return is_there("off") && state("off") == kStopped; }));
  run(in("a", "x = 2\nopen('kept', 'w').write('yes')"));
  declare("c", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("c"); }));
  EXPECT_EQ(run(in("a", "print(x)")).out, "2\n");
  EXPECT_EQ(run(in("own", "print(x)")).out, "1\n");
  declare("a", "heap_bytes = 4194304\n");
  reload();
  ASSERT_TRUE(soon([&] { return get("a").config().heap_bytes() == 4u << 20 && state("a") == kUp; }));
  EXPECT_NE(run(in("a", "print(x)")).err.find("NameError"), std::string::npos);
  EXPECT_EQ(run(in("own", "print(x)")).out, "1\n");
  EXPECT_EQ(read("a", "kept"), "yes");
}

TEST_F(DeclaredBoardsTest, ABoardWhoseFileIsGoneEndsAndKeepsItsFiles) {
  declare("a", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("a") && state("a") == kUp; }));
  run(in("a", "open('kept', 'w').write('yes')"));
  undeclare("a");
  reload();
  ASSERT_TRUE(soon([&] { return !is_there("a"); }));
  EXPECT_TRUE(std::filesystem::exists(directory.file("state/instances/a/fs/kept")));
  EXPECT_TRUE(std::filesystem::exists(directory.file("state/instances/a/board.json"))) << "so the next upyd keeps them";
  EXPECT_EQ(code_of([&] { create("a"); }), StatusCode::FAILED_PRECONDITION) << "nor does another instance get them";
  declare("a", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("a") && state("a") == kUp; }));
  EXPECT_EQ(read("a", "kept"), "yes");
}

TEST_F(DeclaredBoardsTest, WhatIsDeclaredIsChangedInItsFile) {
  declare("a", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("a"); }));
  EXPECT_EQ(code_of([&] { remove_board("a"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { update("a", v1::InstanceConfig()); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_FALSE(update("a", std::nullopt, false).enabled());
}

TEST_F(DeclaredBoardsTest, AReloadTellsWhatBecameOfThem) {
  declare("a", "");
  declare("b", "");
  reload();
  EXPECT_TRUE(upyd_.logs("reloaded, new boards: a, b\n"));
  reload();
  EXPECT_TRUE(upyd_.logs("reloaded, nothing has changed\n"));
  declare("a", "heap_bites = 1\n");
  reload();
  EXPECT_TRUE(
      upyd_.logs("reloaded, nothing has changed; boards that stay as they were, since what their files say "
                 "can't be (see the errors above): a\n"));
  declare("a", "heap_bytes = 1048576\n");
  undeclare("b");
  reload();
  EXPECT_TRUE(upyd_.logs("reloaded, changed boards: a; boards that are not declared any more: b\n"));
}

TEST_F(DeclaredBoardsTest, AFileWithAFaultLeavesItsBoardAlone) {
  declare("a", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("a") && state("a") == kUp; }));
  run(in("a", "x = 1"));
  declare("a", "heap_bites = 3\n");
  declare("z", "");
  reload();
  ASSERT_TRUE(soon([&] { return is_there("z"); }));
  EXPECT_EQ(run(in("a", "print(x)")).out, "1\n");
}

}  // namespace
}  // namespace upyd
