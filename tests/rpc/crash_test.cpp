/// Faults of upyd itself: what it says of them, and what the next upyd finds.

#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "rpc_test.h"
#include "support/sanitizers.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::ProcessEnd;
using test_support::UpydProcess;

/// The upyd of crash_on_demand.cpp, several times with the same state and logs.
class CrashTest : public testing::Test {
 protected:
  void SetUp() override {
    if (kSanitized) GTEST_SKIP() << "the sanitizers report crashes themselves";
    start();
  }
  void start() {
    upyd_.reset();
    upyd_.emplace("log_dir = \"" + directory_.file("log") + "\"\n", directory_.file("state"),
                  std::vector<std::string>(), UPYD_CRASHING_PATH);
  }
  v1::RunRequest in(const std::string& instance, const std::string& source, const std::string& file) {
    v1::RunRequest request;
    request.set_instance(instance);
    request.set_source(source);
    request.set_file(file);
    request.set_detached(true);
    return request;
  }
  void create(const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    upyd_->connection().create_instance(request);
  }
  uint64_t run(const v1::RunRequest& request) {
    auto stream = upyd_->connection().run(request);
    v1::RunEvent event;
    try {
      stream.read(event);
    } catch (const upyclient::Error&) {  // it was gone before
    }
    return event.started().run_id();
  }
  // ---- persistent boards ----

  void create_board(const std::string& name, const std::string& main) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    request.set_persistent(true);
    request.mutable_config()->set_restart(v1::RESTART_POLICY_ON_FAILURE);
    request.mutable_config()->set_restart_delay_ms(3000);
    request.mutable_config()->set_restart_delay_max_ms(4000);
    upyd_->connection().create_instance(request);
    deploy(name, main, false);
  }
  void deploy(const std::string& name, const std::string& main, bool keep_down) {
    v1::DeployFilesRequest::Target target;
    target.set_instance(name);
    target.set_keep_down(keep_down);
    auto deployer = upyd_->connection().deploy_files(target);
    deployer.begin_file("main.py");
    deployer.write(main);
    deployer.end_file();
    deployer.complete();
  }
  template <typename Call, typename Request>
  void change(const std::string& name, Call call, Request request) {
    request.set_name(name);
    (upyd_->connection().*call)(request);
  }
  v1::Instance get(const std::string& name) {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd_->connection().get_instance(request);
  }
  static bool soon(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
  bool comes_to_run(const std::string& name) {
    return soon([&] { return get(name).has_run(); });
  }
  bool comes_to_fail(const std::string& name) {
    return soon([&] { return get(name).state() == v1::INSTANCE_STATE_FAILED; });
  }
  std::string log_of(const std::string& name) {
    v1::ReadLogRequest request;
    request.set_instance(name);
    std::string log;
    auto stream = upyd_->connection().read_log(request);
    for (v1::ReadLogResponse response; stream.read(response);) {
      for (const v1::LogEntry& entry : response.entries()) log += entry.text() + "\n";
    }
    return log;
  }

  std::string notes() const {
    std::ostringstream text;
    text << std::ifstream(directory_.file("state/crash")).rdbuf();
    return text.str();
  }
  static bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  test_support::TemporaryDirectory directory_;
  std::optional<UpydProcess> upyd_;
};

TEST_F(CrashTest, TheReportNamesTheInstanceTheRunAndThePlace) {
  create("good");
  create("bad");
  run(in("good", "while True: pass", "good.py"));
  run(in("bad", "import os\ndef f():\n    x = 1\n    os.urandom(251)\nprint('so far')\nf()\n", "/lib/bad one.py"));
  const ProcessEnd end = upyd_->wait();
  EXPECT_EQ(end.exit_status, 128 + SIGSEGV);
  EXPECT_TRUE(contains(end.err,
                       "upyd: SIGSEGV on the thread of instance 'bad', run 2\n"
                       "upyd: it was at line 4 of /lib/bad one.py\n"))
      << end.err;
  EXPECT_TRUE(contains(notes(), " SIGSEGV bad 2 4 /lib/bad one.py")) << notes();
  start();
  const std::string log = log_of("bad");
  EXPECT_TRUE(contains(log, "so far\nupyd crashed: SIGSEGV in run 2, at line 4 of /lib/bad one.py\n")) << log;
}

