#include <google/protobuf/util/json_util.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <sstream>
#include <thread>

#include "upyctl_test.h"

namespace {

using namespace upyd::v1;
using test_support::Process;

RunEvent output(upyd::v1::Stream stream, const std::string& data) {
  RunEvent event;
  event.mutable_output()->set_stream(stream);
  event.mutable_output()->set_data(data);
  return event;
}

RunEvent outcome(int exit_status) {
  RunEvent event;
  event.mutable_outcome()->set_exit_status(exit_status);
  event.mutable_outcome()->mutable_finished();
  return event;
}

RunResponse one(const RunEvent& event) {
  RunResponse response;
  *response.add_events() = event;
  return response;
}

/// A script that gives these events, two in a response, and ends.
auto replay(std::vector<RunEvent> events) {
  return [events](fake::RunCall& call) {
    RunResponse response;
    for (const RunEvent& event : events) {
      *response.add_events() = event;
      if (response.events_size() < 2 && &event != &events.back()) continue;
      call.write(response);
      response.Clear();
    }
    return grpc::Status::OK;
  };
}

class RunTest : public UpyctlTest {
 protected:
  RunTest() { upyd.scripts.script = replay({outcome(0)}); }

  RunRequest request() { return upyd.scripts.run.request(); }
};

TEST_F(RunTest, SendsAFileToAnInstanceOfItsOwn) {
  std::string path = file("a.py", "print(1)\n");
  EXPECT_EQ(upyctl({"run", path}).exit_status, 0);
  EXPECT_TRUE(request().has_own());
  EXPECT_EQ(request().own().name(), "");
  EXPECT_EQ(request().source(), "print(1)\n");
  EXPECT_EQ(request().file(), path);
  ASSERT_EQ(request().argv_size(), 1);
  EXPECT_EQ(request().argv(0), path);
  EXPECT_FALSE(request().has_opt_level());
  EXPECT_FALSE(request().has_wall_ms());
  EXPECT_FALSE(request().own().config().has_heap_bytes());
}

TEST_F(RunTest, SendsTheModulesThatTheScriptImportsFromBesideIt) {
  for (const char* path : {"proj/pkg/deep", "proj/unused"}) std::filesystem::create_directories(directory.file(path));
  const std::string main = file("proj/main.py",
                                "import time, helper as h\n"
                                "try: from pkg.part import (x,\n"
                                "                           y)\n"
                                "finally: import other; import here\n");
  file("proj/helper.py", "import chained\n");
  file("proj/chained.py", "import helper\n");
  file("proj/pkg/__init__.py", "");
  file("proj/pkg/deep/leaf.py", "");
  file("proj/pkg/data.txt", "");
  file("proj/other.py", "o = 1");
  file("proj/alone.py", "");
  file("proj/unused/__init__.py", "");
  EXPECT_EQ(upyctl({"run", main}).exit_status, 0);
  const RunRequest sent = request();
  EXPECT_EQ(sent.file(), main);
  std::map<std::string, std::string> modules;
  for (const Module& module : sent.modules()) modules[module.path()] = module.source();
  EXPECT_EQ(modules, (std::map<std::string, std::string>{{"helper.py", "import chained\n"},
                                                         {"chained.py", "import helper\n"},
                                                         {"pkg/__init__.py", ""},
                                                         {"pkg/deep/leaf.py", ""},
                                                         {"other.py", "o = 1"}}));
}

TEST_F(RunTest, SendsStandardInput) {
  EXPECT_EQ(upyctl({"run", "-"}, "x = 1\n").exit_status, 0);
  EXPECT_EQ(request().source(), "x = 1\n");
  EXPECT_EQ(request().file(), "");
  EXPECT_EQ(request().argv(0), "-");
}

TEST_F(RunTest, SendsACompiledFileAsBlob) {
  EXPECT_EQ(upyctl({"run", file("a.upyc", "blob")}).exit_status, 0);
  EXPECT_EQ(request().blob(), "blob");
}

TEST_F(RunTest, SendsCode) {
  EXPECT_EQ(upyctl({"exec", "print(1)", "-x"}).exit_status, 0);
  EXPECT_EQ(request().source(), "print(1)");
  ASSERT_EQ(request().argv_size(), 2);
  EXPECT_EQ(request().argv(0), "-c");
  EXPECT_EQ(request().argv(1), "-x");
}

TEST_F(RunTest, TakesWhatFollowsTwoDashesForTheScript) {
  const auto words = [&](size_t run) {
    const RunRequest request = upyd.scripts.run.request(run);
    std::vector<std::string> words = {request.source()};
    words.insert(words.end(), request.argv().begin(), request.argv().end());
    return words;
  };
  using Words = std::vector<std::string>;
  EXPECT_EQ(upyctl({"exec", "--", "-1"}).exit_status, 0);
  EXPECT_EQ(words(0), (Words{"-1", "-c"}));
  EXPECT_EQ(upyctl({"exec", "-i", "main", "--", "pass", "--json", "--"}).exit_status, 0);
  EXPECT_EQ(words(1), (Words{"pass", "-c", "--json", "--"}));
  EXPECT_EQ(upyctl({"exec", "pass", "a", "--", "-b"}).exit_status, 0);
  EXPECT_EQ(words(2), (Words{"pass", "-c", "a", "--", "-b"}));
  EXPECT_EQ(upyctl({"exec", "--"}).exit_status, 2);
}

TEST_F(RunTest, SaysHowTimersCanGoOn) {
  RunEvent end = outcome(0);
  end.mutable_outcome()->set_left_armed(2);
  upyd.scripts.script = replay({end});
  const std::string hint = upyctl({"exec", "pass"}).err;
  EXPECT_TRUE(contains(hint, "run it in a standing instance: 'upyctl create NAME'")) << hint;
  EXPECT_EQ(upyctl({"exec", "-i", "main", "pass"}).err, "") << "there they go on";
  end.mutable_outcome()->mutable_stopped();
  upyd.scripts.script = replay({end});
  EXPECT_EQ(upyctl({"exec", "pass"}).err, "upyctl: stopped\n");
}

TEST_F(RunTest, LeavesWhatFollowsTheFileToTheScript) {
  std::string path = file("a.py", "");
  EXPECT_EQ(upyctl({"run", "-O", "2", path, "--json", "-i", "b", "--", "ps"}).out, "");
  const RunRequest sent = request();
  EXPECT_TRUE(sent.has_own());
  EXPECT_EQ(sent.opt_level(), 2u);
  std::vector<std::string> argv(sent.argv().begin(), sent.argv().end());
  EXPECT_EQ(argv, (std::vector<std::string>{path, "--json", "-i", "b", "--", "ps"}));
}

TEST_F(RunTest, RunsInAStandingInstance) {
  EXPECT_EQ(upyctl({"run", "-i", "main", "--wall", "2s", "--cpu", "500ms", file("a.py", "")}).exit_status, 0);
  EXPECT_EQ(request().instance(), "main");
  EXPECT_EQ(request().wall_ms(), 2000u);
  EXPECT_EQ(request().cpu_ms(), 500u);
}

TEST_F(RunTest, SetsUpItsOwnInstance) {
  EXPECT_EQ(upyctl({"exec",     "--name",    "job",      "--heap", "4m",        "--stack",     "64k",
                    "--frames", "1m",        "--output", "8k",     "--compile", "1m",          "--schedule",
                    "16",       "--mailbox", "128",      "--path", "/lib",      "--path",      "",
                    "--mounts", "read",      "--gpio",   "LED",    "--gpio",    "gpiochip0:*", "pass"})
                .exit_status,
            0);
  EXPECT_EQ(request().own().name(), "job");
  const InstanceConfig config = request().own().config();
  EXPECT_EQ(config.heap_bytes(), 4u << 20);
  EXPECT_EQ(config.stack_bytes(), 64u << 10);
  EXPECT_EQ(config.frame_bytes(), 1u << 20);
  EXPECT_EQ(config.output_bytes(), 8u << 10);
  EXPECT_EQ(config.compile_bytes(), 1u << 20);
  EXPECT_EQ(config.schedule_depth(), 16u);
  EXPECT_EQ(config.mailbox_depth(), 128u);
  ASSERT_EQ(config.path_size(), 2);
  EXPECT_EQ(config.path(0), "/lib");
  EXPECT_EQ(config.path(1), "");
  EXPECT_EQ(config.mounts(), MOUNT_ACCESS_READ);
  ASSERT_EQ(config.gpio().lines_size(), 2);
  EXPECT_EQ(config.gpio().lines(1), "gpiochip0:*");
}

TEST_F(RunTest, CanForbidGpio) {
  EXPECT_EQ(upyctl({"exec", "--no-gpio", "pass"}).exit_status, 0);
  EXPECT_TRUE(request().own().config().has_gpio());
  EXPECT_EQ(request().own().config().gpio().lines_size(), 0);
}

TEST_F(RunTest, WritesBothStreamsByteForByte) {
  const std::string bytes("a\0\xff\r\n\xc3", 6);
  upyd.scripts.script = replay(
      {output(STREAM_STDOUT, bytes), output(STREAM_STDERR, "oops\n"), output(STREAM_STDOUT, "\xa4"), outcome(3)});
  End end = upyctl({"exec", "pass"});
  EXPECT_EQ(end.out, bytes + "\xa4");
  EXPECT_EQ(end.err, "oops\n");
  EXPECT_EQ(end.exit_status, 3);
}

TEST_F(RunTest, TellsOfLostOutput) {
  RunEvent dropped;
  dropped.mutable_dropped()->set_stream(STREAM_STDOUT);
  dropped.mutable_dropped()->set_bytes(123);
  upyd.scripts.script = replay({dropped, outcome(0)});
  EXPECT_TRUE(contains(upyctl({"exec", "pass"}).err, "upyctl: 123 bytes of output were lost here"));
}

TEST_F(RunTest, TellsWhichLimitKilled) {
  RunEvent killed = outcome(137);
  killed.mutable_outcome()->mutable_killed()->set_limit(Killed::LIMIT_CPU);
  upyd.scripts.script = replay({killed});
  End end = upyctl({"exec", "pass"});
  EXPECT_EQ(end.exit_status, 137);
  EXPECT_EQ(end.err, "upyctl: killed: it used more CPU time than its limit (--cpu)\n");
}

TEST_F(RunTest, PrintsWhyAScriptWasRefused) {
  const std::string traceback = "  File \"<stdin>\", line 1\nSyntaxError: invalid syntax\n";
  RunEvent refused = outcome(1);
  refused.mutable_outcome()->mutable_refused()->add_diagnostics()->set_traceback(traceback);
  upyd.scripts.script = replay({refused});
  End end = upyctl({"exec", "1+"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_EQ(end.err, traceback);
}

TEST_F(RunTest, WritesEveryEventAsALineOfJson) {
  upyd.scripts.script = replay({output(STREAM_STDOUT, "x"), outcome(0)});
  std::istringstream lines(upyctl({"exec", "--json", "pass"}).out);
  std::vector<RunEvent> events;
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &events.emplace_back()).ok()) << line;
  }
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].started().run_id(), 7u);
  EXPECT_EQ(events[1].output().data(), "x");
  EXPECT_TRUE(events[2].outcome().has_finished());
}

