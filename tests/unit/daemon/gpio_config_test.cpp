#include "config/gpio_config.h"

#include <gtest/gtest.h>

#include "config/config.h"

namespace upyd {
namespace {

GpioConfig parse(const std::string& text) { return parse_config(text, "test.toml").gpio; }

std::string fault_of(const std::string& text) {
  try {
    parse(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(GpioConfigTest, WithoutAnyChipThereIsOneSimulated) {
  for (const char* text : {"", "[gpio]\nlines = [\"*\"]"}) {
    const GpioConfig config = parse(text);
    EXPECT_TRUE(config.chips.empty());
    ASSERT_EQ(config.simulated.size(), 1u);
    EXPECT_EQ(config.simulated[0].name, "gpiochip0");
    EXPECT_EQ(config.simulated[0].line_names.size(), 32u);
  }
  EXPECT_TRUE(parse("[gpio]\nchips = [\"gpiochip0\"]").simulated.empty());
}

TEST(GpioConfigTest, ReadsEverything) {
  const GpioConfig config = parse(R"(
[gpio]
chips = ["/dev/gpiochip3", "pinctrl-bcm2711"]
lines = ["gpiochip3:*"]
inputs = ["BUTTON"]
[gpio.at_end]
HEATER = "low"
"gpiochip3:5" = "keep"
PUMP = "high"
LED = "release"
[[gpio.simulated]]
lines = 20
names = { LED = 17 }
)");
  EXPECT_EQ(config.chips, (std::vector<std::string>{"/dev/gpiochip3", "pinctrl-bcm2711"}));
  ASSERT_EQ(config.simulated.size(), 1u);
  EXPECT_EQ(config.simulated[0].line_names.size(), 20u);
  EXPECT_EQ(config.simulated[0].line_names[17], "LED");
  EXPECT_EQ(config.limit.access("gpiochip3:1", ""), LineAccess::Output);
  EXPECT_EQ(config.limit.access("gpiochip4:1", "BUTTON"), LineAccess::Input);
  EXPECT_EQ(config.limit.access("gpiochip4:1", ""), LineAccess::None);
  EXPECT_EQ(config.at_end.at("HEATER"), AtEnd::Low);
  EXPECT_EQ(config.at_end.at("gpiochip3:5"), AtEnd::Keep);
  EXPECT_EQ(config.at_end.at("PUMP"), AtEnd::High);
  EXPECT_EQ(config.at_end.at("LED"), AtEnd::Release);
}

TEST(GpioConfigTest, SaysWhereAMistakeIs) {
  EXPECT_EQ(fault_of("[gpio]\nsimulated = 1"), "test.toml:2: write each simulated chip as a table [[gpio.simulated]]");
  EXPECT_EQ(fault_of("[[gpio.simulated]]\nlines = 4\nnames = { LED = 4 }"),
            "test.toml:3: 'gpio.simulated.names.LED' must be a whole number from 0 to 3");
  EXPECT_EQ(fault_of("[gpio.at_end]\nLED = \"off\""),
            R"(test.toml:2: 'gpio.at_end.LED' must be "release", "keep", "low" or "high")");
  EXPECT_EQ(fault_of("[[gpio.simulated]]\n[[gpio.simulated]]\nlines = 4"),
            "test.toml:2: two chips are called 'gpiochip0'");
  EXPECT_EQ(fault_of("[gpio]\nchips = [\"/dev/gpiochip0\"]\n[[gpio.simulated]]\nlines = 4"),
            "test.toml:3: two chips are called 'gpiochip0'");
}

TEST(GpioConfigTest, InstancesMayUseSimulatedLinesUnlessToldOtherwise) {
  const auto lines = [](const std::string& text) {
    const auto grant = parse_config(text, "test.toml").instances.gpio();
    return std::vector<std::string>(grant.lines().begin(), grant.lines().end());
  };
  EXPECT_EQ(lines(""), std::vector<std::string>{"gpiochip0:*"});
  EXPECT_EQ(lines("[gpio]\nchips = [\"gpiochip0\"]"), std::vector<std::string>{});
  EXPECT_EQ(lines("[gpio]\nchips = [\"gpiochip0\"]\n[[gpio.simulated]]\nname = \"sim\""),
            std::vector<std::string>{"sim:*"});
  EXPECT_EQ(lines("[gpio]\nchips = [\"gpiochip0\"]\n[instances]\ngpio = [\"gpiochip0:4\"]"),
            std::vector<std::string>{"gpiochip0:4"});
}

}  // namespace
}  // namespace upyd
