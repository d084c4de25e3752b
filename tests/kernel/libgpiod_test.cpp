#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <cerrno>

#include "gpio/gpiod.h"
#include "kernel/rig_chip.h"

namespace upyd {
namespace {

using gpiod::Device;
using gpiod::Request;
using test_support::RigChip;

/// libgpiod of this system beside the kernel's own view of the lines: what the daemon builds on.
class LibgpiodTest : public testing::Test {
 protected:
  std::unique_ptr<Request> request(uint32_t offset, const LineSettings& settings) {
    int error = 0;
    auto request = device_->request(offset, settings, error);
    EXPECT_EQ(error, 0);
    return request;
  }

  static int level(Request& request) {
    int level = -1;
    EXPECT_EQ(request.read(level), 0);
    return level;
  }

  static bool is_readable(const Request& request) {
    pollfd waiting{.fd = request.descriptor(), .events = POLLIN};
    return poll(&waiting, 1, 0) == 1;
  }

  static std::vector<LineEdge> edges(Request& request) {
    std::vector<LineEdge> all;
    while (is_readable(request)) {
      std::array<LineEdge, 5> some;
      size_t count = 0;
      EXPECT_EQ(request.take_edges(some, count), 0);
      all.insert(all.end(), some.begin(), some.begin() + static_cast<ptrdiff_t>(count));
    }
    return all;
  }

  RigChip chip_{4, {{2, "BUTTON"}}};
  int error_ = 0;
  std::unique_ptr<Device> device_ = Device::open(chip_.device(), error_);
};

TEST_F(LibgpiodTest, KnowsTheChip) {
  EXPECT_EQ("/dev/" + device_->name(), chip_.device());
  EXPECT_EQ(device_->label(), RigChip::kLabel);
  EXPECT_EQ(device_->line_names(), (std::vector<std::string>{"", "", "BUTTON", ""}));
  EXPECT_EQ(Device::open("/dev/gpiochip99", error_), nullptr);
  EXPECT_EQ(error_, ENOENT);
}

TEST_F(LibgpiodTest, ReadsEdges) {
  const auto line = request(0, {.mode = LineMode::In, .edges = true});
  EXPECT_FALSE(is_readable(*line));
  for (const int level : {1, 0, 1}) chip_.pull(0, level);
  const auto got = edges(*line);
  ASSERT_EQ(got.size(), 3u);
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].rising, i % 2 == 0);
    EXPECT_EQ(got[i].lost, 0u);
  }
  EXPECT_GT(got[2].timestamp_ns, got[0].timestamp_ns);
}

TEST_F(LibgpiodTest, TellsThatEdgesWereLost) {
  constexpr uint32_t kOverflow = 601;  // an odd number more than the kernel keeps
  const auto line = request(0, {.mode = LineMode::In, .edges = true});
  for (uint32_t i = 0; i < kOverflow; ++i) chip_.pull(0, i % 2 == 0);
  auto got = edges(*line);
  EXPECT_LT(got.size(), kOverflow);
  chip_.pull(0, 0);
  const auto last = edges(*line);
  got.insert(got.end(), last.begin(), last.end());
  uint32_t lost = 0;
  for (const LineEdge& edge : got) lost += edge.lost;
  EXPECT_GT(lost, 0u);
  EXPECT_LE(got.size() + lost, kOverflow + 1);
}

TEST_F(LibgpiodTest, ReadsAndWritesLevels) {
  const auto in = request(0, {.mode = LineMode::In});
  chip_.pull(0, 1);
  EXPECT_EQ(level(*in), 1);
  chip_.pull(0, 0);
  EXPECT_EQ(level(*in), 0);
  const auto out = request(1, {.mode = LineMode::Out, .level = 1});
  EXPECT_EQ(chip_.level(1), 1);
  EXPECT_EQ(out->write(0), 0);
  EXPECT_EQ(chip_.level(1), 0);
  EXPECT_EQ(out->configure({.mode = LineMode::In, .pull = LinePull::Up}), 0);
  EXPECT_EQ(level(*out), 1);
}

TEST_F(LibgpiodTest, ALineHasOneUser) {
  const auto other = Device::open(chip_.device(), error_);
  EXPECT_EQ(other->look(0).consumer, "");
  const auto line = request(0, {.mode = LineMode::In});
  EXPECT_EQ(other->look(0).consumer, "upyd");
  EXPECT_EQ(other->request(0, {.mode = LineMode::In}, error_), nullptr);
  EXPECT_EQ(error_, EBUSY);
}

}  // namespace
}  // namespace upyd
