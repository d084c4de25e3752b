#include "gpio_test.h"

/// How instances share the lines of a simulated chip.
namespace upyd {
namespace {

using upy::PinConfig;

class SharingTest : public SharedChipFixture {
 protected:
  SharedChip& chip() override { return *chip_; }
  void drive(uint32_t offset, SimDrive drive) {
    ASSERT_FALSE(chip_->check_drive(offset));
    chip_->drive(offset, drive);
  }
  static ChipInfo info() {
    ChipInfo info = chip_info();
    info.line_names[kLed] = "LED";
    return info;
  }

  const std::shared_ptr<SharedChip> chip_ = SharedChip::make(
      std::make_unique<SimChip>(info(), [this] { return alarms_.now_ns(); }),
      {{"gpiochip0:5", AtEnd::Keep}, {"gpiochip0:6", AtEnd::Low}, {"LED", AtEnd::High}}, alarms_, observer_);
};

TEST_F(SharingTest, AnInputReadsItsPullAndWhatDrivesIt) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In, .pull = LinePull::Up});
  EXPECT_EQ(read(input), 1);
  drive(kButton, SimDrive::Low);
  EXPECT_EQ(read(input), 0);
  drive(kButton, SimDrive::None);
  EXPECT_EQ(read(input), 1);
  ASSERT_FALSE(chip_->configure(input, {.pull = LinePull::None}));
  EXPECT_EQ(read(input), 0);
}

TEST_F(SharingTest, ALineHasOneWriter) {
  claim(3, "a", {.mode = LineMode::Out});
  SharedChip::Claim second = 0;
  const auto error = chip_->claim(3, "b", {.mode = LineMode::Out}, second);
  EXPECT_EQ(error.number, EBUSY);
  EXPECT_EQ(error.message, "gpiochip0:3 is already an output of instance 'a'");
  const auto reader = claim(3, "b", {.mode = LineMode::In});
  EXPECT_EQ(chip_->configure(reader, {.mode = LineMode::Out}).number, EBUSY);
  EXPECT_FALSE(chip_->write(reader, 1));
  EXPECT_EQ(level(3), 0);
}

TEST_F(SharingTest, ARefusedClaimLeavesNothingBehind) {
  claim(3, "a", {.mode = LineMode::Out});
  SharedChip::Claim second = 0;
  EXPECT_TRUE(chip_->claim(3, "b", {.mode = LineMode::Out}, second));
  EXPECT_TRUE(chip_->state(3).readers.empty());
}

TEST_F(SharingTest, TheWriterGivesUpByBecomingAnInputOrByItsRelease) {
  const auto output = claim(3, "a", {.mode = LineMode::Out, .initial = 1});
  EXPECT_EQ(chip_->state(3).writer, "a");
  ASSERT_FALSE(chip_->configure(output, {.mode = LineMode::In}));
  EXPECT_EQ(chip_->state(3).writer, "");
  EXPECT_EQ(level(3), 0);
  chip_->release(claim(3, "b", {.mode = LineMode::Out}));
  EXPECT_EQ(chip_->state(3).writer, "");
}

TEST_F(SharingTest, AnOutputStartsAsAskedOrAsItWas) {
  drive(3, SimDrive::High);
  const auto output = claim(3, "a", {.mode = LineMode::Out});
  EXPECT_EQ(read(output), 1);
  ASSERT_FALSE(chip_->configure(output, {.mode = LineMode::Out, .initial = 0}));
  EXPECT_EQ(read(output), 0);
}

TEST_F(SharingTest, WhatIsWrittenToAnInputIsKeptUntilItIsAnOutput) {
  const auto line = claim(3, "a", {.mode = LineMode::In});
  EXPECT_FALSE(chip_->write(line, 1));
  EXPECT_EQ(read(line), 0);
  ASSERT_FALSE(chip_->configure(line, {.mode = LineMode::Out}));
  EXPECT_EQ(read(line), 1);
  ASSERT_FALSE(chip_->configure(line, {.mode = LineMode::In}));
  EXPECT_EQ(read(line), 0);
  EXPECT_FALSE(chip_->write(line, 1));
  ASSERT_FALSE(chip_->configure(line, {.mode = LineMode::Out, .initial = 0}));
  EXPECT_EQ(read(line), 0) << "a level that is given counts";
  const auto other = claim(3, "b", {.mode = LineMode::In});
  EXPECT_FALSE(chip_->write(other, 1));
  EXPECT_EQ(read(line), 0) << "the writer is another";
}

TEST_F(SharingTest, AnOpenDrainOutputPullsLowOrLetsGo) {
  const auto line = claim(3, "a", {.mode = LineMode::OpenDrain, .pull = LinePull::Up, .initial = 1});
  EXPECT_EQ(read(line), 1);
  drive(3, SimDrive::Low);
  EXPECT_EQ(read(line), 0);
  drive(3, SimDrive::High);
  EXPECT_FALSE(chip_->write(line, 0));
  EXPECT_EQ(read(line), 0);
}

