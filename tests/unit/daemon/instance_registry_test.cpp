#include "instances/instance_registry.h"

#include <gtest/gtest.h>

#include "parts.h"

namespace upyd {
namespace {

/// Such an instance may end, and its thread be joined, before who made it goes on.
TEST(InstanceRegistryTest, InstancesMayEndAtOnce) {
  Parts parts;
  for (int i = 0; i < 50; ++i) {
    const auto run = std::make_shared<upyd::Run>();
    run->on_readable = [] {};
    run->on_end = [](const RunReport&) {};
    InstanceRegistry::Host host;
    ASSERT_TRUE(parts.registry().run_alone("", {}, run, host).ok());
    host.reset();
    ASSERT_TRUE(parts.registry().wait_until_empty(std::chrono::seconds(60)));
  }
}

}  // namespace
}  // namespace upyd
