#pragma once

#include <gtest/gtest.h>

#include <cerrno>

#include "gpio/gpio.h"
#include "support/fakes.h"

namespace upyd {

inline constexpr int kBoth = upy::Pins::kRising | upy::Pins::kFalling;

inline ChipInfo chip_info(const std::string& name = "gpiochip0", size_t lines = 32) {
  return {.name = name, .label = "test", .line_names = std::vector<std::string>(lines)};
}

/// A shared chip and what instances do with it.
class SharedChipFixture : public testing::Test {
 protected:
  static constexpr uint32_t kLed = 17, kButton = 4;

  SharedChip::Claim claim(uint32_t offset, const std::string& owner, const upy::PinConfig& config) {
    SharedChip::Claim claim = 0;
    const auto error = chip().claim(offset, owner, config, claim);
    EXPECT_FALSE(error) << error.message;
    return claim;
  }
  void watch(SharedChip::Claim claim, int edges, FakeSink& sink, uint32_t token = 1) {
    const auto error = chip().watch(claim, edges, token, sink);
    EXPECT_FALSE(error) << error.message;
  }
  int read(SharedChip::Claim claim) {
    int level = -1;
    EXPECT_FALSE(chip().read(claim, level));
    return level;
  }
  int level(uint32_t offset) { return chip().state(offset).use.level.value_or(-1); }

  virtual SharedChip& chip() = 0;

  FakeAlarms alarms_;
  FakeSink sink_, other_sink_;
};

}  // namespace upyd
