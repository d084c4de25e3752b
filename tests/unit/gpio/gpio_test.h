#pragma once

#include <gtest/gtest.h>

#include <cerrno>

#include "gpio/gpio.h"
#include "support/fake_alarms.h"
#include "support/fake_sink.h"

namespace upyd {

using test_support::FakeSink;

inline constexpr int kBoth = upy::Pins::kRising | upy::Pins::kFalling;

inline ChipInfo chip_info(const std::string& name = "gpiochip0", size_t lines = 32) {
  return {.name = name, .label = "test", .line_names = std::vector<std::string>(lines)};
}

/// Remembers what it was told.
class FakeObserver final : public SharedChip::Observer {
 public:
  bool is_watched() const override { return true; }
  void edge_delivered(const std::string& owner, const std::string& chip,
                      const SharedChip::MonitoredEdge& edge) override {
    told.push_back(owner + " edge " + chip + ":" + std::to_string(edge.offset) + " " + std::to_string(edge.sequence));
  }
  void edges_lost(const std::string& owner, const std::string& chip, uint32_t offset, SharedChip::Loss loss,
                  uint32_t edges) override {
    constexpr const char* kLosses[] = {"kernel", "mailbox", "queue"};
    told.push_back(owner + " lost " + chip + ":" + std::to_string(offset) + " " + kLosses[static_cast<int>(loss)] +
                   " " + std::to_string(edges));
  }
  void line_changed(const std::string& owner, const std::string& chip, uint32_t offset,
                    const SharedChip::LineState& state) override {
    told.push_back(owner + " changed " + chip + ":" + std::to_string(offset) + " writer=" + state.writer +
                   " readers=" + std::to_string(state.readers.size()));
  }
  void chip_changed(const std::string& chip, bool is_there) override {
    told.push_back(chip + (is_there ? " is back" : " is gone"));
  }

  std::vector<std::string> told;
};

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
  void watch(SharedChip::Claim claim, int edges, FakeSink& sink, upy::EventToken token = 1,
             upy::PollSet* place = nullptr) {
    const auto error = chip().watch(claim, edges, token, sink, place);
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
  FakeObserver observer_;
  FakeSink sink_, other_sink_;
};

}  // namespace upyd
