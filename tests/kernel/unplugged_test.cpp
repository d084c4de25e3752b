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

}  // namespace
}  // namespace upyd
