/// Logs of instances and runs without clients, by the API and by upyctl.

#include <csignal>
#include <filesystem>
#include <thread>

#include "rpc_test.h"
#include "support/process.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using Lines = std::vector<std::string>;

class LogsTest : public RpcTest {
 protected:
  LogsTest() = default;
  explicit LogsTest(const std::string& config) : RpcTest(config) {}

  static v1::ReadLogRequest log_of(const std::string& instance) {
    v1::ReadLogRequest request;
    request.set_instance(instance);
    return request;
  }
  /// The texts of entries, upyd's own with a mark.
  static void add(const v1::ReadLogResponse& response, Lines& lines) {
    for (const v1::LogEntry& entry : response.entries()) {
      lines.push_back((entry.source() == v1::LOG_SOURCE_UPYD ? "*" : "") + entry.text());
    }
  }
  Lines read(const v1::ReadLogRequest& request) {
    Lines lines;
    auto stream = upyd().read_log(request);
    for (v1::ReadLogResponse response; stream.read(response);) add(response, lines);
    return lines;
  }
  Lines read(const std::string& instance) { return read(log_of(instance)); }
  /// Only what scripts have written.
  Lines output(const std::string& instance) {
    auto request = log_of(instance);
    request.add_sources(v1::LOG_SOURCE_STDOUT);
    request.add_sources(v1::LOG_SOURCE_STDERR);
    return read(request);
  }
  /// Reads until there is an entry of that text.
  static bool read_until(upyclient::LogStream& stream, const std::string& text) {
    for (v1::ReadLogResponse response; stream.read(response);) {
      for (const v1::LogEntry& entry : response.entries()) {
        if (entry.text() == text) return true;
      }
    }
    return false;
  }
  v1::Started run_detached(v1::RunRequest request) {
    request.set_detached(true);
    const auto stream = std::make_unique<upyclient::RunStream>(upyd().run(request));
    v1::RunEvent event;
    EXPECT_TRUE(stream->read(event));
    const v1::Started started = event.started();
    EXPECT_FALSE(stream->read(event)) << "the call ends after that";
    return started;
  }
  v1::WaitForRunResponse wait_for(uint64_t run_id) {
    v1::WaitForRunRequest request;
    request.set_run_id(run_id);
    return upyd().wait_for_run(request);
  }
  test_support::ProcessEnd upyctl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return test_support::run_process(arguments, {"UPYD_HOST=" + upyd_.url()});
  }
};

TEST_F(LogsTest, TellsWhatRunsHaveWrittenAndHowTheyEnded) {
  create("a");
  EXPECT_EQ(read("a"), Lines({"*started"}));
  const auto good = run(in("a", "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('half', end='')"));
  const auto bad = run(in("a", "1/0"));
  const std::string one = std::to_string(good.started.run_id()), two = std::to_string(bad.started.run_id());
  EXPECT_EQ(read("a"), Lines({"*started", "*run " + one + " of <stdin>", "out", "err", "half",
                              "*run " + one + " finished", "*run " + two + " of <stdin>",
                              "Traceback (most recent call last):", "  File \"<stdin>\", line 1, in <module>",
                              "ZeroDivisionError: divide by zero", "*run " + two + " ended by ZeroDivisionError"}));
  auto request = log_of("a");
  request.set_run_id(good.started.run_id());
  request.set_last(2);
  EXPECT_EQ(read(request), Lines({"half", "*run " + one + " finished"}));
  run(in("a", "x ="));
  EXPECT_EQ(output("a").back(), "SyntaxError: invalid syntax") << "nobody else keeps why it was refused";
}

