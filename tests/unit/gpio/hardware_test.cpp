#include <algorithm>
#include <deque>

#include "gpio_test.h"

/// How a shared chip bears what hardware does: edges that come by themselves and are lost, lines that are refused,
/// chips that go away.
namespace upyd {
namespace {

using upy::PortError;

/// A chip whose lines do what the test says.
class FakeChip final : public Chip {
 public:
  const ChipInfo& info() override { return info_; }
  uint32_t presence() override { return times_there; }
  bool is_simulated() const override { return false; }
  bool debounces() const override { return true; }
  PortError set_up(uint32_t offset, const LineSettings& settings) override {
    if (fault) return fault;
    set_ups.push_back(settings);
    in_use = offset;
    return {};
  }
  void give_back(uint32_t) override { in_use.reset(); }
  PortError read(uint32_t, int& level) override {
    level = 1;
    return fault;
  }
  PortError write(uint32_t, int) override { return fault; }
  size_t take_edges(uint32_t, std::span<LineEdge> edges) override {
    const size_t count = std::min(edges.size(), waiting.size());
    std::copy_n(waiting.begin(), count, edges.begin());
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<ptrdiff_t>(count));
    return count;
  }
  LineUse look(uint32_t) override { return {.consumer = "gpio-keys"}; }
  void on_readable(std::function<void(uint32_t)> call) override { readable = std::move(call); }
  void watch_at(uint32_t, std::vector<upy::PollSet*> sets) override { places = std::move(sets); }

  uint32_t times_there = 1;
  PortError fault;
  std::vector<LineSettings> set_ups;
  std::optional<uint32_t> in_use;
  std::deque<LineEdge> waiting;
  std::function<void(uint32_t)> readable;
  std::vector<upy::PollSet*> places;

 private:
  const ChipInfo info_ = chip_info();
};

class HardwareTest : public SharedChipFixture {
 protected:
  SharedChip& chip() override { return *shared_; }
  void edge(bool rising, uint32_t lost = 0) {
    chip_.waiting.push_back({.rising = rising, .lost = lost, .timestamp_ns = 5});
    chip_.readable(kButton);
  }

  std::unique_ptr<FakeChip> owned_ = std::make_unique<FakeChip>();
  FakeChip& chip_ = *owned_;
  const std::shared_ptr<SharedChip> shared_ =
      SharedChip::make(std::move(owned_), {{"gpiochip0:17", AtEnd::Low}}, alarms_, observer_);
};

TEST_F(HardwareTest, ALineIsTakenForTheFirstAndGivenBackAfterTheLast) {
  const auto a = claim(kButton, "a", {.mode = LineMode::In});
  const auto b = claim(kButton, "b", {.mode = LineMode::In});
  EXPECT_EQ(chip_.in_use, kButton);
  shared_->release(a);
  EXPECT_EQ(chip_.in_use, kButton);
  shared_->release(b);
  EXPECT_FALSE(chip_.in_use);
}

TEST_F(HardwareTest, EdgesAreCollectedWhileSomebodyWatches) {
  const auto a = claim(kButton, "a", {.mode = LineMode::In});
  const auto b = claim(kButton, "b", {.mode = LineMode::In});
  EXPECT_FALSE(chip_.set_ups.back().edges);
  watch(a, kBoth, sink_);
  EXPECT_TRUE(chip_.set_ups.back().edges);
  const size_t before = chip_.set_ups.size();
  watch(b, upy::Pins::kRising, other_sink_);
  EXPECT_EQ(chip_.set_ups.size(), before) << "the line is not disturbed for another trigger";
  shared_->unwatch(a);
  EXPECT_TRUE(chip_.set_ups.back().edges);
  shared_->unwatch(b);
  EXPECT_FALSE(chip_.set_ups.back().edges);
}

TEST_F(HardwareTest, EdgesComeByThemselves) {
  watch(claim(kButton, "a", {.mode = LineMode::In}), kBoth, sink_);
  edge(true);
  edge(false);
  ASSERT_EQ(sink_.events.size(), 2u);
  EXPECT_FALSE(sink_.events[1].rising);
  EXPECT_EQ(sink_.events[1].timestamp_ns, 5);
}

TEST_F(HardwareTest, LostEdgesAreCounted) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  edge(true);
  edge(true, 3);
  ASSERT_EQ(sink_.events.size(), 2u);
  EXPECT_EQ(shared_->dropped(input), 3u);
  EXPECT_EQ(shared_->state(kButton).counters.edges, 5u);
  EXPECT_EQ(shared_->state(kButton).counters.lost, 3u);
}