/// A signal of somebody else, at any place in a loop.
TEST_F(CrashTest, WhateverItIsAtTheReportComes) {
  create("busy");
  auto request =
      in("busy", "def f(n):\n    for i in range(n): str(i)\n\nprint('busy')\nwhile True: f(100)\n", "busy.py");
  request.set_detached(false);
  auto stream = upyd_->connection().run(request);
  for (v1::RunEvent event; !event.has_output();) ASSERT_TRUE(stream.read(event));
  std::string thread;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(upyd_->id()) + "/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    if (name == "upy:busy") thread = task.path().filename();
  }
  ASSERT_FALSE(thread.empty());
  tgkill(upyd_->id(), std::stoi(thread), SIGBUS);
  const ProcessEnd end = upyd_->wait();
  EXPECT_EQ(end.exit_status, 128 + SIGBUS);
  EXPECT_TRUE(contains(end.err, "upyd: SIGBUS on the thread of instance 'busy', run 1\nupyd: it was at line "))
      << end.err;
}

constexpr const char* kCrash = "import os\nos.urandom(251)";

TEST_F(CrashTest, TheOthersAreBackAtOnceAndTheCrasherIsGivenUpAfterTheThird) {
  const std::vector<std::string> others = {"a", "c", "d", "z"};
  for (const std::string& name : others) create_board(name, "while True: pass");
  create_board("bad", "");
  change("bad", &upyclient::Connection::stop_instance, v1::StopInstanceRequest());
  deploy("bad", kCrash, true);
  try {
    change("bad", &upyclient::Connection::start_instance, v1::StartInstanceRequest());
  } catch (const upyclient::Error&) {  // it was gone before it could answer
  }
  for (int crashes = 1; crashes <= 3; ++crashes) {
    EXPECT_EQ(upyd_->wait().exit_status, 128 + SIGSEGV);
    const auto begin = std::chrono::steady_clock::now();
    start();
    for (const std::string& name : others) EXPECT_TRUE(comes_to_run(name)) << name;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << "after crash " << crashes;
  }
  EXPECT_TRUE(comes_to_fail("bad"));
  EXPECT_EQ(get("bad").last_failure(), "upyd crashed while this board was at work, 3 times");
  const std::string story = log_of("bad");
  EXPECT_TRUE(contains(story, "waits 3 s before its next start: upyd crashed while this board was at work, 1 time\n"));
  EXPECT_TRUE(contains(story, "waits 4 s before its next start: upyd crashed while this board was at work, 2 times\n"));
  EXPECT_TRUE(contains(story, "failed, and is started no more: upyd crashed while this board was at work, 3 times"))
      << story;
  deploy("bad", "while True: pass", false);
  EXPECT_TRUE(comes_to_run("bad"));
}

TEST_F(CrashTest, WhoDoesSomethingAboutItHasTheCrashesForgotten) {
  const std::vector<std::string> names = {"start", "restart", "deploy", "remove", "untouched"};
  for (const std::string& name : names) create_board(name, "");
  upyd_->send_signal(SIGTERM);
  EXPECT_EQ(upyd_->wait().exit_status, 0);
  {
    std::ofstream file(directory_.file("state/crash"));
    for (int i = 0; i < 3; ++i) {
      for (const std::string& name : names) file << std::time(nullptr) << " SIGSEGV " << name << " 1\n";
    }
  }
  start();
  for (const std::string& name : names) {
    EXPECT_TRUE(comes_to_fail(name)) << name;
    EXPECT_TRUE(contains(notes(), " " + name + " "));
  }
  change("start", &upyclient::Connection::start_instance, v1::StartInstanceRequest());
  change("restart", &upyclient::Connection::restart_instance, v1::RestartInstanceRequest());
  deploy("deploy", "", false);
  change("remove", &upyclient::Connection::delete_instance, v1::DeleteInstanceRequest());
  for (const char* name : {"start", "restart", "deploy"}) EXPECT_EQ(get(name).state(), v1::INSTANCE_STATE_UP) << name;
  for (const std::string& name : names) EXPECT_EQ(contains(notes(), " " + name + " "), name == "untouched") << name;
}

TEST_F(CrashTest, OfOtherThreadsTheNameIsTold) {
  upyd_->send_signal(SIGABRT);
  const ProcessEnd end = upyd_->wait();
  EXPECT_EQ(end.exit_status, 128 + SIGABRT);
  EXPECT_TRUE(contains(end.err, "upyd: SIGABRT on the thread '")) << end.err;
  EXPECT_EQ(notes(), "");
}

}  // namespace
}  // namespace upyd