TEST_F(RunTest, TellsWhenTheDaemonRefusesTheRun) {
  upyd.scripts.run.failure = grpc::Status(grpc::StatusCode::NOT_FOUND, "there is no instance 'b'");
  End end = upyctl({"run", "-i", "b", "-"});
  EXPECT_EQ(end.exit_status, 125);
  EXPECT_EQ(end.err, "upyctl: there is no instance 'b'\n");
}

TEST_F(RunTest, TellsWhenTheDaemonIsLost) {
  upyd.scripts.script = [](fake::RunCall&) { return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed"); };
  End end = upyctl({"exec", "pass"});
  EXPECT_EQ(end.exit_status, 125);
  EXPECT_EQ(end.err, "upyctl: upyd at " + upyd.url() + " is not available: Socket closed\n");
}

TEST_F(RunTest, TellsWhichFileCannotBeRead) {
  End end = upyctl({"run", directory.file("none.py")});
  EXPECT_EQ(end.exit_status, 125);
  EXPECT_EQ(end.err, "upyctl: cannot read '" + directory.file("none.py") + "': No such file or directory\n");
}

TEST_F(RunTest, RefusesAFileWithoutAnEnd) {
  const std::string advice = "is too large, or has no end: a script and its modules may have 64 MiB together\n";
  const Arguments command_lines[] = {
      {"run", "/dev/zero"}, {"compile", "/dev/zero", "-o", "/dev/null"}, {"run", file("script.py", "import endless")}};
  std::ofstream(directory.file("endless.py")).close();
  std::filesystem::resize_file(directory.file("endless.py"), 64u << 20);
  for (const Arguments& command_line : command_lines) {
    const End end = upyctl(command_line);
    EXPECT_NE(end.exit_status, 0);
    EXPECT_TRUE(contains(end.err, advice)) << end.err;
  }
}

/// Runs that go on until they are stopped: the fake says "ready", waits for the request of a level, and ends.
class StopTest : public RunTest {
 protected:
  /// The script ends with `exit_status` once `requests` requests to stop it have come.
  void end_after(size_t requests, int exit_status) {
    upyd.scripts.script = [this, requests, exit_status](fake::RunCall& call) {
      call.write(one(output(STREAM_STDOUT, "ready")));
      upyd.scripts.interrupt.request(requests - 1);
      call.write(one(outcome(exit_status)));
      return grpc::Status::OK;
    };
  }
};

TEST_F(StopTest, SigintInterruptsTheScript) {
  end_after(1, 130);
  Process upyctl(command_line({"exec", "pass"}), environment());
  ASSERT_TRUE(upyctl.prints("ready"));
  upyctl.send_signal(SIGINT);
  EXPECT_EQ(upyctl.wait().exit_status, 130);
  EXPECT_EQ(upyd.scripts.interrupt.request().level(), InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_EQ(upyd.scripts.interrupt.request().instance(), "own-1");
  EXPECT_EQ(upyd.scripts.interrupt.request().run_id(), 7u);
}

TEST_F(StopTest, ASecondSigintKillsIt) {
  end_after(2, 137);
  Process upyctl(command_line({"exec", "pass"}), environment());
  ASSERT_TRUE(upyctl.prints("ready"));
  upyctl.send_signal(SIGINT);
  upyd.scripts.interrupt.request(0);
  upyctl.send_signal(SIGINT);
  EXPECT_EQ(upyctl.wait().exit_status, 137);
  EXPECT_EQ(upyd.scripts.interrupt.request(1).level(), InterruptRequest::LEVEL_KILL);
}

TEST_F(StopTest, AThirdSigintGivesUp) {
  upyd.scripts.script = [](fake::RunCall& call) {
    call.write(one(output(STREAM_STDOUT, "ready")));
    while (!call.is_cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return grpc::Status::CANCELLED;
  };
  Process upyctl(command_line({"exec", "pass"}), environment());
  ASSERT_TRUE(upyctl.prints("ready"));
  upyctl.send_signal(SIGINT);
  upyd.scripts.interrupt.request(0);
  upyctl.send_signal(SIGINT);
  upyd.scripts.interrupt.request(1);
  upyctl.send_signal(SIGINT);
  End end = upyctl.wait();
  EXPECT_EQ(end.exit_status, 130);
  EXPECT_EQ(end.err, "upyctl: gave up waiting for upyd to end the script\n");
}

TEST_F(StopTest, SigtermStopsTheScript) {
  for (const int signal : {SIGTERM, SIGHUP}) {
    upyd.scripts.script = [this, signal](fake::RunCall& call) {
      call.write(one(output(STREAM_STDOUT, "ready")));
      upyd.scripts.interrupt.request(signal == SIGTERM ? 0 : 1);
      RunEvent end = outcome(0);
      end.mutable_outcome()->mutable_stopped();
      call.write(one(end));
      return grpc::Status::OK;
    };
    Process upyctl(command_line({"exec", "pass"}), environment());
    ASSERT_TRUE(upyctl.prints("ready"));
    upyctl.send_signal(signal);
    EXPECT_EQ(upyctl.wait().exit_status, 128 + signal);
    EXPECT_EQ(upyd.scripts.interrupt.request().level(), InterruptRequest::LEVEL_STOP);
  }
}

TEST_F(StopTest, AScriptThatEndsItselfAfterSigtermHasItsOwnStatus) {
  end_after(1, 3);
  Process upyctl(command_line({"exec", "pass"}), environment());
  ASSERT_TRUE(upyctl.prints("ready"));
  upyctl.send_signal(SIGTERM);
  EXPECT_EQ(upyctl.wait().exit_status, 3);
}

TEST_F(StopTest, ARunThatIsOverIsNoError) {
  upyd.scripts.interrupt.failure = grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "run 7 is over");
  end_after(1, 0);
  Process upyctl(command_line({"exec", "pass"}), environment());
  ASSERT_TRUE(upyctl.prints("ready"));
  upyctl.send_signal(SIGINT);
  End end = upyctl.wait();
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_EQ(end.err, "");
}

}  // namespace