/// Edges alternate: of three lost before a rising one, two fell and one rose.
TEST_F(HardwareTest, WhoWatchesOneDirectionMissesOnlyThoseOfIt) {
  const auto a = claim(kButton, "a", {.mode = LineMode::In});
  const auto b = claim(kButton, "b", {.mode = LineMode::In});
  watch(a, upy::Pins::kRising, sink_);
  watch(b, upy::Pins::kFalling, other_sink_);
  edge(true, 3);
  edge(false);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(shared_->dropped(a), 1u);
  ASSERT_EQ(other_sink_.events.size(), 1u);
  EXPECT_EQ(shared_->dropped(b), 2u);
}

TEST_F(HardwareTest, WhatWaitsIsTakenBeforeTheLineIsSetUpAnew) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  chip_.waiting.push_back({.rising = true, .timestamp_ns = 5});
  ASSERT_FALSE(shared_->configure(input, {.mode = LineMode::Out}));
  EXPECT_EQ(sink_.events.size(), 1u);
}

TEST_F(HardwareTest, ARefusedLineIsNotClaimed) {
  chip_.fault = {EBUSY, "gpiochip0:4 is in use by gpio-keys, outside of upyd"};
  SharedChip::Claim claim = 0;
  EXPECT_EQ(shared_->claim(kButton, "a", {.mode = LineMode::In}, claim).message, chip_.fault.message);
  EXPECT_EQ(shared_->state(kButton).use.consumer, "gpio-keys");
  EXPECT_TRUE(shared_->state(kButton).readers.empty());
}

TEST_F(HardwareTest, ARefusedWatchDeliversNothing) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  chip_.fault = {ENXIO, "gpiochip0:4 can't report edges"};
  EXPECT_EQ(shared_->watch(input, kBoth, 1, sink_, nullptr).number, ENXIO);
  chip_.fault = {};
  edge(true);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(HardwareTest, AChipThatIsGoneFails) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  chip_.fault = {ENODEV, "gone"};
  int level = 0;
  EXPECT_EQ(shared_->read(input, level).number, ENODEV);
  EXPECT_EQ(shared_->configure(input, {.mode = LineMode::In}).number, ENODEV);
}

TEST_F(HardwareTest, AChipThatComesBackIsSetUpAsItWas) {
  watch(claim(kButton, "a", {.mode = LineMode::In, .pull = LinePull::Up}), kBoth, sink_);
  observer_.told.clear();
  chip_.times_there = 0;
  shared_->look_again();
  shared_->look_again();
  chip_.set_ups.clear();
  chip_.times_there = 2;
  shared_->look_again();
  ASSERT_EQ(chip_.set_ups.size(), 1u);
  EXPECT_EQ(chip_.set_ups[0].pull, LinePull::Up);
  EXPECT_TRUE(chip_.set_ups[0].edges);
  EXPECT_EQ(observer_.told, (std::vector<std::string>{"gpiochip0 is gone", "gpiochip0 is back"}));
  edge(true);
  EXPECT_EQ(sink_.events.size(), 1u);
}

