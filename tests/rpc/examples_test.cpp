#include <atomic>
#include <cmath>
#include <set>
#include <thread>

#include "rpc_test.h"
#include "support/expectations.h"

/// The examples, on simulated lines whose other end is the test.
namespace upyd {
namespace {

class ExamplesTest : public RpcTest {
 protected:
  upyclient::RunStream start(const std::string& example, const std::vector<std::string>& arguments) {
    v1::RunRequest request = alone(read_text(UPY_TESTS_DIR "/../examples/" + example));
    request.set_file(example);
    request.add_argv(example);
    for (const std::string& argument : arguments) request.add_argv(argument);
    return upyd().run(request);
  }
  void let_pass(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
  bool has_reader(const std::string& id) {
    return soon([&] { return line(id).readers_size() == 1; });
  }
};

TEST_F(ExamplesTest, Blink) {
  v1::MonitorLinesRequest request;
  request.add_lines("17");
  auto monitor = upyd().monitor_lines(request);
  v1::MonitorLinesResponse response;
  ASSERT_TRUE(monitor.read(response));
  auto stream = start("blink.py", {"17", "2"});
  EXPECT_TRUE(finish(stream).outcome.has_finished());
  std::vector<v1::Edge> edges;
  while (edges.size() < 4 && monitor.read(response)) {
    edges.insert(edges.end(), response.edges().begin(), response.edges().end());
  }
  EXPECT_TRUE(edges[0].rising());
  EXPECT_FALSE(edges[3].rising());
  EXPECT_GE(edges[3].timestamp_ns() - edges[0].timestamp_ns(), 750'000'000u);
}

TEST_F(ExamplesTest, BlinkLeavesTheLedOffWhenItIsStopped) {
  auto stream = start("blink.py", {});
  EXPECT_TRUE(soon([&] { return line("17").level() == 1; }));
  interrupt(line("17").writer(), v1::InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_TRUE(finish(stream).outcome.has_interrupted());
  EXPECT_EQ(line("17").level(), 0u);
}

TEST_F(ExamplesTest, Button) {
  auto stream = start("button.py", {"4", "2"});
  auto record = read_until(stream, "press the button");
  for (const auto to : {v1::DRIVE_LOW, v1::DRIVE_HIGH, v1::DRIVE_LOW}) {
    const auto bounced = to == v1::DRIVE_LOW ? v1::DRIVE_HIGH : v1::DRIVE_LOW;
    for (const auto bounce : {to, bounced, to}) drive("4", bounce);
    let_pass(100);
  }
  record = finish(stream, record);
  EXPECT_EQ(record.out,
            "press the button at Pin('gpiochip0:4', mode=Pin.IN)\n"
            "pressed 1\nreleased\npressed 2\n");
}

TEST_F(ExamplesTest, RotaryEncoder) {
  for (const char* id : {"5", "6"}) drive(id, v1::DRIVE_LOW);
  auto stream = start("rotary_encoder.py", {"5", "6", "2"});
  auto record = read_until(stream, "at 0");
  const auto turn = [&](const char* first, const char* second) {
    drive(first, v1::DRIVE_HIGH);
    drive(second, v1::DRIVE_HIGH);
    drive(first, v1::DRIVE_LOW);
    drive(second, v1::DRIVE_LOW);
  };
  turn("6", "5");
  record = read_until(stream, "at -1");
  for (int i = 0; i < 3; ++i) {
    turn("5", "6");
    let_pass(50);
  }
  record = finish(stream, record);
  EXPECT_TRUE(record.out.ends_with("at 2\n")) << record.out;
}

/// Its first report is the speed over the first so many pulses, to the nanosecond, however late anybody was.
TEST_F(ExamplesTest, Tachometer) {
  drive("22", v1::DRIVE_HIGH);
  auto stream = start("tachometer.py", {"22", "2"});
  ASSERT_TRUE(has_reader("22"));
  v1::MonitorLinesRequest request;
  request.add_lines("22");
  auto monitor = upyd().monitor_lines(request);
  v1::MonitorLinesResponse response;
  ASSERT_TRUE(monitor.read(response));
  constexpr size_t kTurns = 18;
  for (size_t turn = 0; turn < kTurns; ++turn) {
    drive("22", v1::DRIVE_LOW);
    drive("22", v1::DRIVE_HIGH);
    let_pass(50);
  }
  std::vector<uint64_t> pulses;
  while (pulses.size() < kTurns && monitor.read(response)) {
    for (const v1::Edge& edge : response.edges()) {
      if (!edge.rising()) pulses.push_back(edge.timestamp_ns());
    }
  }
  std::set<std::string> possible = {"0 rpm"};
  for (size_t turns = 1; turns < pulses.size(); ++turns) {
    const double rpm = static_cast<double>(turns) * 60e9 / static_cast<double>(pulses[turns] - pulses[0]);
    possible.insert(std::to_string(std::lround(rpm)) + " rpm");
  }
  const auto record = finish(stream);
  EXPECT_TRUE(possible.contains(record.out.substr(0, record.out.find('\n')))) << record.out;
}

TEST_F(ExamplesTest, TrafficLight) {
  auto stream = start("traffic_light.py", {"17", "18", "19", "4", "1"});
  const auto shows = [&](uint32_t red, uint32_t yellow, uint32_t green) {
    return soon(
        [&] { return line("17").level() == red && line("18").level() == yellow && line("19").level() == green; });
  };
  EXPECT_TRUE(shows(0, 0, 1));
  ASSERT_TRUE(has_reader("4"));
  drive("4", v1::DRIVE_LOW);
  EXPECT_TRUE(shows(0, 1, 0));
  EXPECT_TRUE(shows(1, 0, 0));
  EXPECT_TRUE(shows(1, 1, 0));
  const auto record = finish(stream);
  EXPECT_TRUE(record.out.starts_with("wait\ntick\ntick\n")) << record.out;
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_TRUE(shows(0, 0, 0));
}

TEST_F(ExamplesTest, TrafficLightIsDarkWhenItIsStopped) {
  auto stream = start("traffic_light.py", {});
  EXPECT_TRUE(soon([&] { return line("19").level() == 1; }));
  interrupt(line("19").writer(), v1::InterruptRequest::LEVEL_STOP);
  EXPECT_TRUE(finish(stream).outcome.has_stopped());
  EXPECT_EQ(line("19").level(), 0u);
}

/// Somebody plays who presses too early at first, then when the light is on.
TEST_F(ExamplesTest, ReactionTimer) {
  auto stream = start("reaction_timer.py", {"17", "4", "1"});
  std::atomic<bool> is_early = true, is_over = false;
  std::thread player([&] {
    for (bool pressed = false; !is_over; std::this_thread::sleep_for(std::chrono::milliseconds(20))) {
      pressed = !pressed && (is_early || line("17").level() == 1);
      drive("4", pressed ? v1::DRIVE_LOW : v1::DRIVE_HIGH);
    }
  });
  auto record = read_until(stream, "too early!");
  is_early = false;
  record = finish(stream, record);
  is_over = true;
  player.join();
  const size_t result = record.out.find("the best of 1: ");
  ASSERT_NE(result, std::string::npos) << record.out;
  const double taken_ms = std::stod(record.out.substr(result + 15));
  EXPECT_GT(taken_ms, 0);
  EXPECT_LT(taken_ms, 2000);
}

}  // namespace
}  // namespace upyd
