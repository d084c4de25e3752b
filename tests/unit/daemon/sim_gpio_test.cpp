#include "sim_gpio.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "fakes.h"
#include "sim_pins.h"

namespace upyd {
namespace {

using Mode = upy::PinConfig::Mode;
using Pull = upy::PinConfig::Pull;
using upy::PinConfig;

constexpr int kBoth = upy::Pins::kRising | upy::Pins::kFalling;
constexpr LineRef kLed{0, 17};
constexpr LineRef kButton{0, 4};

std::vector<SimChip> chips() {
  SimChip first, second{.name = "gpiochip1", .line_names = {"a", "7"}};
  first.line_names[17] = "LED";
  return {first, second};
}

class SimGpioTest : public testing::Test {
 protected:
  SimGpio::Claim claim(LineRef line, const std::string& owner, const PinConfig& config) {
    SimGpio::Claim claim = 0;
    const auto error = gpio_.claim(line, owner, config, claim);
    EXPECT_FALSE(error) << error.message;
    return claim;
  }
  void drive(LineRef line, SimDrive drive) { ASSERT_FALSE(gpio_.drive({{line, drive}})); }

  int64_t now_ns_ = 0;
  SimGpio gpio_{chips(), [this] { return now_ns_; }};
  FakeSink sink_, other_sink_;
};

TEST_F(SimGpioTest, FindsLines) {
  EXPECT_EQ(gpio_.find("gpiochip0:17"), kLed);
  EXPECT_EQ(gpio_.find("17"), kLed);
  EXPECT_EQ(gpio_.find("LED"), kLed);
  EXPECT_EQ(gpio_.find("gpiochip1:1"), (LineRef{1, 1}));
  EXPECT_EQ(gpio_.find("7"), (LineRef{1, 1})) << "a name goes before an offset";
  for (const char* id :
       {"", "32", "gpiochip0:32", "gpiochip2:0", ":1", "led", "-1", "1x", "gpiochip0:", "99999999999"}) {
    EXPECT_FALSE(gpio_.find(id)) << id;
  }
}

TEST_F(SimGpioTest, AnInputReadsItsPullAndWhatDrivesIt) {
  const auto input = claim(kButton, "a", {.mode = Mode::In, .pull = Pull::Up});
  EXPECT_EQ(gpio_.read(input), 1);
  drive(kButton, SimDrive::Low);
  EXPECT_EQ(gpio_.read(input), 0);
  drive(kButton, SimDrive::None);
  EXPECT_EQ(gpio_.read(input), 1);
  ASSERT_FALSE(gpio_.configure(input, {.pull = Pull::None}));
  EXPECT_EQ(gpio_.read(input), 0);
}

TEST_F(SimGpioTest, ALineHasOneWriter) {
  claim(kLed, "a", {.mode = Mode::Out});
  SimGpio::Claim second = 0;
  const auto error = gpio_.claim(kLed, "b", {.mode = Mode::Out}, second);
  EXPECT_EQ(error.number, EBUSY);
  EXPECT_NE(error.message.find("'a'"), std::string::npos);
  const auto reader = claim(kLed, "b", {.mode = Mode::In});
  EXPECT_EQ(gpio_.configure(reader, {.mode = Mode::Out}).number, EBUSY);
  EXPECT_EQ(gpio_.write(reader, 1).number, EPERM);
}

TEST_F(SimGpioTest, TheWriterGivesUpByBecomingAnInputOrByItsRelease) {
  const auto output = claim(kLed, "a", {.mode = Mode::Out, .initial = 1});
  EXPECT_EQ(gpio_.state(kLed).writer, "a");
  ASSERT_FALSE(gpio_.configure(output, {.mode = Mode::In}));
  EXPECT_EQ(gpio_.state(kLed).writer, "");
  EXPECT_EQ(gpio_.state(kLed).level, 0);
  const auto other = claim(kLed, "b", {.mode = Mode::Out});
  gpio_.release(other);
  EXPECT_EQ(gpio_.state(kLed).writer, "");
}

TEST_F(SimGpioTest, AnOutputStartsAsAskedOrAsItWas) {
  drive(kLed, SimDrive::High);
  const auto output = claim(kLed, "a", {.mode = Mode::Out});
  EXPECT_EQ(gpio_.read(output), 1);
  ASSERT_FALSE(gpio_.configure(output, {.mode = Mode::Out, .initial = 0}));
  EXPECT_EQ(gpio_.read(output), 0);
}

TEST_F(SimGpioTest, AnOpenDrainOutputPullsLowOrLetsGo) {
  const auto line = claim(kLed, "a", {.mode = Mode::OpenDrain, .pull = Pull::Up, .initial = 1});
  EXPECT_EQ(gpio_.read(line), 1);
  drive(kLed, SimDrive::Low);
  EXPECT_EQ(gpio_.read(line), 0);
  drive(kLed, SimDrive::High);
  EXPECT_FALSE(gpio_.write(line, 0));
  EXPECT_EQ(gpio_.read(line), 0);
}

TEST_F(SimGpioTest, ActiveLowTurnsLevelsAndEdges) {
  const auto input = claim(kButton, "a", {.mode = Mode::In, .active_low = true});
  gpio_.watch(input, upy::Pins::kFalling, 1, sink_);
  EXPECT_EQ(gpio_.read(input), 1);
  drive(kButton, SimDrive::High);
  EXPECT_EQ(gpio_.read(input), 0);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_FALSE(sink_.events[0].rising);
  const auto output = claim(kLed, "a", {.mode = Mode::Out, .initial = 1, .active_low = true});
  EXPECT_EQ(gpio_.state(kLed).level, 0);
  EXPECT_FALSE(gpio_.write(output, 0));
  EXPECT_EQ(gpio_.state(kLed).level, 1);
}

TEST_F(SimGpioTest, TellsEdgesToAllWhoWatch) {
  const auto a = claim(kButton, "a", {.mode = Mode::In});
  const auto b = claim(kButton, "b", {.mode = Mode::In});
  gpio_.watch(a, kBoth, 1, sink_);
  gpio_.watch(b, upy::Pins::kRising, 2, other_sink_);
  now_ns_ = 50;
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::High);
  now_ns_ = 60;
  drive(kButton, SimDrive::Low);
  drive(kButton, SimDrive::High);
  ASSERT_EQ(sink_.events.size(), 3u);
  EXPECT_EQ(sink_.events[1].kind, upy::Event::Kind::Edge);
  EXPECT_EQ(sink_.events[1].token, 1u);
  EXPECT_FALSE(sink_.events[1].rising);
  EXPECT_EQ(sink_.events[1].sequence, 2u);
  EXPECT_EQ(sink_.events[1].timestamp_ns, 60);
  ASSERT_EQ(other_sink_.events.size(), 2u);
  EXPECT_EQ(other_sink_.events[1].sequence, 2u);
}

TEST_F(SimGpioTest, ADroppedEdgeLeavesAGapInTheSequence) {
  const auto input = claim(kButton, "a", {.mode = Mode::In});
  gpio_.watch(input, kBoth, 1, sink_);
  sink_.room = 0;
  drive(kButton, SimDrive::High);
  sink_.room = 1;
  drive(kButton, SimDrive::Low);
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].sequence, 2u);
}