TEST_F(HardwareTest, ALineTakenWhileTheChipWasAwayWorksWhenItIsFree) {
  const auto place = upy::PollSet::make();
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_, 1, place.get());
  chip_.times_there = 2;
  chip_.fault = {EBUSY, "gpiochip0:4 is in use by gpiomon, outside of upyd"};
  shared_->look_again();
  int level = 0;
  EXPECT_EQ(shared_->read(input, level).message, chip_.fault.message);
  chip_.fault = {};
  chip_.places.clear();
  EXPECT_FALSE(shared_->read(input, level));
  EXPECT_TRUE(chip_.set_ups.back().edges);
  EXPECT_EQ(chip_.places, std::vector<upy::PollSet*>{place.get()});
}

TEST_F(HardwareTest, ALineIsWatchedWhereItsReadersWait) {
  const auto first_place = upy::PollSet::make(), second_place = upy::PollSet::make();
  using Places = std::vector<upy::PollSet*>;
  const auto first = claim(kButton, "a", {.mode = LineMode::In});
  const auto second = claim(kButton, "b", {});
  watch(second, kBoth, sink_, 1, second_place.get());
  EXPECT_EQ(chip_.places, (Places{second_place.get()}));
  watch(first, kBoth, sink_, 1, first_place.get());
  EXPECT_EQ(chip_.places, (Places{first_place.get(), second_place.get()}));
  shared_->unwatch(first);
  EXPECT_EQ(chip_.places, (Places{second_place.get()}));
  watch(first, kBoth, sink_);
  EXPECT_EQ(chip_.places, (Places{second_place.get()}));
  shared_->release(second);
  EXPECT_EQ(chip_.places, Places());
}

TEST_F(HardwareTest, AnOutputReleasedWhileTheChipIsAwayIsSafeWhenItIsBack) {
  const auto output = claim(kLed, "a", {.mode = LineMode::Out, .initial = 1});
  chip_.times_there = 0;
  chip_.fault = {ENODEV, "gone"};
  shared_->look_again();
  shared_->release(output);
  chip_.times_there = 2;
  chip_.fault = {};
  shared_->look_again();
  EXPECT_EQ(chip_.set_ups.back().mode, LineMode::Out);
  EXPECT_EQ(chip_.set_ups.back().level, 0);
}

TEST_F(HardwareTest, AllLinesAreBackAtTheFirstUseOfOne) {
  claim(kButton, "a", {.mode = LineMode::In});
  chip_.times_there = 2;
  chip_.set_ups.clear();
  claim(kLed, "b", {.mode = LineMode::Out});
  ASSERT_EQ(chip_.set_ups.size(), 3u) << "the new one, then all";
  EXPECT_EQ(chip_.set_ups[1].mode, LineMode::In);
}

TEST_F(HardwareTest, TheObserverIsToldOfAllThatHappens) {
  const auto input = claim(kButton, "a", {.mode = LineMode::In});
  watch(input, kBoth, sink_);
  edge(true, 2);
  sink_.room = 1;
  edge(false);
  shared_->count_dropped(input, 3);
  shared_->release(input);
  EXPECT_EQ(observer_.told,
            (std::vector<std::string>{"a changed gpiochip0:4 writer= readers=1", "a lost gpiochip0:4 kernel 2",
                                      "a edge gpiochip0:4 3", "a lost gpiochip0:4 mailbox 1",
                                      "a lost gpiochip0:4 queue 3", "a changed gpiochip0:4 writer= readers=0"}));
}

TEST_F(HardwareTest, ARealLineIsNotDriven) { EXPECT_EQ(shared_->check_drive(kButton).number, ENOTSUP); }

TEST_F(HardwareTest, TheHardwareDebouncesWhereItCan) {
  watch(claim(kButton, "a", {.mode = LineMode::In, .debounce_us = 100}), kBoth, sink_);
  EXPECT_EQ(chip_.set_ups.back().debounce_us, 100u);
  edge(true);
  EXPECT_EQ(sink_.events.size(), 1u);
}

}  // namespace
}  // namespace upyd
