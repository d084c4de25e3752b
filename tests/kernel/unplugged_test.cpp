#include <atomic>
#include <thread>

#include "kernel/kernel_test.h"

namespace upyd {
namespace {

const std::string kWatch =
    "from machine import Pin\n"
    "count = 0\n"
    "def on_edge(pin):\n"
    "    global count\n"
    "    count += 1\n"
    "pin = Pin('rig:0', Pin.IN)\n"
    "irq = pin.irq(on_edge, Pin.IRQ_RISING)\n";

const std::string kTry =
    "try: print(pin.value())\n"
    "except OSError as e: print(e.errno, e)\n";

/// A chip that vanishes while scripts use it, as a USB expander does.
class UnpluggedTest : public KernelTest {
 protected:
  bool counts(const std::string& count) {
    return soon([&] { return output_of("a", "print(count)") == count + "\n"; });
  }
  void press() {
    chip_->pull(0, 1);
    chip_->pull(0, 0);
  }
};

TEST_F(UnpluggedTest, ItsScriptsAreToldAndTheOthersGoOn) {
  create("b");
  output_of("b",
            "from machine import Timer\n"
            "ticks = 0\n"
            "def tick(timer):\n"
            "    global ticks\n"
            "    ticks += 1\n"
            "timer = Timer(-1, period=10, callback=tick)\n");
  output_of("a", kWatch);
  press();
  EXPECT_TRUE(counts("1"));
  chip_.reset();
  const std::string told = output_of("a", kTry);
  EXPECT_TRUE(told.starts_with(std::to_string(ENODEV) + " ")) << told;
  EXPECT_NE(told.find("rig is gone"), std::string::npos) << told;
  const std::string ticks = output_of("b", "print(ticks)");
  EXPECT_TRUE(soon([&] { return output_of("b", "print(ticks > " + ticks + " + 10)") == "True\n"; }));
  EXPECT_EQ(upyd().check_health().status(), grpc::health::v1::HealthCheckResponse::SERVING);
  remove("a");
}

TEST_F(UnpluggedTest, WhenItIsBackItsLinesAreAsTheyWere) {
  output_of("a", kWatch + "led = Pin('rig:1', Pin.OUT, value=1)\n");
  chip_.reset();
  EXPECT_EQ(run(in("a", "led.off()")).outcome.exception().type(), "OSError");
  chip_.emplace(kLines);
  EXPECT_TRUE(soon([&] { return chip_->level(1) == 1; }));
  press();
  EXPECT_TRUE(counts("1"));
}

TEST_F(UnpluggedTest, AChipThatWasNeverThereIsNoLine) {
  chip_.reset();
  const auto none = run(in("a", kWatch));
  EXPECT_EQ(none.outcome.exception().type(), "OSError");
  chip_.emplace(kLines);
  output_of("a", kWatch);
  press();
  EXPECT_TRUE(counts("1"));
}

TEST_F(UnpluggedTest, AMonitorGoesOnWhenItIsBack) {
  v1::MonitorLinesRequest request;
  request.add_lines("rig:0");
  auto monitor = upyd().monitor_lines(request);
  v1::MonitorLinesResponse response;
  ASSERT_TRUE(monitor.read(response));
  output_of("a", kWatch + "led = Pin('rig:1', Pin.OUT, value=1)\n");
  chip_.reset();
  EXPECT_TRUE(output_of("a", kTry).starts_with(std::to_string(ENODEV)));
  chip_.emplace(kLines);
  EXPECT_TRUE(soon([&] { return chip_->level(1) == 1; }));
  press();
  ASSERT_TRUE(counts("1"));
  std::vector<bool> levels;
  while (levels.size() < 2 && monitor.read(response)) {
    for (const auto& edge : response.edges()) levels.push_back(edge.rising());
  }
  EXPECT_EQ(levels, (std::vector<bool>{true, false}));
}

/// Scripts, looks, monitors and ends of instances meet a chip that comes and goes.
TEST_F(UnpluggedTest, UnderManyHandsIsNoReasonToEnd) {
  auto script = upyd().run(in("a",
                              "from machine import Pin\n"
                              "print('begun')\n"
                              "while True:\n"
                              "    for n in range(4):\n"
                              "        try:\n"
                              "            pin = Pin('rig:' + str(n), Pin.OUT if n % 2 else Pin.IN)\n"
                              "            pin.value() if n % 2 == 0 else pin.value(1)\n"
                              "            pin.irq(lambda pin: None, Pin.IRQ_RISING)\n"
                              "        except OSError: pass\n"));
  const RunRecord so_far = read_until(script, "begun");
  std::atomic<bool> over{false};
  const auto hammer = [&](const std::function<void(upyclient::Connection&)>& call) {
    return std::thread([this, &over, call] {
      upyclient::Connection connection(upyd().address());
      while (!over) code_of([&] { call(connection); });
    });
  };
  std::thread threads[] = {
      hammer([](upyclient::Connection& upyd) { upyd.list_lines({}); }),
      hammer([](upyclient::Connection& upyd) {
        v1::MonitorLinesRequest request;
        for (const char* line : {"rig:0", "rig:1", "rig:6"}) request.add_lines(line);
        auto monitor = upyd.monitor_lines(request);
        v1::MonitorLinesResponse response;
        monitor.read(response);
      }),
      hammer([](upyclient::Connection& upyd) {
        auto run = upyd.run(alone("from machine import Pin\np = Pin('rig:5', Pin.IN)\np.irq(print, Pin.IRQ_RISING)"));
        finish(run);
      }),
  };
  for (int i = 0; i < 15; ++i) {
    press();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    chip_.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    chip_.emplace(kLines);
  }
  over = true;
  for (std::thread& thread : threads) thread.join();
  interrupt("a", v1::InterruptRequest::LEVEL_KILL);
  EXPECT_TRUE(finish(script, so_far).outcome.has_killed());
  create("b");
  output_of("b", "from machine import Pin\nprint(Pin('rig:7', Pin.IN).value())");
}

}  // namespace
}  // namespace upyd