TEST_F(SimGpioTest, WritingAnOutputIsAnEdgeForItsReaders) {
  const auto output = claim(kLed, "a", {.mode = Mode::Out});
  const auto reader = claim(kLed, "b", {});
  gpio_.watch(reader, kBoth, 3, sink_);
  EXPECT_FALSE(gpio_.write(output, 1));
  EXPECT_EQ(gpio_.read(reader), 1);
  EXPECT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(gpio_.state(kLed).readers, std::vector<std::string>{"b"});
}

TEST_F(SimGpioTest, NoEventsAfterTheWatchOrTheClaimEnded) {
  const auto input = claim(kButton, "a", {.mode = Mode::In});
  gpio_.watch(input, kBoth, 1, sink_);
  gpio_.unwatch(input);
  drive(kButton, SimDrive::High);
  gpio_.watch(input, kBoth, 1, sink_);
  gpio_.release(input);
  drive(kButton, SimDrive::Low);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(SimGpioTest, AnOutputCannotBeDrivenFromOutside) {
  claim(kLed, "a", {.mode = Mode::Out});
  const auto error = gpio_.drive({{kButton, SimDrive::High}, {kLed, SimDrive::High}});
  EXPECT_EQ(error.number, EBUSY);
  EXPECT_EQ(gpio_.state(kButton).level, 0) << "all or none";
}

TEST_F(SimGpioTest, MonitorsSeeTheLinesTheyNamed) {
  std::vector<SimGpio::Edge> edges;
  const auto monitor = gpio_.monitor({kButton}, [&](const SimGpio::Edge& edge) { edges.push_back(edge); });
  drive(kLed, SimDrive::High);
  drive(kButton, SimDrive::High);
  drive(kButton, SimDrive::Low);
  gpio_.end_monitor(monitor);
  drive(kButton, SimDrive::High);
  ASSERT_EQ(edges.size(), 2u);
  EXPECT_EQ(edges[1].line, kButton);
  EXPECT_FALSE(edges[1].rising);
  EXPECT_EQ(edges[1].sequence, 2u);
}

TEST_F(SimGpioTest, DebounceIsRefused) {
  SimGpio::Claim input = 0;
  EXPECT_EQ(gpio_.claim(kButton, "a", {.mode = Mode::In, .debounce_us = 10}, input).number, ENOTSUP);
}

TEST_F(SimGpioTest, PinsRespectTheGrant) {
  SimPins pins(gpio_, "a", LineGrant({{"gpiochip0:*"}, {"LED", "gpiochip1:*"}}));
  upy::Pins::Handle handle = 0;
  EXPECT_FALSE(pins.request("17", {.mode = Mode::Out}, handle));
  EXPECT_EQ(pins.name(handle), "gpiochip0:17");
  EXPECT_EQ(pins.request("4", {}, handle).number, EACCES);
  EXPECT_EQ(pins.request("a", {}, handle).number, EACCES);
  EXPECT_EQ(pins.request("nowhere", {}, handle).number, ENODEV);
}

TEST_F(SimGpioTest, ALineIsOneHandle) {
  SimPins pins(gpio_, "a", LineGrant({{"*"}}));
  upy::Pins::Handle first = 0, second = 0;
  ASSERT_FALSE(pins.request("LED", {.mode = Mode::Out}, first));
  ASSERT_FALSE(pins.request("gpiochip0:17", {.mode = Mode::In}, second));
  EXPECT_EQ(first, second);
  EXPECT_EQ(gpio_.state(kLed).writer, "");
  EXPECT_EQ(gpio_.state(kLed).readers, std::vector<std::string>{"a"});
  pins.release(first);
  EXPECT_TRUE(gpio_.state(kLed).readers.empty());
}

TEST_F(SimGpioTest, SilencedPinsTellNothing) {
  SimPins pins(gpio_, "a", LineGrant({{"*"}}));
  upy::Pins::Handle handle = 0;
  ASSERT_FALSE(pins.request("4", {.mode = Mode::In}, handle));
  ASSERT_FALSE(pins.watch(handle, kBoth, 1, sink_));
  pins.silence();
  drive(kButton, SimDrive::High);
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(SimGpioTest, PinsReleaseWhatIsLeft) {
  {
    SimPins pins(gpio_, "a", LineGrant({{"*"}}));
    upy::Pins::Handle handle = 0;
    ASSERT_FALSE(pins.request("LED", {.mode = Mode::Out, .initial = 1}, handle));
    ASSERT_FALSE(pins.watch(handle, kBoth, 1, sink_));
  }
  EXPECT_EQ(gpio_.state(kLed).writer, "");
  EXPECT_TRUE(gpio_.state(kLed).readers.empty());
  drive(kLed, SimDrive::High);
  EXPECT_TRUE(sink_.events.empty());
}

}  // namespace
}  // namespace upyd
