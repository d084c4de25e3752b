#include "kernel/kernel_test.h"

namespace upyd {
namespace {

using std::chrono::milliseconds;

/// Edges from the kernel to callbacks.
class EdgesTest : public KernelTest {
 protected:
  /// Counts the edges of a line in an instance that then waits for them.
  void count_edges(const std::string& instance, const std::string& pin, const std::string& trigger) {
    output_of(instance,
              "from machine import Pin\n"
              "edges = []\n"
              "pin = " +
                  pin +
                  "\n"
                  "irq = pin.irq(lambda pin: edges.append(irq.flags()), " +
                  trigger + ")\n");
  }

  /// Whether the edges that an instance has counted become these: R rising, F falling.
  bool becomes(const std::string& instance, const std::string& edges) {
    return soon([&] {
      return output_of(instance, "print(''.join('R' if e == Pin.IRQ_RISING else 'F' for e in edges))") == edges + "\n";
    });
  }

  /// What instance "a" prints, which runs a script that ends by edges of line 0.
  std::string output_with_edges(const std::string& script, std::initializer_list<int> levels) {
    upyclient::RunStream stream = upyd().run(in("a", "import machine\nprint('ready')\n" + script + "\nprint('seen')"));
    RunRecord record = read_until(stream, "ready\n");
    pull_each(0, levels);
    return finish(stream, std::move(record)).out;
  }

  void pull_each(uint32_t offset, std::initializer_list<int> levels) {
    for (const int level : levels) chip_->pull(offset, level);
  }

