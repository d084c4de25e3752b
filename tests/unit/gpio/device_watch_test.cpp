#include "gpio/device_watch.h"

#include <gtest/gtest.h>

#include <memory>

#include "posix/poller.h"

namespace upyd {
namespace {

TEST(DeviceWatchTest, EndsWithThePoller) {
  const auto held = std::make_shared<int>();
  {
    const auto poller = upy::Poller::make();
    watch_devices(poller->set(), [held] {});
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace upyd
