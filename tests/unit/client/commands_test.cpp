#include <google/protobuf/util/json_util.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "upyctl/moment.h"
#include "upyctl_test.h"

namespace {

using namespace upyd::v1;
using google::protobuf::util::JsonStringToMessage;
using grpc::health::v1::HealthCheckResponse;

class CommandsTest : public UpyctlTest {
 protected:
  static std::string content(const std::string& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
};

TEST_F(CommandsTest, CompilesBesideTheSource) {
  upyd.scripts.compile.answer.set_blob("blob");
  std::string source = file("a.py", "x = 1");
  EXPECT_EQ(upyctl({"compile", "-O", "1", source}).exit_status, 0);
  EXPECT_EQ(content(directory.file("a.upyc")), "blob");
  CompileRequest request = upyd.scripts.compile.request();
  EXPECT_EQ(request.source(), "x = 1");
  EXPECT_EQ(request.file(), source);
  EXPECT_EQ(request.opt_level(), 1u);
}

TEST_F(CommandsTest, CompilesStandardInputIntoAGivenFile) {
  upyd.scripts.compile.answer.set_blob("blob");
  EXPECT_EQ(upyctl({"compile", "-", "-o", directory.file("b")}, "y = 1").exit_status, 0);
  EXPECT_EQ(content(directory.file("b")), "blob");
  EXPECT_EQ(upyd.scripts.compile.request().source(), "y = 1");
  EXPECT_EQ(upyctl({"compile", "-", "-o", "-"}).out, "blob");
  EXPECT_EQ(upyctl({"compile", "-"}).exit_status, 2);
}

TEST_F(CommandsTest, PrintsWhatDoesNotCompile) {
  Diagnostic* diagnostic = upyd.scripts.compile.answer.mutable_diagnostics()->add_diagnostics();
  diagnostic->set_traceback("SyntaxError: no\n");
  diagnostic->set_line(3);
  std::string source = file("a.py", "1+");
  End text = upyctl({"compile", source});
  EXPECT_EQ(text.exit_status, 1);
  EXPECT_EQ(text.err, "SyntaxError: no\n");
  EXPECT_FALSE(std::filesystem::exists(directory.file("a.upyc")));
  End json = upyctl({"compile", "--json", source});
  EXPECT_EQ(json.exit_status, 1);
  CompileResponse answer;
  ASSERT_TRUE(JsonStringToMessage(json.out, &answer).ok()) << json.out;
  EXPECT_EQ(answer.diagnostics().diagnostics(0).line(), 3u);
}

TEST_F(CommandsTest, ListsInstances) {
  Instance* idle = upyd.instances.list.answer.add_instances();
  idle->set_name("main");
  idle->mutable_config()->set_heap_bytes(2u << 20);
  Instance* busy = upyd.instances.list.answer.add_instances();
  busy->set_name("own-1");
  busy->set_owned_by_run(true);
  busy->mutable_run()->set_file("blink.py");
  busy->set_runs(1);
  busy->set_cpu_ns(1'500'000);
  std::string text = upyctl({"ps"}).out;
  EXPECT_TRUE(text.starts_with("NAME   KIND      STATE    SCRIPT    TIME")) << text;
  EXPECT_TRUE(contains(text, "\nmain   standing  idle     -         -  ")) << text;
  EXPECT_TRUE(contains(text, "  2 MiB  ")) << text;
  EXPECT_TRUE(contains(text, "\nown-1  run       running  blink.py  ")) << text;
  EXPECT_TRUE(contains(text, "  1.5 ms  ")) << text;
  ListInstancesResponse answer;
  ASSERT_TRUE(JsonStringToMessage(upyctl({"ps", "--json"}).out, &answer).ok());
  EXPECT_EQ(answer.instances(1).run().file(), "blink.py");
}

/// For `for name in $(upyctl ps -q)`.
TEST_F(CommandsTest, PrintsNamesAlone) {
  for (const char* name : {"a", "main"}) upyd.instances.list.answer.add_instances()->set_name(name);
  EXPECT_EQ(upyctl({"ps", "-q"}).out, "a\nmain\n");
  upyd.instances.list.answer.clear_instances();
  EXPECT_EQ(upyctl({"ps", "-q"}).out, "");
}

TEST_F(CommandsTest, RemovesAllStandingInstances) {
  for (const char* name : {"a", "own-1", "z"}) upyd.instances.list.answer.add_instances()->set_name(name);
  upyd.instances.list.answer.mutable_instances(1)->set_owned_by_run(true);
  EXPECT_EQ(upyctl({"rm", "--all", "-f"}).exit_status, 0);
  EXPECT_EQ(upyd.instances.remove.request(0).name(), "a");
  EXPECT_EQ(upyd.instances.remove.request(1).name(), "z");
  EXPECT_TRUE(upyd.instances.remove.request(1).force());
}

TEST_F(CommandsTest, ASimilarNameMayHaveBeenMeant) {
  for (const char* name : {"main", "other"}) upyd.instances.list.answer.add_instances()->set_name(name);
  const grpc::Status not_found(grpc::StatusCode::NOT_FOUND, "there is no instance 'mian'");
  upyd.instances.remove.failure = upyd.instances.mem_info.failure = not_found;
  const std::string told = "upyctl: there is no instance 'mian'; did you mean 'main'?\n";
  EXPECT_EQ(upyctl({"rm", "mian"}).err, told);
  EXPECT_EQ(upyctl({"mem-info", "mian"}).err, told);
  upyd.instances.list.answer.clear_instances();
  EXPECT_EQ(upyctl({"mem-info", "mian"}).err, "upyctl: there is no instance 'mian'\n");
}

TEST_F(CommandsTest, TellsWhatFailedOrWaits) {
  Instance* paced = upyd.instances.list.answer.add_instances();
  paced->set_name("a");
  paced->set_state(INSTANCE_STATE_WAITING);
  paced->set_last_failure("it resets itself over and over");
  for (int i = 0; i < 5; ++i) {
    Instance* board = upyd.instances.list.answer.add_instances();
    board->set_name("b" + std::to_string(i));
    board->set_persistent(true);
    board->set_state(i == 0 ? INSTANCE_STATE_WAITING : INSTANCE_STATE_FAILED);
    board->set_restarts(5);
    board->set_last_failure("ValueError: \x1b[31m");
  }
  upyd.instances.list.answer.add_instances()->set_state(INSTANCE_STATE_STOPPED);
  const std::string text = upyctl({"status"}).out;
  EXPECT_TRUE(contains(text,
                       "\nFailed, or waiting before the next start:\n"
                       "  a waiting: it resets itself over and over\n"
                       "  b0 waiting after 5 restarts: ValueError: \\x1b[31m\n"
                       "  b1 failed after 5 restarts: "))
      << text;
  EXPECT_TRUE(contains(text, "and 3 more: upyctl ps")) << text;
  const std::string table = upyctl({"ps"}).out;
  EXPECT_TRUE(contains(table, "b1    board     failed ")) << table;
  EXPECT_TRUE(contains(table, " stopped ")) << table;
}

TEST_F(CommandsTest, ShowsTheStatusOnOneScreen) {
  upyd.daemon.status.answer.set_version("9.8");
  upyd.daemon.status.answer.set_runs(7);
  upyd.daemon.status.answer.mutable_outcomes()->set_exception(2);
  upyd.daemon.status.answer.add_recent_errors()->set_text("/run/upyd/log has no room");
  for (int i = 0; i < 20; ++i) {
    auto& error = *upyd.daemon.status.answer.add_recent_errors();
    error.set_instance("a");
    error.set_run_id(static_cast<uint64_t>(i));
    error.set_text("ValueError: \x1b[31m" + std::to_string(i));
    upyd.instances.list.answer.add_instances()->set_name("i" + std::to_string(i));
    auto& line = *upyd.gpio.lines.answer.add_lines();
    line.set_chip("c");
    line.set_offset(static_cast<uint32_t>(i));
    line.add_readers("reader");
  }
  upyd.instances.list.answer.mutable_instances(13)->mutable_run()->set_file("x\x1b.py");
  const std::string text = upyctl({"status"}).out;
  EXPECT_TRUE(contains(text, "upyd 9.8 at ")) << text;
  EXPECT_TRUE(contains(text, "7 runs: 0 finished, 2 raised")) << text;
  EXPECT_TRUE(contains(text, "\ni13       running")) << text;
  EXPECT_TRUE(contains(text, "x\\x1b.py")) << text;
  EXPECT_TRUE(contains(text, "and 12 more: upyctl ps")) << text;
  EXPECT_TRUE(contains(text, "c:5   ")) << text;
  EXPECT_TRUE(contains(text, "and 14 more: upyctl gpio info")) << text;
  EXPECT_TRUE(contains(text, ", a, run 19: ValueError: \\x1b[31m19\n")) << text;
  EXPECT_TRUE(contains(text, "\nLast warnings of upyd:\n")) << text;
  EXPECT_TRUE(contains(text, " ago: /run/upyd/log has no room\n")) << text << "whatever scripts do";
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 33);
  EXPECT_TRUE(contains(upyctl({"status", "--json"}).out, "\"recent_errors\"")) << text;
}

/// What is no terminal gets one picture, or as many as it wants, and no control characters.
TEST_F(CommandsTest, TopPrintsAPicture) {
  upyd.instances.list.answer.add_instances()->set_name("main");
  const std::string text = upyctl({"top", "-d", "100ms"}).out;
  EXPECT_TRUE(contains(text, "\nNAME  ")) << text;
  EXPECT_TRUE(contains(text, "\nmain  ")) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  const std::string lines = upyctl({"top", "--json", "-d", "100ms", "-n", "2"}).out;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << lines;
  ListInstancesResponse answer;
  ASSERT_TRUE(JsonStringToMessage(lines.substr(0, lines.find('\n')), &answer).ok());
  EXPECT_EQ(answer.instances(0).name(), "main");
  EXPECT_TRUE(contains(upyctl({"top", "-s", "size"}).err, "'size' is none of calls, cpu, "));
}

TEST_F(CommandsTest, APolicyOfRestartsIsOfBoardsThatAreKept) {
  const auto refused = upyctl({"create", "main", "--restart", "always"});
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_TRUE(contains(refused.err, "--persistent")) << refused.err;
}

TEST_F(CommandsTest, CreatesAnInstance) {
  upyd.instances.create.answer.set_name("chosen");
  EXPECT_EQ(upyctl({"create", "main", "--heap", "4m", "--wall", "1m", "--callback", "2s", "--max-files", "7",
                    "--gpio-input", "BUTTON", "-O", "3"})
                .out,
            "chosen\n");
  CreateInstanceRequest request = upyd.instances.create.request();
  EXPECT_EQ(request.name(), "main");
  EXPECT_EQ(request.config().heap_bytes(), 4u << 20);
  EXPECT_EQ(request.config().wall_ms(), 60'000u);
  EXPECT_EQ(request.config().callback_ms(), 2000u);
  EXPECT_EQ(request.config().max_files(), 7u);
  EXPECT_EQ(request.config().gpio().inputs(0), "BUTTON");
  EXPECT_EQ(request.config().opt_level(), 3u);
  Instance instance;
  ASSERT_TRUE(JsonStringToMessage(upyctl({"create", "--json"}).out, &instance).ok());
  EXPECT_EQ(instance.name(), "chosen");
  EXPECT_EQ(upyd.instances.create.request(1).name(), "");
}

TEST_F(CommandsTest, DeletesInstances) {
  EXPECT_EQ(upyctl({"rm", "-f", "a", "b"}).exit_status, 0);
  EXPECT_EQ(upyd.instances.remove.request(0).name(), "a");
  EXPECT_TRUE(upyd.instances.remove.request(0).force());
  EXPECT_EQ(upyd.instances.remove.request(1).name(), "b");
}

TEST_F(CommandsTest, DeletesTheOthersWhereOneIsMissing) {
  upyd.instances.remove.failure = grpc::Status(grpc::StatusCode::NOT_FOUND, "there is no instance of that name");
  const End end = upyctl({"rm", "a", "b"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_EQ(end.err, "upyctl: there is no instance of that name\nupyctl: there is no instance of that name\n");
  EXPECT_EQ(upyd.instances.remove.request(1).name(), "b");
}

TEST_F(CommandsTest, ShowsInternedStrings) {
  upyd.instances.qstr_info.answer.set_text("qstr pool: n_pool=1\nQ(x)\n");
  EXPECT_EQ(upyctl({"qstr-info", "-v", "main"}).out, "qstr pool: n_pool=1\nQ(x)\n");
  EXPECT_TRUE(upyd.instances.qstr_info.request().verbose());
  EXPECT_EQ(upyd.instances.qstr_info.request().instance(), "main");
}

TEST_F(CommandsTest, ShowsMemory) {
  MemInfo& info = upyd.instances.mem_info.answer;
  info.set_text("stack: 1\n");
  info.set_heap_total(2u << 20);
  info.set_heap_used(1024);
  info.mutable_schedule()->set_run(5);
  std::string text = upyctl({"mem-info", "-v", "main"}).out;
  EXPECT_TRUE(text.starts_with("stack: 1\nheap: 1 KiB of 2 MiB used")) << text;
  EXPECT_TRUE(contains(text, "callbacks: 5 run")) << text;
  EXPECT_TRUE(upyd.instances.mem_info.request().verbose());
  EXPECT_EQ(upyd.instances.mem_info.request().instance(), "main");
  MemInfo answer;
  ASSERT_TRUE(JsonStringToMessage(upyctl({"mem-info", "main", "--json"}).out, &answer).ok());
  EXPECT_EQ(answer.schedule().run(), 5u);
}

TEST_F(CommandsTest, StopsAtEachLevel) {
  upyd.scripts.interrupt.answer.set_run_id(3);
  EXPECT_EQ(upyctl({"interrupt", "main"}).err, "");
  EXPECT_EQ(upyctl({"stop", "--grace", "2s", "main"}).exit_status, 0);
  EXPECT_EQ(upyctl({"kill", "main"}).exit_status, 0);
  EXPECT_EQ(upyd.scripts.interrupt.request(0).level(), InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_FALSE(upyd.scripts.interrupt.request(0).has_run_id());
  EXPECT_EQ(upyd.scripts.interrupt.request(1).level(), InterruptRequest::LEVEL_STOP);
  EXPECT_EQ(upyd.scripts.interrupt.request(1).grace_ms(), 2000u);
  EXPECT_EQ(upyd.scripts.interrupt.request(2).level(), InterruptRequest::LEVEL_KILL);
  EXPECT_FALSE(upyd.scripts.interrupt.request(2).has_grace_ms());
}

TEST_F(CommandsTest, StopKeepsABoardDown) {
  upyd.instances.get.answer.set_persistent(true);
  EXPECT_EQ(upyctl({"stop", "--grace", "2s", "main"}).exit_status, 0);
  EXPECT_EQ(upyd.instances.stop.request(0).name(), "main");
  EXPECT_EQ(upyd.instances.stop.request(0).grace_ms(), 2000u);
}

TEST_F(CommandsTest, StopsACallback) {
  upyd.scripts.interrupt.answer.set_callback(true);
  EXPECT_EQ(upyctl({"kill", "main"}).err, "");
}

TEST_F(CommandsTest, TellsWhenThereIsNothingToStop) {
  End end = upyctl({"interrupt", "main"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_EQ(end.err, "upyctl: main runs no script\n");
}

TEST_F(CommandsTest, ListsChips) {
  Chip* chip = upyd.gpio.chips.answer.add_chips();
  chip->set_name("gpiochip0");
  chip->set_label("sim");
  chip->set_num_lines(8);
  EXPECT_EQ(upyctl({"gpio", "detect"}).out, "gpiochip0 [sim] (8 lines)\n");
}

TEST_F(CommandsTest, ShowsLines) {
  Line* led = upyd.gpio.lines.answer.add_lines();
  led->set_chip("gpiochip0");
  led->set_offset(1);
  led->set_name("LED");
  led->set_direction(Line::DIRECTION_OUT);
  led->set_level(1);
  led->set_writer("blink");
  Line* button = upyd.gpio.lines.answer.add_lines();
  button->set_chip("gpiochip0");
  button->set_offset(17);
  button->set_level(0);
  button->set_pull(Line::PULL_UP);
  button->set_drive(DRIVE_LOW);
  button->add_readers("a");
  button->add_readers("b");
  EXPECT_EQ(upyctl({"gpio", "info", "gpiochip0"}).out,
            "gpiochip0:\n"
            "\tline   1:\t\"LED\"           \toutput level=1 writer=blink\n"
            "\tline  17:\tunnamed         \tinput level=0 bias=pull-up driven=low readers=a,b\n");
  EXPECT_EQ(upyd.gpio.lines.request().ids(0), "gpiochip0");
  EXPECT_EQ(upyctl({"gpio", "get", "LED", "17"}).out, "1 0\n");
  EXPECT_EQ(upyd.gpio.lines.request(1).ids_size(), 2);
}

TEST_F(CommandsTest, DrivesLines) {
  EXPECT_EQ(upyctl({"gpio", "set", "17=1", "A=low", "B=none"}).exit_status, 0);
  DriveLinesRequest request = upyd.gpio.drive.request();
  ASSERT_EQ(request.drives_size(), 3);
  EXPECT_EQ(request.drives(0).line(), "17");
  EXPECT_EQ(request.drives(0).drive(), DRIVE_HIGH);
  EXPECT_EQ(request.drives(1).drive(), DRIVE_LOW);
  EXPECT_EQ(request.drives(2).drive(), DRIVE_NONE);
  for (const char* bad : {"17", "=1", "17=2", "17="}) EXPECT_EQ(upyctl({"gpio", "set", bad}).exit_status, 2) << bad;
}

class MonitorTest : public CommandsTest {
 protected:
  MonitorTest() {
    for (uint32_t sequence = 1; sequence <= 4; ++sequence) {
      Edge* edge = upyd.gpio.monitor.answer.add_edges();
      edge->set_chip("gpiochip0");
      edge->set_offset(17);
      edge->set_rising(sequence % 2 == 1);
      edge->set_sequence(sequence);
      edge->set_timestamp_ns(1'000'000'000 + sequence);
    }
  }
};

TEST_F(MonitorTest, PrintsEdges) {
  End end = upyctl({"gpio", "mon", "17", "-n", "2"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_EQ(end.out, "1.000000001\trising\tgpiochip0 17\n1.000000002\tfalling\tgpiochip0 17\n");
  EXPECT_EQ(upyd.gpio.monitor.request().lines(0), "17");
}

TEST_F(MonitorTest, ChoosesEdges) {
  EXPECT_EQ(upyctl({"gpio", "mon", "-e", "falling", "17"}).out,
            "1.000000002\tfalling\tgpiochip0 17\n1.000000004\tfalling\tgpiochip0 17\n");
}

TEST_F(MonitorTest, TellsOfLostEdges) {
  upyd.gpio.monitor.answer.set_dropped(9);
  EXPECT_EQ(upyctl({"gpio", "mon", "17"}).err, "upyctl: 9 edges were lost\n");
}

class EventsTest : public CommandsTest {
 protected:
  EventsTest() {
    add().mutable_instance_created()->set_owned_by_run(true);
    Event& end = add();
    end.mutable_run_ended()->set_run_id(7);
    end.mutable_run_ended()->mutable_outcome()->mutable_exception()->set_type("ValueError");
    end.mutable_run_ended()->mutable_outcome()->mutable_exception()->set_message("two\nlines");
    end.mutable_run_ended()->mutable_outcome()->set_exit_status(1);
    add().mutable_callback_raised()->set_report("Traceback\n  place\nOSError: gone\n");
  }

  Event& add() {
    Event& event = *upyd.events.watch.answer.add_events();
    event.set_instance("main");
    event.mutable_time()->set_seconds(1'600'000'000);
    event.mutable_time()->set_nanos(1'234'567);
    return event;
  }
};

TEST_F(EventsTest, AreALineEach) {
  const std::string begin = upyctl::moment_text(upyd.events.watch.answer.events(0).time()) + "\tmain\t";
  EXPECT_EQ(upyctl({"events"}).out, begin + "instance-created\tfor one run\n" +  //
                                        begin + "run-ended\t7 ValueError: two lines, status 1\n" + begin +
                                        "callback-raised\tOSError: gone\n");
}

TEST_F(EventsTest, AreChosen) {
  End end = upyctl({"events", "main", "b", "-k", "run-ended", "--kind", "events-lost", "-n", "1"});
  EXPECT_EQ(end.exit_status, 0) << end.err;
  EXPECT_TRUE(end.out.ends_with("for one run\n")) << end.out;
  WatchEventsRequest request = upyd.events.watch.request();
  ASSERT_EQ(request.instances_size(), 2);
  EXPECT_EQ(request.instances(1), "b");
  ASSERT_EQ(request.kinds_size(), 2);
  EXPECT_EQ(request.kinds(1), EVENT_KIND_EVENTS_LOST);
  EXPECT_EQ(upyctl({"events", "-k", "earthquake"}).exit_status, 2);
}

TEST_F(EventsTest, AreJsonLines) {
  const std::string out = upyctl({"events", "--json"}).out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 3);
  EXPECT_TRUE(contains(out, "\"owned_by_run\":true")) << out;
}

TEST_F(EventsTest, DroppedOnesAreTold) {
  upyd.events.watch.answer.set_dropped(9);
  EXPECT_EQ(upyctl({"events"}).err, "upyctl: 9 events were dropped\n");
}

TEST_F(CommandsTest, TellsVersionAndState) {
  upyd.daemon.status.answer.set_version("9.9");
  upyd.daemon.status.answer.set_pid(77);
  std::string text = upyctl({"version"}).out;
  EXPECT_TRUE(text.starts_with("upyctl ")) << text;
  EXPECT_TRUE(contains(text, "\nupyd 9.9 at " + upyd.url() + ", process 77, ")) << text;
  EXPECT_TRUE(contains(upyctl({"version", "--json"}).out, "\"version\": \"9.9\""));
}

TEST_F(CommandsTest, TellsHealth) {
  upyd.health.check.answer.set_status(HealthCheckResponse::SERVING);
  End healthy = upyctl({"health"});
  EXPECT_EQ(healthy.exit_status, 0);
  EXPECT_EQ(healthy.out, "SERVING\n");
  upyd.health.check.answer.set_status(HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(upyctl({"health"}).exit_status, 1);
}

TEST_F(CommandsTest, TellsTheDaemonsErrors) {
  upyd.instances.create.failure = grpc::Status(grpc::StatusCode::ALREADY_EXISTS, "there is an instance 'main'");
  End end = upyctl({"create", "main"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_EQ(end.err, "upyctl: there is an instance 'main'\n");
}

TEST_F(CommandsTest, PrefersHostToTheEnvironment) {
  fake::Upyd other;
  other.daemon.status.answer.set_version("other");
  EXPECT_TRUE(contains(upyctl({"version", "--host", other.url()}).out, "upyd other at"));
  EXPECT_TRUE(contains(upyctl({"--host", other.url(), "version"}).out, "upyd other at"));
}

TEST_F(CommandsTest, SaysHowToStartADaemonThatDoesNotAnswer) {
  std::string url = "unix://" + directory.file("none.sock");
  End end = upyctl({"ps", "--host", url});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_TRUE(contains(end.err, "no upyd answers at " + url + " (No such file or directory)")) << end.err;
  EXPECT_TRUE(contains(end.err, "upyd --listen " + url)) << end.err;
  EXPECT_EQ(upyctl({"exec", "--host", url, "pass"}).exit_status, 125);
}

TEST_F(CommandsTest, RefusesABadAddress) {
  End end = upyctl({"ps", "--host", "localhost"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_TRUE(contains(end.err, "there is no host 'localhost'; write unix:///")) << end.err;
  end = upyctl({"ps", "--host", "http://localhost"});
  EXPECT_TRUE(contains(end.err, "'http://localhost' is no address of upyd")) << end.err;
}

TEST_F(CommandsTest, SaysWhatIsWrongWithTheCommandLine) {
  auto refusal = [this](const Arguments& arguments) {
    End end = upyctl(arguments);
    EXPECT_EQ(end.exit_status, 2);
    return end.err;
  };
  EXPECT_EQ(refusal({"frob"}), "upyctl: there is no command 'frob'\nTry 'upyctl --help'.\n");
  EXPECT_EQ(refusal({"gpio", "frob"}), "upyctl: there is no command 'frob'\nTry 'upyctl gpio --help'.\n");
  EXPECT_TRUE(contains(refusal({"pss"}), "there is no command 'pss'; did you mean 'ps'?"));
  EXPECT_TRUE(contains(refusal({"gpio", "moni"}), "there is no command 'moni'; did you mean 'mon'?"));
  EXPECT_TRUE(contains(refusal({"--jsn", "ps"}), "there is no option '--jsn'; did you mean '--json'?"));
  EXPECT_TRUE(contains(refusal({"rm", "--forse=1", "a"}), "there is no option '--forse'; did you mean '--force'?"));
  EXPECT_TRUE(contains(refusal({"ps", "--quit"}), "there is no option '--quit'; did you mean '--quiet'?"));
  EXPECT_TRUE(contains(refusal({"rm"}), "name the instances to delete, or say --all"));
  EXPECT_TRUE(contains(refusal({}), "a command is missing; there are run, exec, "));
  EXPECT_TRUE(contains(refusal({"run"}), "FILE is required"));
  EXPECT_TRUE(contains(refusal({"run", "--hepa", "4m", "x.py"}), "--hepa"));
  EXPECT_TRUE(contains(refusal({"create", "--heap", "4q"}), "'4q' is no size"));
  EXPECT_TRUE(contains(refusal({"create", "--wall", "5"}), "'5' is no time"));
  EXPECT_TRUE(contains(refusal({"create", "--mounts", "all"}), "'all' is none of none, read, write"));
}

TEST_F(CommandsTest, ShowsHelp) {
  End end = upyctl({"run", "--help"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_TRUE(contains(end.out, "Usage: upyctl run [OPTIONS] FILE [ARGUMENT...]")) << end.out;
  EXPECT_EQ(upyctl({"help", "run"}).out, end.out);
  EXPECT_EQ(upyctl({"help", "gpio", "set"}).out, upyctl({"gpio", "set", "--help"}).out);
  EXPECT_EQ(upyctl({"help"}).out, upyctl({"--help"}).out);
  EXPECT_EQ(upyctl({"help", "frob"}).exit_status, 2);
}

TEST_F(CommandsTest, TellsItsVersionWithoutADaemon) {
  const End end = upyctl({"--version"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_TRUE(end.out.starts_with("upyctl ")) << end.out;
}

/// Root may connect to any socket; so the test becomes another user, if it is root.
TEST_F(CommandsTest, SaysWhyASocketIsRefused) {
  const std::string socket = upyd.url().substr(std::string("unix://").size());
  const std::string path = std::filesystem::path(socket).parent_path();
  if (geteuid() != 0) GTEST_SKIP() << "only root can make sockets of others";
  chmod(path.c_str(), 0755);
  const auto refused = [&] {
    return test_support::run_process({"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                      UPYCTL_PATH, "--host", upyd.url(), "ps"});
  };
  chmod(socket.c_str(), 0660);
  ASSERT_EQ(chown(socket.c_str(), 0, 1), 0);
  EXPECT_TRUE(contains(refused().err,
                       "(Permission denied): only the members of the group 'daemon' may; become one with "
                       "'sudo usermod -aG daemon $USER'"))
      << refused().err;
  chmod(socket.c_str(), 0600);
  EXPECT_TRUE(contains(refused().err, "(Permission denied): only its owner may")) << refused().err;
}

}  // namespace