  static uint64_t sum(const std::string& numbers) {
    std::istringstream in(numbers);
    uint64_t sum = 0;
    for (uint64_t number; in >> number;) sum += number;
    return sum;
  }
};

TEST_F(EdgesTest, EachInstanceHasItsTrigger) {
  create("b");
  create("c");
  count_edges("a", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING");
  count_edges("b", "Pin('rig:0', Pin.IN)", "Pin.IRQ_FALLING");
  count_edges("c", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING | Pin.IRQ_FALLING");
  pull_each(0, {1, 0, 1});
  EXPECT_TRUE(becomes("a", "RR"));
  EXPECT_TRUE(becomes("b", "F"));
  EXPECT_TRUE(becomes("c", "RFR"));
}

TEST_F(EdgesTest, ReachAScriptThatNeverWaits) {
  create("b");
  count_edges("b", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING");
  count_edges("a", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING | Pin.IRQ_FALLING");
  EXPECT_EQ(output_with_edges("while len(edges) < 3: pass", {1, 0, 1}), "ready\nseen\n");
  EXPECT_TRUE(becomes("b", "RR"));
}

TEST_F(EdgesTest, EndALightsleep) {
  count_edges("a", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING | Pin.IRQ_FALLING");
  EXPECT_EQ(output_with_edges("while len(edges) < 3: machine.lightsleep()", {1, 0, 1}), "ready\nseen\n");
}

TEST_F(EdgesTest, ActiveLowTurnsThemOver) {
  count_edges("a", "Pin('rig:0', Pin.IN, active_low=True)", "Pin.IRQ_FALLING");
  pull_each(0, {1, 0, 1});
  EXPECT_TRUE(becomes("a", "FF"));
  EXPECT_EQ(output_of("a", "print(pin.value())"), "0\n");
}

TEST_F(EdgesTest, ADisarmedLineIsSilent) {
  count_edges("a", "Pin('rig:0', Pin.IN)", "Pin.IRQ_RISING | Pin.IRQ_FALLING");
  pull_each(0, {1});
  EXPECT_TRUE(becomes("a", "R"));
  output_of("a", "irq = pin.irq(None)");
  pull_each(0, {0, 1, 0});
  output_of("a", "irq = pin.irq(lambda pin: edges.append(irq.flags()), Pin.IRQ_RISING)");
  pull_each(0, {1});
  EXPECT_TRUE(becomes("a", "RR"));
}

TEST_F(EdgesTest, HaveTheKernelsTime) {
  output_of("a",
            "import time\n"
            "from machine import Pin\n"
            "times = []\n"
            "pin = Pin('rig:0', Pin.IN)\n"
            "irq = pin.irq(lambda pin: times.append(irq.timestamp_ns()), Pin.IRQ_RISING | Pin.IRQ_FALLING)\n");
  const auto now_ns = [] {
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
  };
  const int64_t before = now_ns();
  pull_each(0, {1, 0});
  const int64_t after = now_ns();
  EXPECT_TRUE(soon([&] { return output_of("a", "print(len(times))") == "2\n"; }));
  EXPECT_EQ(
      output_of("a", "print(" + std::to_string(before) + " < times[0] < times[1] < " + std::to_string(after) + ")"),
      "True\n");
}

TEST_F(EdgesTest, DebouncingKeepsWhatIsSteady) {
  count_edges("a", "Pin('rig:0', Pin.IN, debounce_us=50000)", "Pin.IRQ_RISING | Pin.IRQ_FALLING");
  pull_each(0, {1, 0, 1, 0, 1});
  EXPECT_TRUE(becomes("a", "R"));
  pull_each(0, {0, 1});  // shorter than what counts
  std::this_thread::sleep_for(milliseconds(150));
  pull_each(0, {0, 1, 0});
  EXPECT_TRUE(becomes("a", "RF"));
}

TEST_F(EdgesTest, BiasDecidesWhereNobodyPulls) {
  const std::string level = "from machine import Pin\nprint(Pin('rig:0', Pin.IN, ";
  EXPECT_EQ(output_of("a", level + "Pin.PULL_UP).value())"), "1\n");
  EXPECT_EQ(output_of("a", level + "Pin.PULL_DOWN).value())"), "0\n");
  EXPECT_EQ(line("rig:0").pull(), v1::Line::PULL_DOWN);
}

constexpr uint64_t kStorm = 20'000;
constexpr uint32_t kStormLines = 4;

const std::string kCountOnFourLines =
    "import time\n"
    "from machine import Pin\n"
    "got = [0] * 4\n"
    "def handler(i):\n"
    "    def on_edge(pin):\n"
    "        got[i] += 1\n"
    "        work()\n"
    "    return on_edge\n"
    "pins = [Pin('rig:%d' % i, Pin.IN) for i in range(4)]\n"
    "irqs = [pin.irq(handler(i), Pin.IRQ_RISING | Pin.IRQ_FALLING) for i, pin in enumerate(pins)]\n";

/// What became of the edges of the four lines.
struct Fate {
  uint64_t seen = 0, lost = 0, dropped = 0, delivered = 0;
};

class StormTest : public EdgesTest {
 protected:
  void storm(uint64_t edges) {
    for (uint64_t i = 0; i < edges / kStormLines; ++i) chip_->pull({0, 1, 2, 3}, i % 2 == 0);
  }

  Fate fate() {
    Fate fate{.delivered = sum(output_of("a", "print(*got)"))};
    for (uint32_t i = 0; i < kStormLines; ++i) {
      const v1::Line line = this->line("rig:" + std::to_string(i));
      fate.seen += line.edges();
      fate.lost += line.lost_edges();
      fate.dropped += line.dropped_edges();
    }
    return fate;
  }

  bool all_are_accounted_for(uint64_t sent) {
    return soon([&] {
      const Fate now = fate();
      return now.seen == sent && now.delivered + now.lost + now.dropped == sent;
    });
  }
};

TEST_F(StormTest, EveryEdgeIsDeliveredOrCounted) {
  output_of("a", kCountOnFourLines + "def work(): pass\n");
  storm(kStorm);
  EXPECT_TRUE(all_are_accounted_for(kStorm));
  const Fate end = fate();
  EXPECT_GT(end.delivered, kStorm / 2);
  RecordProperty("delivered", std::to_string(end.delivered));
}

TEST_F(StormTest, WhatASlowHandlerMissesIsCounted) {
  constexpr uint64_t kEdges = 2'000;
  output_of("a", kCountOnFourLines + "def work(): time.sleep_ms(5)\n");
  storm(kEdges);
  EXPECT_TRUE(all_are_accounted_for(kEdges));
  EXPECT_GT(fate().dropped, 0u);
  storm(kStormLines);  // the next edge of a line tells its handler of the gap before it
  EXPECT_TRUE(all_are_accounted_for(kEdges + kStormLines));
  EXPECT_EQ(sum(output_of("a", "print(*[irq.dropped() for irq in irqs])")), fate().lost + fate().dropped);
}

}  // namespace
}  // namespace upyd