/// Whoever is told of the end finds all in the log.
TEST_F(LogsTest, WhatARunWroteIsLoggedBeforeItsEndIsTold) {
  create("a");
  auto events = upyd().watch_events({});
  v1::WatchEventsResponse told;
  ASSERT_TRUE(events.read(told));
  for (int i = 0; i < 30; ++i) {
    const uint64_t id = run_detached(in("a", "print('out')\nprint('put', end='')")).run_id();
    const auto is_end = [id](const v1::Event& event) { return event.run_ended().run_id() == id; };
    if (i % 2 == 0) {
      wait_for(id);
    } else {
      do ASSERT_TRUE(events.read(told));
      while (std::none_of(told.events().begin(), told.events().end(), is_end));
    }
    auto request = log_of("a");
    request.set_run_id(id);
    const std::string run = "*run " + std::to_string(id);
    EXPECT_EQ(read(request), Lines({run + " of <stdin>", "out", "put", run + " finished"}));
    wait_for(id);  // from when it is told the next may run
  }
}

TEST_F(LogsTest, ARunIsToldNothingThatWasWrittenBefore) {
  create("a");
  run(in("a", "from machine import Timer\nTimer(mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))"));
  EXPECT_TRUE(soon([&] { return output("a") == Lines({"tick"}); }));
  EXPECT_EQ(run(in("a", "print('mine')")).out, "mine\n");
}

TEST_F(LogsTest, CallbacksBetweenRunsAreLogged) {
  create("a");
  run(in("a", "from machine import Timer\nTimer(mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))"));
  EXPECT_TRUE(soon([&] { return output("a") == Lines({"tick"}); }));
}

TEST_F(LogsTest, ThePromptIsNotButWhatRunsThereIs) {
  create("a");
  auto request = console_of("a");
  request.set_prompt(true);
  auto console = open_console(request);
  RpcTest::read_until(console, ">>> ");
  console.write("print(6 * 7)\r");
  RpcTest::read_until(console, "42");
  console.write(
      "from machine import Timer; t = Timer(mode=Timer.ONE_SHOT, period=1, callback=lambda t: print('tick'))\r");
  RpcTest::read_until(console, "tick\r\n");
  EXPECT_TRUE(soon([&] { return output("a") == Lines({"42", "tick"}); })) << testing::PrintToString(output("a"));
}

TEST_F(LogsTest, TheMarksOfRawModeAreNotEither) {
  create("a");
  auto request = console_of("a");
  request.set_prompt(true);
  auto console = open_console(request);
  RpcTest::read_until(console, ">>> ");
  console.write("\x01");
  RpcTest::read_until(console, "exit\r\n>");
  console.write("print('one')\x04");
  RpcTest::read_until(console, "one\r\n\x04\x04>");
  console.write("1/0\x04");
  RpcTest::read_until(console, "zero\r\n\x04>");
  const Lines lines = {"one", "Traceback (most recent call last):", "  File \"<stdin>\", line 1, in <module>",
                       "ZeroDivisionError: divide by zero"};
  EXPECT_TRUE(soon([&] { return output("a") == lines; })) << testing::PrintToString(output("a"));
}

TEST_F(LogsTest, FollowsUntilTheInstanceIsDeleted) {
  create("a");
  auto request = log_of("a");
  request.set_follow(true);
  auto stream = upyd().read_log(request);
  EXPECT_TRUE(read_until(stream, "started"));
  run(in("a", "print('one')"));
  EXPECT_TRUE(read_until(stream, "one"));
  run(in("a", "print('two')"));
  EXPECT_TRUE(read_until(stream, "two"));
  remove("a");
  EXPECT_TRUE(read_until(stream, "deleted on request"));
  v1::ReadLogResponse response;
  EXPECT_FALSE(stream.read(response));
  EXPECT_EQ(output("a"), Lines({"one", "two"})) << "its log is kept";
}

