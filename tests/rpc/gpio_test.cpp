#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

constexpr const char* kConfig = R"(
grace_ms = 300
[gpio]
lines = ["gpiochip0:*"]
[gpio.at_end]
"gpiochip0:5" = "keep"
VALVE = "high"
[[gpio.simulated]]
name = "gpiochip0"
lines = 20
names = { LED = 17, BUTTON = 4, VALVE = 6 }
[[gpio.simulated]]
name = "gpiochip1"
label = "the other"
lines = 2
)";

class GpioTest : public RpcTest {
 protected:
  GpioTest() : RpcTest(kConfig) { create("a"); }

  void drive_low_high_low(const std::string& id) {
    for (const auto drive_to : {v1::DRIVE_LOW, v1::DRIVE_HIGH, v1::DRIVE_LOW}) drive(id, drive_to);
  }
};

TEST_F(GpioTest, ListsChipsAndLines) {
  const auto chips = upyd().list_chips();
  ASSERT_EQ(chips.chips_size(), 2);
  EXPECT_EQ(chips.chips(1).name(), "gpiochip1");
  EXPECT_EQ(chips.chips(1).label(), "the other");
  EXPECT_EQ(chips.chips(1).num_lines(), 2u);
  EXPECT_TRUE(chips.chips(1).simulated());
  v1::ListLinesRequest request;
  EXPECT_EQ(upyd().list_lines(request).lines_size(), 22);
  request.add_ids("gpiochip1");
  request.add_ids("LED");
  const auto lines = upyd().list_lines(request);
  ASSERT_EQ(lines.lines_size(), 3);
  EXPECT_EQ(lines.lines(2).offset(), 17u);
  EXPECT_EQ(lines.lines(2).name(), "LED");
  EXPECT_EQ(lines.lines(2).direction(), v1::Line::DIRECTION_IN);
  EXPECT_EQ(lines.lines(2).drive(), v1::DRIVE_NONE);
}

