/// Faults of upyd itself: what it says of them, and what the next upyd finds.

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

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
  v1::ReadLogRequest request;
  request.set_instance("bad");
  std::string log;
  auto stream = upyd_->connection().read_log(request);
  for (v1::ReadLogResponse response; stream.read(response);) {
    for (const v1::LogEntry& entry : response.entries()) log += entry.text() + "\n";
  }
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

TEST_F(CrashTest, OfOtherThreadsTheNameIsTold) {
  upyd_->send_signal(SIGABRT);
  const ProcessEnd end = upyd_->wait();
  EXPECT_EQ(end.exit_status, 128 + SIGABRT);
  EXPECT_TRUE(contains(end.err, "upyd: SIGABRT on the thread '")) << end.err;
  EXPECT_EQ(notes(), "");
}

}  // namespace
}  // namespace upyd