TEST_F(SharingTest, ActiveLowTurnsLevelsAndEdgesForItsOwnerAlone) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In, .active_low = true});
  const auto other = claim(kButton, "b", {.mode = LineMode::In});
  watch(input, upy::Pins::kFalling, sink_);
  watch(other, upy::Pins::kRising, other_sink_);
  EXPECT_EQ(read(input), 1);
  drive(kButton, SimDrive::High);
  EXPECT_EQ(read(input), 0);
  EXPECT_EQ(read(other), 1);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_FALSE(sink_.events[0].rising);
  ASSERT_EQ(other_sink_.events.size(), 1u);
  const auto output = claim(3, "a", {.mode = LineMode::Out, .initial = 1, .active_low = true});
  EXPECT_EQ(level(3), 0);
  EXPECT_FALSE(chip_->write(output, 0));
  EXPECT_EQ(level(3), 1);
}

TEST_F(SharingTest, OnePullForAll) {
  const auto first = claim(kButton, "a", {.mode = LineMode::In, .pull = LinePull::Up});
  SharedChip::Claim second = 0;
  const auto error = chip_->claim(kButton, "b", {.mode = LineMode::In, .pull = LinePull::Down}, second);
  EXPECT_EQ(error.number, EBUSY);
  EXPECT_EQ(error.message, "gpiochip0:4 has PULL_UP for instance 'a'");
  claim(kButton, "b", {.mode = LineMode::In, .pull = LinePull::Up});
  claim(kButton, "c", {.mode = LineMode::In});
  chip_->release(first);
  EXPECT_EQ(chip_->claim(kButton, "d", {.pull = LinePull::None}, second).number, EBUSY) << "b wants it still";
}

TEST_F(SharingTest, TellsEdgesToAllWhoWatch) {
  const auto a = claim(kButton, "a", {.mode = LineMode::In});
  const auto b = claim(kButton, "b", {.mode = LineMode::In});
  watch(a, kBoth, sink_, 1);
  watch(b, upy::Pins::kRising, other_sink_, 2);
  alarms_.pass(50);
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::High);
  alarms_.pass(10);
  drive(kButton, SimDrive::Low);
  drive(kButton, SimDrive::High);
  ASSERT_EQ(sink_.events.size(), 3u);
  EXPECT_EQ(sink_.events[1].kind, upy::Event::Kind::Edge);
  EXPECT_EQ(sink_.events[1].token, 1u);
  EXPECT_FALSE(sink_.events[1].rising);
  EXPECT_EQ(sink_.events[1].timestamp_ns, alarms_.now_ns());
  ASSERT_EQ(other_sink_.events.size(), 2u);
  EXPECT_EQ(chip_->state(kButton).counters.edges, 3u);
}

TEST_F(SharingTest, ADroppedEdgeIsCountedAtOnce) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  EXPECT_EQ(chip_->dropped(input), 0u);
  sink_.room = 1;
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::Low);  // the last of a burst: nothing comes after it
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(chip_->dropped(input), 1u);
  EXPECT_EQ(chip_->state(kButton).counters.dropped, 1u);
  chip_->count_dropped(input, 2);
  EXPECT_EQ(chip_->dropped(input), 3u);
  EXPECT_EQ(chip_->state(kButton).counters.dropped, 3u);
  const auto other = claim(kButton, "b", {.mode = LineMode::In});
  EXPECT_EQ(chip_->dropped(other), 0u);
}

TEST_F(SharingTest, TheSequenceCountsWhatWasDroppedAndGoesOnWithAnotherTrigger) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  drive(kButton, SimDrive::High);
  sink_.room = 0;
  drive(kButton, SimDrive::Low);
  sink_.room = 10;
  watch(input, upy::Pins::kRising, sink_);
  drive(kButton, SimDrive::High);
  EXPECT_EQ(observer_.told.back(), "a edge gpiochip0:4 3");
}

TEST_F(SharingTest, WritingAnOutputIsAnEdgeForItsReaders) {
  const auto output = claim(3, "a", {.mode = LineMode::Out});
  const auto reader = claim(3, "b", {});
  watch(reader, kBoth, sink_);
  EXPECT_FALSE(chip_->write(output, 1));
  EXPECT_EQ(read(reader), 1);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(chip_->state(3).readers, std::vector<std::string>{"b"});
}

TEST_F(SharingTest, NoEventsAfterTheWatchOrTheClaimEnded) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  chip_->unwatch(input);
  drive(kButton, SimDrive::High);
  watch(input, kBoth, sink_);
  chip_->release(input);
  drive(kButton, SimDrive::Low);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(SharingTest, AnOutputCannotBeDrivenFromOutside) {
  claim(3, "a", {.mode = LineMode::Out});
  EXPECT_EQ(chip_->check_drive(3).number, EBUSY);
  EXPECT_FALSE(chip_->check_drive(kButton));
}

