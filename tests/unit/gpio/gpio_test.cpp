#include "gpio_test.h"

namespace upyd {
namespace {

class GpioTest : public testing::Test {
 protected:
  std::shared_ptr<SharedChip> chip(ChipInfo info) {
    return SharedChip::make(std::make_unique<SimChip>(std::move(info), [] { return 0; }), {}, alarms_, observer_);
  }
  Gpio::Chips chips() {
    ChipInfo first = chip_info(), second = chip_info("gpiochip1", 2);
    first.line_names[17] = "LED";
    second.line_names = {"a", "7"};
    return {chip(first), chip(second)};
  }
  std::string place(std::string_view id) {
    const auto line = gpio_.find(id);
    return line ? line->id() : "nowhere";
  }

  FakeAlarms alarms_;
  FakeObserver observer_;
  Gpio gpio_{chips()};
};

TEST_F(GpioTest, FindsLines) {
  EXPECT_EQ(place("gpiochip0:17"), "gpiochip0:17");
  EXPECT_EQ(place("17"), "gpiochip0:17");
  EXPECT_EQ(place("LED"), "gpiochip0:17");
  EXPECT_EQ(place("gpiochip1:1"), "gpiochip1:1");
  EXPECT_EQ(place("7"), "gpiochip1:1") << "a name goes before an offset";
  for (const char* id :
       {"", "32", "gpiochip0:32", "gpiochip2:0", ":1", "led", "-1", "1x", "gpiochip0:", "99999999999"}) {
    EXPECT_FALSE(gpio_.find(id)) << id;
  }
}

TEST_F(GpioTest, FindsChips) {
  EXPECT_EQ(gpio_.find_chip("gpiochip1"), gpio_.chips()[1]);
  EXPECT_EQ(gpio_.find_chip("gpiochip"), nullptr);
}

TEST_F(GpioTest, WithoutChipsThereIsNothing) {
  const Gpio none({});
  EXPECT_FALSE(none.find("0"));
  EXPECT_EQ(none.find_chip(""), nullptr);
}

}  // namespace
}  // namespace upyd