TEST_F(GpioTest, UnknownLines) {
  EXPECT_EQ(code_of([&] { line("nowhere"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { drive("20", v1::DRIVE_HIGH); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { drive("4", v1::DRIVE_UNSPECIFIED); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { upyd().drive_lines({}); }), StatusCode::INVALID_ARGUMENT);
}

TEST_F(GpioTest, AnOutputIsSeenFromOutside) {
  run(in("a", "from machine import Pin\nled = Pin('LED', Pin.OUT, value=1)"));
  EXPECT_EQ(line("LED").level(), 1u);
  EXPECT_EQ(line("LED").writer(), "a");
  EXPECT_EQ(line("LED").direction(), v1::Line::DIRECTION_OUT);
  run(in("a", "led.off()"));
  EXPECT_EQ(line("LED").level(), 0u);
  EXPECT_EQ(code_of([&] { drive("LED", v1::DRIVE_HIGH); }), StatusCode::FAILED_PRECONDITION);
  remove("a");
  EXPECT_EQ(line("LED").writer(), "");
}

TEST_F(GpioTest, AnInputIsDrivenFromOutside) {
  const std::string script = "from machine import Pin\nprint(Pin('BUTTON', Pin.IN, Pin.PULL_UP).value())";
  EXPECT_EQ(run(in("a", script)).out, "1\n");
  drive("BUTTON", v1::DRIVE_LOW);
  EXPECT_EQ(run(in("a", script)).out, "0\n");
  drive("BUTTON", v1::DRIVE_NONE);
  EXPECT_EQ(run(in("a", script)).out, "1\n");
  EXPECT_EQ(line("BUTTON").readers(0), "a");
  EXPECT_EQ(line("BUTTON").pull(), v1::Line::PULL_UP);
}

TEST_F(GpioTest, EdgesReachARunningScript) {
  auto stream = upyd().run(in("a",
                              "import time\n"
                              "from machine import Pin\n"
                              "count = 0\n"
                              "def on_edge(pin):\n"
                              "    global count\n"
                              "    count += 1\n"
                              "Pin(4, Pin.IN).irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)\n"
                              "print('on')\n"
                              "while count < 4: time.sleep_ms(10)\n"
                              "print(count)"));
  auto record = read_until(stream, "on");
  for (const auto to : {v1::DRIVE_HIGH, v1::DRIVE_LOW, v1::DRIVE_HIGH, v1::DRIVE_LOW}) drive("4", to);
  record = finish(stream, std::move(record));
  EXPECT_EQ(record.out, "on\n4\n");
}

TEST_F(GpioTest, EdgesReachAnIdleInstance) {
  run(in("a",
         "from machine import Pin\n"
         "count = 0\n"
         "def on_edge(pin):\n"
         "    global count\n"
         "    count += 1\n"
         "Pin(4, Pin.IN).irq(on_edge, Pin.IRQ_RISING)"));
  drive_low_high_low("4");
  drive_low_high_low("4");
  EXPECT_TRUE(soon([&] { return run(in("a", "print(count)")).out == "2\n"; }));
}

TEST_F(GpioTest, InstancesShareInputsAndNotOutputs) {
  create("b");
  run(in("a", "from machine import Pin\nled = Pin('LED', Pin.OUT, value=1)"));
  const auto second = run(in("b", "from machine import Pin\nPin('LED', Pin.OUT)"));
  EXPECT_EQ(second.outcome.exception().type(), "OSError");
  EXPECT_NE(second.outcome.exception().message().find("instance 'a'"), std::string::npos);
  EXPECT_EQ(run(in("b", "print(Pin('LED', Pin.IN).value())")).out, "1\n");
}

TEST_F(GpioTest, LinesMustBeGranted) {
  EXPECT_EQ(run(in("a", "from machine import Pin\nPin('gpiochip1:0')")).outcome.exception().type(), "OSError");
  v1::InstanceConfig config;
  config.mutable_gpio()->add_lines("LED");
  create("c", config);
  EXPECT_TRUE(run(in("c", "from machine import Pin\nPin(17)")).outcome.has_finished());
  EXPECT_EQ(run(in("c", "Pin(4)")).outcome.exception().type(), "OSError");
}

TEST_F(GpioTest, MonitorStreamsEdges) {
  v1::MonitorLinesRequest request;
  request.add_lines("BUTTON");
  auto stream = upyd().monitor_lines(request);
  v1::MonitorLinesResponse response;
  ASSERT_TRUE(stream.read(response));
  EXPECT_EQ(response.edges_size(), 0) << "the first says that watching has begun";
  drive_low_high_low("BUTTON");
  std::vector<v1::Edge> edges;
  while (edges.size() < 2 && stream.read(response))
    edges.insert(edges.end(), response.edges().begin(), response.edges().end());
  EXPECT_TRUE(edges[0].rising());
  EXPECT_FALSE(edges[1].rising());
  EXPECT_EQ(edges[1].sequence(), 2u);
  EXPECT_EQ(edges[1].offset(), 4u);
  EXPECT_GE(edges[1].timestamp_ns(), edges[0].timestamp_ns());
}

TEST_F(GpioTest, ALineThatIsNamedTwiceIsMonitoredOnce) {
  v1::MonitorLinesRequest request;
  for (int i = 0; i < 1000; ++i) request.add_lines(i % 2 ? "BUTTON" : "4");
  auto stream = upyd().monitor_lines(request);
  v1::MonitorLinesResponse response;
  ASSERT_TRUE(stream.read(response));
  drive_low_high_low("BUTTON");
  int edges = 0;
  for (uint32_t last = 0; last < 2 && stream.read(response); edges += response.edges_size()) {
    last = response.edges(response.edges_size() - 1).sequence();
  }
  EXPECT_EQ(edges, 2);
}

TEST_F(GpioTest, SoManyMayMonitorAtATime) {
  v1::MonitorLinesRequest request;
  request.add_lines("BUTTON");
  v1::MonitorLinesResponse response;
  std::vector<upyclient::EdgeStream> streams;
  for (int i = 0; i < 256; ++i) {
    streams.push_back(upyd().monitor_lines(request));
    ASSERT_TRUE(streams.back().read(response));
  }
  EXPECT_EQ(code_of([&] { upyd().monitor_lines(request).read(response); }), StatusCode::RESOURCE_EXHAUSTED);
  streams.clear();
  EXPECT_TRUE(soon([&] { return code_of([&] { upyd().monitor_lines(request).read(response); }) == StatusCode::OK; }));
}

TEST_F(GpioTest, MonitorNeedsLinesThatExist) {
  v1::MonitorLinesRequest request;
  v1::MonitorLinesResponse response;
  EXPECT_EQ(code_of([&] { upyd().monitor_lines(request).read(response); }), StatusCode::INVALID_ARGUMENT);
  request.add_lines("nowhere");
  EXPECT_EQ(code_of([&] { upyd().monitor_lines(request).read(response); }), StatusCode::NOT_FOUND);
}

TEST_F(GpioTest, MonitorNeedsLinesThatTheConfigAllows) {
  v1::MonitorLinesRequest request;
  v1::MonitorLinesResponse response;
  request.add_lines("gpiochip1:0");
  EXPECT_EQ(code_of([&] { upyd().monitor_lines(request).read(response); }), StatusCode::PERMISSION_DENIED);
}

TEST_F(GpioTest, LinesMayBeGrantedAsInputsOnly) {
  v1::InstanceConfig config;
  config.mutable_gpio()->add_inputs("gpiochip0:*");
  create("c", config);
  EXPECT_EQ(run(in("c", "from machine import Pin\nprint(Pin(4, Pin.IN).value())")).out, "0\n");
  const auto record = run(in("c", "Pin(4, Pin.OUT)"));
  EXPECT_EQ(record.outcome.exception().message(),
            "[Errno 13] EACCES: GPIO line gpiochip0:4 is granted to this instance as an input only");
  EXPECT_EQ(run(in("c", "Pin(4).value(1)")).outcome.exception().type(), "OSError");
}

TEST_F(GpioTest, OutputsEndAsTheConfigSays) {
  run(in("a",
         "from machine import Pin\n"
         "pins = [Pin(3, Pin.OUT, value=1), Pin(5, Pin.OUT, value=1), Pin('VALVE', Pin.OUT, value=0)]"));
  remove("a");
  EXPECT_EQ(line("3").level(), 0u);
  EXPECT_FALSE(line("3").kept());
  EXPECT_EQ(line("5").level(), 1u);
  EXPECT_TRUE(line("5").kept());
  EXPECT_EQ(line("VALVE").level(), 1u);
}

TEST_F(GpioTest, TheLastEdgeOfAnOutputReachesWhoWatchesIt) {
  create("watcher");
  run(in("a", "from machine import Pin\npin = Pin('VALVE', Pin.OUT, value=0)"));
  run(in("watcher",
         "from machine import Pin\n"
         "edges = []\n"
         "Pin('VALVE').irq(lambda pin: edges.append(pin.value()))"));
  remove("a");
  EXPECT_TRUE(soon([&] { return run(in("watcher", "print(edges)")).out == "[1]\n"; }));
}

TEST_F(GpioTest, NoEdgesDisarm) {
  run(in("a",
         "from machine import Pin\n"
         "edges = 0\n"
         "def on_edge(pin):\n"
         "    global edges\n"
         "    edges += 1\n"
         "pin = Pin(4, Pin.IN)\n"
         "irq = pin.irq(on_edge)\n"
         "print(irq.trigger(0), irq.trigger())"));
  drive_low_high_low("4");
  run(in("a", "pin.irq(on_edge, trigger=Pin.IRQ_RISING)"));
  drive_low_high_low("4");
  run(in("a", "pin.irq(on_edge, trigger=0)"));
  drive_low_high_low("4");
  EXPECT_EQ(run(in("a", "print(edges)")).out, "1\n");
}

TEST_F(GpioTest, WhatIsWrittenToAnInputIsKeptUntilItIsAnOutput) {
  EXPECT_EQ(run(in("a",
                   "from machine import Pin\n"
                   "pin = Pin(3, Pin.IN)\n"
                   "pin.value(1)\n"
                   "print(pin.value())\n"
                   "pin.init(Pin.OUT)\n"
                   "print(pin.value())"))
                .out,
            "0\n1\n");
}

TEST_F(GpioTest, AKilledInstanceLeavesItsOutputsSafe) {
  auto stream =
      upyd().run(alone("from machine import Pin\nPin('VALVE', Pin.OUT, value=0)\nprint('on')\nwhile True: pass"));
  const auto record = read_until(stream, "on");
  EXPECT_EQ(line("VALVE").level(), 0u);
  interrupt(record.started.instance(), v1::InterruptRequest::LEVEL_KILL);
  finish(stream, record);
  EXPECT_TRUE(soon([&] { return line("VALVE").kept(); }));
  EXPECT_EQ(line("VALVE").level(), 1u);
}

TEST_F(GpioTest, ABouncingButtonIsOneEdge) {
  run(in("a",
         "from machine import Pin\n"
         "edges = []\n"
         "p = Pin(4, Pin.IN, debounce_us=200000)\n"
         "p.irq(lambda p: edges.append((p.irq().flags(), p.value())), Pin.IRQ_RISING | Pin.IRQ_FALLING)"));
  EXPECT_EQ(line("4").debounce_us(), 200'000u);
  for (int i = 0; i < 5; ++i) {
    drive("4", v1::DRIVE_HIGH);
    drive("4", v1::DRIVE_LOW);
  }
  drive("4", v1::DRIVE_HIGH);
  EXPECT_TRUE(soon([&] { return run(in("a", "print(edges)")).out == "[(1, 1)]\n"; }));
}

/// What an instance has no room for is counted where everybody can see it, and what it has room for arrives.
TEST_F(GpioTest, EveryEdgeIsDeliveredOrCounted) {
  run(in("a",
         "import machine, time\n"
         "from machine import Pin\n"
         "seen = []\n"
         "p = Pin(4, Pin.IN)\n"
         "irq = p.irq(lambda p: seen.append(p.irq().timestamp_ns()), Pin.IRQ_RISING | Pin.IRQ_FALLING)"));
  constexpr int kEdges = 300;
  auto stream = upyd().run(in("a",
                              "machine.disable_irq()\n"
                              "print('held')\n"
                              "while not Pin(7).value(): pass\n"
                              "machine.enable_irq()\n"
                              "time.sleep_ms(1)\n"));
  auto record = read_until(stream, "held");
  for (int i = 0; i < kEdges; ++i) drive("4", i % 2 == 0 ? v1::DRIVE_HIGH : v1::DRIVE_LOW);
  drive("7", v1::DRIVE_HIGH);
  finish(stream, record);  // and no edge comes after the burst
  const auto count = [&](const std::string& what) { return std::stoul(run(in("a", "print(" + what + ")")).out); };
  EXPECT_TRUE(soon([&] { return count("len(seen)") + line("4").dropped_edges() == kEdges; }));
  EXPECT_EQ(line("4").edges(), static_cast<uint64_t>(kEdges));
  EXPECT_EQ(count("irq.dropped()"), line("4").dropped_edges());
  EXPECT_GT(line("4").dropped_edges(), 0u);
  EXPECT_EQ(run(in("a", "print(seen == sorted(seen))")).out, "True\n");
}

TEST_F(GpioTest, TheHandlerSeesItsOwnEdge) {
  run(in("a",
         "import machine\n"
         "from machine import Pin\n"
         "seen = []\n"
         "p = Pin(4, Pin.IN)\n"
         "irq = p.irq(lambda p: seen.append(p.irq().flags()), Pin.IRQ_RISING | Pin.IRQ_FALLING)\n"
         "state = machine.disable_irq()"));
  drive_low_high_low("4");
  run(in("a", "machine.enable_irq(state)"));
  EXPECT_TRUE(soon([&] { return run(in("a", "print(seen)")).out == "[1, 2]\n"; }));
}

TEST_F(GpioTest, EventsTellOfLines) {
  v1::WatchEventsRequest request;
  request.add_lines("BUTTON");
  auto stream = upyd().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  run(in("a",
         "from machine import Pin\n"
         "Pin('LED', Pin.OUT)\n"
         "Pin(4, Pin.IN).irq(lambda p: None, Pin.IRQ_RISING)"));
  drive_low_high_low("3");
  drive_low_high_low("4");
  remove("a");
  std::vector<v1::Event> events;
  while (events.size() < 3 && stream.read(response)) {
    events.insert(events.end(), response.events().begin(), response.events().end());
  }
  EXPECT_EQ(events[0].instance(), "a");
  EXPECT_EQ(events[0].line_changed().line().readers(0), "a");
  EXPECT_TRUE(events[1].edge().rising());
  EXPECT_EQ(events[1].edge().offset(), 4u);
  EXPECT_EQ(events[2].line_changed().line().readers_size(), 0);
  request.set_lines(0, "nowhere");
  EXPECT_EQ(code_of([&] { upyd().watch_events(request).read(response); }), StatusCode::NOT_FOUND);
}

/// A busy machine may coalesce ticks; none comes that is not due. That the grid has no drift is tested with a clock of
/// its own (TimersTest).
TEST_F(GpioTest, TimersTick) {
  const auto record = run(in("a",
                             "import time\n"
                             "from machine import Timer\n"
                             "ticks = 0\n"
                             "def tick(t):\n"
                             "    global ticks\n"
                             "    ticks += 1\n"
                             "t = Timer(-1, period=10, callback=tick)\n"
                             "time.sleep_ms(505)\n"
                             "t.deinit()\n"
                             "print(ticks)"));
  EXPECT_GE(std::stoi(record.out), 10);
  EXPECT_LE(std::stoi(record.out), 50);
}

}  // namespace
}  // namespace upyd
