#include "gpio/instance_pins.h"

#include "gpio_test.h"

namespace upyd {
namespace {

using upy::Pins;

const upy::PollSetGetter nowhere = [] { return nullptr; };

class InstancePinsTest : public testing::Test {
 protected:
  static ChipInfo info() {
    ChipInfo info = chip_info();
    info.line_names[17] = "LED";
    return info;
  }
  SharedChip::LineState state(uint32_t offset) { return chip_->state(offset); }

  FakeAlarms alarms_;
  FakeObserver observer_;
  const std::shared_ptr<SharedChip> chip_ =
      SharedChip::make(std::make_unique<SimChip>(info(), [] { return 0; }), {}, alarms_, observer_);
  const Gpio gpio_{{chip_}};
  const LineGrant all_{{"*"}, {}};
  FakeSink sink_;
};

TEST_F(InstancePinsTest, BothGrantsMustAllowTheLineAndItsUse) {
  InstancePins pins(gpio_, "a", LineGrant({"gpiochip0:*"}, {}), LineGrant({"LED"}, {"gpiochip0:4"}), nowhere);
  Pins::Handle handle = 0;
  EXPECT_FALSE(pins.request(17, {.mode = LineMode::Out}, handle));
  EXPECT_EQ(pins.name(handle), "gpiochip0:17");
  EXPECT_EQ(pins.request("5", {}, handle).number, EACCES);
  EXPECT_EQ(pins.request("4", {.mode = LineMode::Out}, handle).message,
            "GPIO line gpiochip0:4 is granted to this instance as an input only");
  ASSERT_FALSE(pins.request("4", {.mode = LineMode::In}, handle));
  EXPECT_EQ(pins.write(handle, 1).number, EACCES) << "it can never be an output";
  EXPECT_EQ(pins.configure(handle, {.mode = LineMode::OpenDrain}).number, EACCES);
  EXPECT_EQ(pins.request("nowhere", {}, handle).number, ENODEV);
  InstancePins limited(gpio_, "b", LineGrant({}, {"*"}), all_, nowhere);
  EXPECT_EQ(limited.request("3", {.mode = LineMode::Out}, handle).number, EACCES);
  EXPECT_FALSE(limited.request("3", {.mode = LineMode::In}, handle));
}

TEST_F(InstancePinsTest, ALineIsOneHandle) {
  InstancePins pins(gpio_, "a", all_, all_, nowhere);
  Pins::Handle first = 0, second = 0;
  ASSERT_FALSE(pins.request("LED", {.mode = LineMode::Out}, first));
  ASSERT_FALSE(pins.request("gpiochip0:17", {.mode = LineMode::In}, second));
  EXPECT_EQ(first, second);
  EXPECT_EQ(state(17).writer, "");
  EXPECT_EQ(state(17).readers, std::vector<std::string>{"a"});
  pins.release(first);
  EXPECT_TRUE(state(17).readers.empty());
}

TEST_F(InstancePinsTest, ANumberIsAnOffsetWhateverLinesAreCalled) {
  ChipInfo first = chip_info(), second = chip_info("other", 8);
  first.line_names[9] = "7";
  first.line_names[3] = "other:2";
  first.line_names[1] = second.line_names[5] = "LED";
  second.line_names[6] = "a:b";
  const auto make = [&](const ChipInfo& info) {
    return SharedChip::make(std::make_unique<SimChip>(info, [] { return 0; }), {}, alarms_, observer_);
  };
  const Gpio gpio({make(first), make(second)});
  InstancePins pins(gpio, "a", all_, all_, nowhere);
  const auto place = [&](const Pins::Id& id) {
    Pins::Handle handle = 0;
    const auto error = pins.request(id, {}, handle);
    return error ? error.message : pins.name(handle);
  };
  EXPECT_EQ(place(7), "gpiochip0:7");
  EXPECT_EQ(place("7"), "gpiochip0:9");
  EXPECT_EQ(place("8"), "gpiochip0:8");
  EXPECT_EQ(place("LED"), "gpiochip0:1");
  EXPECT_EQ(place("other:LED"), "other:5");
  EXPECT_EQ(place("other:2"), "other:2");
  EXPECT_EQ(place("gpiochip0:other:2"), "gpiochip0:3");
  EXPECT_EQ(place("a:b"), "other:6");
  EXPECT_EQ(place(-1), "there is no GPIO line -1");
  EXPECT_EQ(place(int64_t{1} << 32), "there is no GPIO line 4294967296");
  EXPECT_EQ(place("other:8"), "there is no GPIO line 'other:8'");
}

TEST_F(InstancePinsTest, WhatIsNotSaidStaysAsItWas) {
  InstancePins pins(gpio_, "a", all_, all_, nowhere);
  Pins::Handle handle = 0;
  ASSERT_FALSE(
      pins.request("4", {.mode = LineMode::In, .pull = LinePull::Up, .active_low = true, .debounce_us = 9}, handle));
  ASSERT_FALSE(pins.request("4", {}, handle));
  int level = -1;
  ASSERT_FALSE(pins.read(handle, level));
  EXPECT_EQ(level, 0);
  EXPECT_EQ(state(4).debounce_us, 9u);
  ASSERT_FALSE(pins.configure(handle, {.active_low = false, .debounce_us = 0}));
  ASSERT_FALSE(pins.read(handle, level));
  EXPECT_EQ(level, 1);
  EXPECT_EQ(state(4).debounce_us, 0u);
}

TEST_F(InstancePinsTest, PinsWhoseEventsAreStoppedPostNothing) {
  InstancePins pins(gpio_, "a", all_, all_, nowhere);
  Pins::Handle handle = 0;
  ASSERT_FALSE(pins.request("4", {.mode = LineMode::In}, handle));
  ASSERT_FALSE(pins.watch(handle, kBoth, 1, sink_));
  pins.stop_events();
  chip_->drive(4, SimDrive::High);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(InstancePinsTest, ReleasesWhatIsLeft) {
  {
    InstancePins pins(gpio_, "a", all_, all_, nowhere);
    Pins::Handle handle = 0;
    ASSERT_FALSE(pins.request("LED", {.mode = LineMode::Out, .initial = 1}, handle));
    ASSERT_FALSE(pins.watch(handle, kBoth, 1, sink_));
    pins.count_dropped(handle, 3);
  }
  EXPECT_EQ(state(17).writer, "");
  EXPECT_TRUE(state(17).readers.empty());
  EXPECT_EQ(state(17).counters.dropped, 3u);
  chip_->drive(17, SimDrive::High);
  EXPECT_TRUE(sink_.events.empty());
}

}  // namespace
}  // namespace upyd