TEST_F(LogsTest, WhoFollowsAFloodHearsWhatWasDropped) {
  create("a");
  auto request = log_of("a");
  request.set_follow(true);
  request.add_sources(v1::LOG_SOURCE_STDOUT);
  auto stream = upyd().read_log(request);
  v1::ReadLogResponse response;
  ASSERT_TRUE(stream.read(response));
  EXPECT_EQ(response.entries_size(), 0) << "the first comes at once";
  run_detached(in("a", "for i in range(200000): print('line', i)"));
  uint64_t dropped = 0, told = 0;
  for (std::string last; last != "line 199999";) {
    ASSERT_TRUE(stream.read(response));
    dropped += response.dropped();
    told += static_cast<uint64_t>(response.entries_size());
    if (response.entries_size() > 0) last = response.entries(response.entries_size() - 1).text();
  }
  EXPECT_GT(dropped, 0u);
  EXPECT_GE(dropped + told, 200'000u);
  EXPECT_LE(dropped + told, 200'003u) << "the dropped ones may be upyd's own as well";
}

TEST_F(LogsTest, RefusesWhatItCannotTell) {
  EXPECT_EQ(code_of([&] { read("nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { read("no name"); }), StatusCode::INVALID_ARGUMENT);
  create("a");
  auto request = log_of("a");
  request.add_sources(static_cast<v1::LogSource>(77));
  EXPECT_EQ(code_of([&] { read(request); }), StatusCode::INVALID_ARGUMENT);
  request = log_of("a");
  request.mutable_since()->set_seconds(INT64_MAX);
  EXPECT_EQ(read(request), Lines());
}

TEST_F(LogsTest, ARunWithoutItsClientGoesOn) {
  create("a");
  const auto started = run_detached(in("a", "import time\ntime.sleep_ms(50)\nprint('done')\nraise SystemExit(3)"));
  EXPECT_EQ(started.instance(), "a");
  const auto end = wait_for(started.run_id());
  EXPECT_EQ(end.instance(), "a");
  EXPECT_EQ(end.outcome().exit_status(), 3);
  EXPECT_TRUE(end.outcome().has_finished());
  EXPECT_EQ(output("a"), Lines({"done"}));
  EXPECT_EQ(wait_for(started.run_id()).outcome().exit_status(), 3) << "it is known afterwards";
  EXPECT_EQ(code_of([&] { wait_for(started.run_id() + 1); }), StatusCode::NOT_FOUND);
}

TEST_F(LogsTest, ARunInAnInstanceOfItsOwnLeavesItsLog) {
  const auto started = run_detached(alone("print('x' * 100000)\n1/0"));
  const auto end = wait_for(started.run_id());
  EXPECT_EQ(end.outcome().exception().type(), "ZeroDivisionError");
  EXPECT_TRUE(soon([&] { return upyd().list_instances().instances_size() == 0; }));
  EXPECT_EQ(output(started.instance()).back(), "ZeroDivisionError: divide by zero");
}

TEST_F(LogsTest, ADetachedRunCanBeStopped) {
  const auto started = run_detached(alone("while True: pass"));
  interrupt(started.instance(), v1::InterruptRequest::LEVEL_KILL);
  EXPECT_TRUE(wait_for(started.run_id()).outcome().has_killed());
}

TEST_F(LogsTest, ARunWithInputIsNotDetached) {
  auto request = alone("print(1)");
  request.set_detached(true);
  auto stream = upyd().run_with_input(request);
  v1::RunEvent event;
  EXPECT_EQ(code_of([&] { stream.read(event); }), StatusCode::INVALID_ARGUMENT);
}

TEST_F(LogsTest, UpyctlShowsThem) {
  create("a");
  const auto record = run(in("a", "print('\\x1b[31mred\\u202e')\nprint('a'); print('b')"));
  const std::string id = std::to_string(record.started.run_id());
  const auto shown = upyctl({"logs", "a"});
  EXPECT_EQ(shown.exit_status, 0) << shown.err;
  EXPECT_EQ(shown.out, "[upyd] started\n[upyd] run " + id + " of <stdin>\n\x1b[31mred\u202e\na\nb\n[upyd] run " + id +
                           " finished\n");
  EXPECT_EQ(upyctl({"logs", "a", "--stream", "out", "-n", "2"}).out, "a\nb\n");
  EXPECT_EQ(upyctl({"logs", "a", "--run", id, "--stream", "out", "-n", "1", "--since", "1h"}).out, "b\n");
  EXPECT_EQ(upyctl({"logs", "a", "--since", "2100-01-01"}).out, "");
  const auto with_times = upyctl({"logs", "a", "-t", "-n", "1"}).out;
  constexpr size_t kTime = sizeof("2026-01-31T14:30:05.123456+00:00") - 1;
  EXPECT_EQ(with_times.substr(kTime), " [upyd] run " + id + " finished\n") << with_times;
  EXPECT_EQ(upyctl({"logs", "a", "--since", with_times.substr(0, kTime), "-n", "1", "-t"}).out, with_times);
  EXPECT_NE(upyctl({"logs", "a", "--json", "-n", "1"}).out.find("\"source\":\"LOG_SOURCE_UPYD\""), std::string::npos);
  const auto bad = upyctl({"logs", "a", "--since", "soon"});
  EXPECT_EQ(bad.exit_status, 2);
  EXPECT_NE(bad.err.find("'soon' is no time"), std::string::npos) << bad.err;
  EXPECT_NE(upyctl({"logs", "b"}).err.find("there is no instance 'b'"), std::string::npos);
}

TEST_F(LogsTest, UpyctlFollowsAndWaits) {
  const auto begun =
      upyctl({"exec", "-d", "--name", "mine", "import time\ntime.sleep_ms(300)\nprint('late')\nraise SystemExit(4)"});
  EXPECT_EQ(begun.exit_status, 0) << begun.err;
  ASSERT_EQ(begun.out.substr(0, 5), "mine ");
  const std::string id = begun.out.substr(5, begun.out.size() - 6);
  EXPECT_NE(upyctl({"logs", "-f", "mine"}).out.find("late\n"), std::string::npos);
  EXPECT_EQ(upyctl({"wait", id}).exit_status, 4);
  EXPECT_NE(upyctl({"wait", "mine"}).err.find("give the number of that"), std::string::npos);
  EXPECT_EQ(upyctl({"wait", "1000"}).exit_status, 125);
  create("a");
  EXPECT_NE(upyctl({"wait", "a"}).err.find("a runs no script"), std::string::npos);
  run_detached(in("a", "import time\ntime.sleep_ms(300)\nraise SystemExit(5)"));
  EXPECT_EQ(upyctl({"wait", "a"}).exit_status, 5);
}

/// In a directory that several daemons have, one after the other.
class LastingLogsTest : public LogsTest {
 protected:
  LastingLogsTest() : LogsTest(config()) {}
  static std::string config() { return "log_dir = \"" + directory().file("log") + "\"\n"; }
  static test_support::TemporaryDirectory& directory() {
    static test_support::TemporaryDirectory directory;
    return directory;
  }
};

TEST_F(LastingLogsTest, LogsOutliveUpyd) {
  create("a");
  run(in("a", "print('before')"));
  run_detached(in("a", "i = 0\nwhile True:\n    i += 1\n    print(i)"));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  upyd_.send_signal(SIGKILL);
  upyd_.wait();
  test_support::UpydProcess next(config());
  Lines lines;
  auto stream = next.connection().read_log(log_of("a"));
  for (v1::ReadLogResponse response; stream.read(response);) add(response, lines);
  ASSERT_GT(lines.size(), 2u);
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].find_first_not_of("0123456789") != std::string::npos) continue;
    EXPECT_EQ(std::stoull(lines[i]), std::stoull(lines[i - 1]) + 1) << "each is whole";
  }
}

/// Whatever becomes of the files.
TEST_F(LastingLogsTest, WhoEmptiesALogEndsNothing) {
  create("b");
  run_detached(in("b", "while True: print('on and on')"));
  const std::string file = directory().file("log/b@uid:" + std::to_string(geteuid()) + ".log");
  EXPECT_TRUE(soon([&] { return std::filesystem::exists(file) && std::filesystem::file_size(file) > 20000; }));
  for (int i = 0; i < 20; ++i) {
    std::filesystem::resize_file(file, 0);
    EXPECT_TRUE(soon([&] { return std::filesystem::file_size(file) > 20000; })) << "it is filled anew";
    EXPECT_EQ(output("b").back(), "on and on");
  }
}

}  // namespace
}  // namespace upyd
