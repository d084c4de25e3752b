#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "rpc_test.h"
#include "support/expectations.h"
#include "support/socket_talk.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using test_support::SocketTalk;

const fs::path kSource = fs::path(UPY_TESTS_DIR).parent_path();

std::set<std::string> found_in(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator each(text.begin(), text.end(), regex), end; each != end; ++each) found.insert((*each)[1]);
  return found;
}

/// Where the metrics of a test's daemon are.
class MetricsPlace {
 protected:
  std::string path() const { return directory_.file("metrics.sock"); }
  std::string config() const {
    return "state = \"" + directory_.file("state") + "\"\n[metrics]\nlisten = \"unix://" + path() + "\"\n";
  }
  test_support::TemporaryDirectory directory_;
};

class MetricsTest : private MetricsPlace, public RpcTest {
 protected:
  MetricsTest() : RpcTest(config()) {}

  std::string scrape(const std::string& accept = "*/*") {
    const SocketTalk talk(path());
    talk.send("GET /metrics HTTP/1.1\r\nHost: upyd\r\nAccept: " + accept + "\r\n\r\n");
    const std::string answer = talk.read_all();
    return answer.substr(std::min(answer.find("\r\n\r\n") + 4, answer.size()));
  }
  void create_board(const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    request.set_persistent(true);
    upyd().create_instance(request);
  }
  /// The value of a sample; -1 if there is none.
  double value(const std::string& sample) {
    const std::string text = "\n" + scrape();
    const size_t at = text.find("\n" + sample + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + sample.size() + 2));
  }
};

TEST_F(MetricsTest, OfABoard) {
  create_board("b");
  EXPECT_EQ(value("upyd_instance_state{name=\"b\",state=\"up\"}"), 1);
  EXPECT_EQ(value("upyd_instance_state{name=\"b\",state=\"failed\"}"), 0);
  EXPECT_EQ(value("upyd_instance_restarts_total{name=\"b\"}"), 0);
  run(in("b", "raise ValueError"));
  v1::StopInstanceRequest stop;
  stop.set_name("b");
  upyd().stop_instance(stop);
  EXPECT_EQ(value("upyd_instance_state{name=\"b\",state=\"up\"}"), 0);
  EXPECT_EQ(value("upyd_instance_state{name=\"b\",state=\"stopped\"}"), 1);
  EXPECT_EQ(value("upyd_instances{state=\"stopped\"}"), 1);
  EXPECT_EQ(value("upyd_instance_runs_total{name=\"b\"}"), 1) << "what was counted is not lost with its instance";
  EXPECT_EQ(value("upyd_instance_run_outcomes_total{name=\"b\",outcome=\"exception\"}"), 1);
  EXPECT_EQ(value("upyd_instance_heap_used_bytes{name=\"b\"}"), 0);
}