TEST_F(SharingTest, MonitorsSeeTheirLine) {
  std::vector<SharedChip::MonitoredEdge> edges;
  SharedChip::Monitor monitor = 0;
  ASSERT_FALSE(chip_->monitor(
      kButton, [&](const SharedChip::MonitoredEdge& edge) { edges.push_back(edge); }, monitor));
  drive(3, SimDrive::High);
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::Low);
  chip_->end_monitor(monitor);
  drive(kButton, SimDrive::High);
  ASSERT_EQ(edges.size(), 2u);
  EXPECT_EQ(edges[1].offset, kButton);
  EXPECT_FALSE(edges[1].rising);
  EXPECT_EQ(edges[1].sequence, 2u);
}

// ---- what becomes of outputs ----

TEST_F(SharingTest, TheLastEdgeOfAnOutputIsToldAtOnce) {
  struct Case {
    uint32_t offset;
    int before;
  };
  for (const Case& test : {Case{3, 1}, Case{6, 1}, Case{kLed, 0}}) {
    sink_.events.clear();
    const auto output = claim(test.offset, "a", {.mode = LineMode::Out, .initial = static_cast<int8_t>(test.before)});
    const auto reader = claim(test.offset, "b", {});
    watch(reader, kBoth, sink_);
    chip_->release(output);
    ASSERT_EQ(sink_.events.size(), 1u) << test.offset;
    EXPECT_EQ(sink_.events[0].rising, test.before == 0);
    chip_->release(reader);
  }
}

TEST_F(SharingTest, AnOutputIsReleasedKeptOrBroughtToItsSafeLevel) {
  struct Case {
    uint32_t offset;
    int before, after;
    bool kept;
  };
  for (const Case& test : {Case{3, 1, 0, false}, Case{5, 1, 1, true}, Case{6, 1, 0, true}, Case{kLed, 0, 1, true}}) {
    chip_->release(claim(test.offset, "a", {.mode = LineMode::Out, .initial = static_cast<int8_t>(test.before)}));
    EXPECT_EQ(level(test.offset), test.after) << test.offset;
    EXPECT_EQ(chip_->state(test.offset).kept, test.kept) << test.offset;
    EXPECT_EQ(chip_->state(test.offset).writer, "") << test.offset;
  }
}

TEST_F(SharingTest, AKeptOutputCanBeReadAndTakenOver) {
  chip_->release(claim(5, "a", {.mode = LineMode::Out, .initial = 1}));
  EXPECT_EQ(chip_->check_drive(5).number, EBUSY);
  const auto reader = claim(5, "b", {.mode = LineMode::In});
  EXPECT_EQ(read(reader), 1);
  chip_->release(reader);
  EXPECT_EQ(level(5), 1);
  const auto writer = claim(5, "c", {.mode = LineMode::Out});
  EXPECT_EQ(read(writer), 1);
  EXPECT_FALSE(chip_->state(5).kept);
}

TEST_F(SharingTest, AnOutputThatBecameAnInputIsNotBroughtToItsSafeLevel) {
  const auto line = claim(kLed, "a", {.mode = LineMode::Out, .initial = 0});
  ASSERT_FALSE(chip_->configure(line, {.mode = LineMode::In}));
  chip_->release(line);
  EXPECT_FALSE(chip_->state(kLed).kept);
  EXPECT_EQ(level(kLed), 0);
}

// ---- debouncing ----

TEST_F(SharingTest, ABouncingLineIsOneEdge) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In, .debounce_us = 100});
  watch(input, kBoth, sink_);
  for (const auto to : {SimDrive::High, SimDrive::Low, SimDrive::High}) {
    drive(kButton, to);
    alarms_.pass(90'000);
    EXPECT_EQ(read(input), 0);
  }
  const int64_t last_ns = alarms_.now_ns() - 90'000;
  EXPECT_TRUE(sink_.events.empty());
  alarms_.pass(10'000);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_TRUE(sink_.events[0].rising);
  EXPECT_EQ(sink_.events[0].timestamp_ns, last_ns);
  EXPECT_EQ(read(input), 1);
}

TEST_F(SharingTest, AGlitchIsNoEdge) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In, .debounce_us = 100});
  watch(input, kBoth, sink_);
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::Low);
  alarms_.pass(1'000'000);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(SharingTest, DebouncingBeginsWithTheLevelThatIs) {
  drive(kButton, SimDrive::High);
  EXPECT_EQ(read(claim(kButton, "a", {.mode = LineMode::In, .debounce_us = 100})), 1);
}

TEST_F(SharingTest, OneDebouncingForAll) {
  const auto first = claim(kButton, "a", {.mode = LineMode::In, .debounce_us = 100});
  SharedChip::Claim second = 0;
  EXPECT_EQ(chip_->claim(kButton, "b", {.mode = LineMode::In, .debounce_us = 200}, second).number, EBUSY);
  claim(kButton, "b", {.mode = LineMode::In});
  EXPECT_EQ(chip_->state(kButton).debounce_us, 100u);
  chip_->release(first);
  EXPECT_EQ(chip_->state(kButton).debounce_us, 0u);
}

}  // namespace
}  // namespace upyd