TEST_F(MetricsTest, OfAnInstance) {
  create("a");
  run(in("a", "import gc\nx = bytearray(100000)\ngc.collect()"));
  run(in("a", "raise ValueError"));
  run(in("a", "syntax error"));
  EXPECT_EQ(value("upyd_instance_runs_total{name=\"a\"}"), 3);
  EXPECT_EQ(value("upyd_instance_running{name=\"a\"}"), 0);
  EXPECT_GE(value("upyd_instance_heap_used_bytes{name=\"a\"}"), 100'000);
  EXPECT_GE(value("upyd_instance_heap_peak_bytes{name=\"a\"}"), 100'000);
  EXPECT_EQ(value("upyd_instance_heap_limit_bytes{name=\"a\"}"), 2 << 20);
  EXPECT_GE(value("upyd_instance_gc_collections_total{name=\"a\"}"), 1);
  EXPECT_GT(value("upyd_instance_gc_pause_seconds_total{name=\"a\"}"), 0);
  EXPECT_GT(value("upyd_instance_cpu_seconds_total{name=\"a\"}"), 0);
  for (const char* outcome : {"finished", "exception", "refused"}) {
    EXPECT_EQ(value("upyd_instance_run_outcomes_total{name=\"a\",outcome=\"" + std::string(outcome) + "\"}"), 1);
    EXPECT_EQ(value("upyd_run_outcomes_total{outcome=\"" + std::string(outcome) + "\"}"), 1);
  }
  EXPECT_EQ(value("upyd_instance_run_outcomes_total{name=\"a\",outcome=\"killed\"}"), 0);
  remove("a");
  EXPECT_EQ(value("upyd_instance_runs_total{name=\"a\"}"), -1);
  EXPECT_EQ(value("upyd_runs_total"), 3);
}

TEST_F(MetricsTest, OfCallbacks) {
  create("a");
  run(in("a",
         "import micropython\n"
         "def callback(fails):\n"
         "  if fails: raise ValueError\n"
         "for fails in (0, 1): micropython.schedule(callback, fails)\n"));
  EXPECT_EQ(value("upyd_instance_callbacks_total{name=\"a\"}"), 2);
  EXPECT_EQ(value("upyd_instance_callback_errors_total{name=\"a\"}"), 1);
  EXPECT_GT(value("upyd_instance_callback_delay_worst_seconds{name=\"a\"}"), 0);
}

TEST_F(MetricsTest, OfEdges) {
  create("a");
  run(in("a", "from machine import Pin\np = Pin(5, Pin.IN)\np.irq(lambda p: None)"));
  for (const auto drive : {v1::DRIVE_HIGH, v1::DRIVE_LOW, v1::DRIVE_HIGH}) this->drive("5", drive);
  EXPECT_EQ(value("upyd_gpio_edges_total{chip=\"gpiochip0\",offset=\"5\",name=\"\"}"), 3);
  EXPECT_EQ(value("upyd_gpio_edges_lost_total{chip=\"gpiochip0\",offset=\"5\",name=\"\"}"), 0);
  EXPECT_EQ(value("upyd_gpio_edges_total{chip=\"gpiochip0\",offset=\"6\",name=\"\"}"), -1) << "nobody uses it";
}

/// A busy script can't be waited for: its figures are those of the last look, and a scrape makes it look again.
TEST_F(MetricsTest, OfABusyScript) {
  create("a");
  auto stream = upyd().run(in("a", "x = bytearray(200000)\nprint('busy')\nwhile True: pass"));
  read_until(stream, "busy");
  EXPECT_TRUE(soon([&] { return value("upyd_instance_heap_used_bytes{name=\"a\"}") >= 200'000; }));
  EXPECT_EQ(value("upyd_instance_running{name=\"a\"}"), 1);
  EXPECT_EQ(value("upyd_instances{state=\"running\"}"), 1);
  remove("a");
}

TEST_F(MetricsTest, InstancesOfOneRunAreNoSeries) {
  auto stream = upyd().run(alone("print('on')\nwhile True: pass"));
  read_until(stream, "on");
  EXPECT_EQ(value("upyd_instances{state=\"running\"}"), 1);
  EXPECT_EQ(scrape().find("run-1"), std::string::npos);
}

TEST_F(MetricsTest, OfCalls) {
  const std::string get = "method=\"upyd.v1.InstanceService/GetInstance\"";
  EXPECT_EQ(value("upyd_rpc_started_total{" + get + "}"), 0) << "methods are there before they are called";
  create("a");
  v1::GetInstanceRequest request;
  request.set_name("a");
  upyd().get_instance(request);
  request.set_name("b");
  EXPECT_EQ(code_of([&] { upyd().get_instance(request); }), grpc::StatusCode::NOT_FOUND);
  EXPECT_TRUE(soon([&] { return value("upyd_rpc_handled_total{" + get + ",code=\"NOT_FOUND\"}") == 1; }));
  EXPECT_EQ(value("upyd_rpc_handled_total{" + get + ",code=\"OK\"}"), 1);
  EXPECT_EQ(value("upyd_rpc_started_total{" + get + "}"), 2);
  EXPECT_EQ(value("upyd_rpc_duration_seconds_count{" + get + "}"), 2);
  EXPECT_EQ(value("upyd_rpc_duration_seconds_bucket{" + get + ",le=\"+Inf\"}"), 2);
}

TEST_F(MetricsTest, EveryMethodOfTheApiIsCounted) {
  const std::string text = scrape();
  std::set<std::string> methods;
  for (const auto& proto : fs::directory_iterator(kSource / "proto/upyd/v1")) {
    methods.merge(found_in(read_text(proto.path()), R"(\n  rpc (\w+)\()"));
  }
  std::set<std::string> counted = found_in(text, R"re(rpc_started_total\{method="upyd\.v1\.\w+/(\w+)")re");
  EXPECT_EQ(counted, methods);
}

TEST_F(MetricsTest, OfTheProcess) {
  EXPECT_GT(value("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GT(value("process_threads"), 3);
  EXPECT_GT(value("process_open_fds"), 3);
  EXPECT_GT(value("process_max_fds"), value("process_open_fds"));
  EXPECT_GT(value("process_start_time_seconds"), 1.7e9);
  EXPECT_GT(value("process_cpu_seconds_total"), 0);
  EXPECT_NE(scrape().find("upyd_build_info{version=\"0."), std::string::npos);
}

TEST_F(MetricsTest, BothFormatsSayTheSame) {
  create("a");
  const std::string sample = R"(\n([a-z_]+)[{ ][^#])";
  const std::string open = scrape("application/openmetrics-text");
  EXPECT_TRUE(open.ends_with("\n# EOF\n"));
  EXPECT_EQ(found_in(open, sample), found_in(scrape(), sample));
}

/// What the alerts and the dashboard in examples/ ask for must be there.
TEST_F(MetricsTest, TheExamplesNameMetricsThatExist) {
  create("a");
  create_board("b");
  run(in("a", "from machine import Pin\nPin(5, Pin.IN).irq(lambda p: None)"));
  std::set<std::string> served = found_in(scrape(), R"(\n([a-z_]+)[{ ][^#])");
  const fs::path examples = kSource / "examples/prometheus";
  std::set<std::string> named;
  for (const auto& file : fs::directory_iterator(examples)) {
    named.merge(found_in(read_text(file.path()), R"(\b((?:upyd|process)_[a-z_]+)\b)"));
  }
  EXPECT_GT(named.size(), 15u);
  for (const std::string& name : named) EXPECT_TRUE(served.contains(name)) << name;
}

/// 100 standing instances, some of them busy. The bound is wide: tests/bench has the figure.
TEST_F(MetricsTest, AScrapeOfManyIsShort) {
  std::vector<upyclient::RunStream> busy;
  for (int i = 0; i < 100; ++i) create("a" + std::to_string(i));
  for (int i = 0; i < 4; ++i) {
    busy.push_back(upyd().run(in("a" + std::to_string(i), "print('on')\nwhile True: pass")));
    read_until(busy.back(), "on");
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(found_in(scrape(), R"re(upyd_instance_running\{name="(a\d+)")re").size(), 100u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace upyd
