#include "config/settings.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

std::string fault_of(const v1::InstanceConfig& request, const v1::InstanceConfig& maxima = {}) {
  return find_fault(merge(initial_settings(), request), maxima).value_or("none");
}

TEST(SettingsTest, TheInitialSettingsAreCompleteAndSound) {
  const auto config = initial_settings();
  for (const NumericSetting& setting : numeric_settings())
    EXPECT_TRUE(is_set(config, setting)) << setting.range.setting;
  EXPECT_EQ(fault_of({}), "none");
}

TEST(SettingsTest, ARequestGoesBeforeTheDefaults) {
  v1::InstanceConfig request;
  request.set_heap_bytes(1u << 20);
  request.add_path("/lib");
  request.mutable_gpio();
  const auto config = merge(initial_settings(), request);
  EXPECT_EQ(config.heap_bytes(), 1u << 20);
  EXPECT_EQ(config.stack_bytes(), upy::Config().stack_bytes);
  ASSERT_EQ(config.path_size(), 1);
  EXPECT_EQ(config.path(0), "/lib");
  EXPECT_EQ(config.gpio().lines_size(), 0) << "an empty grant is one";
  EXPECT_EQ(config.mounts(), v1::MOUNT_ACCESS_NONE) << "unspecified is the default";
}

TEST(SettingsTest, ChecksEveryRange) {
  for (const NumericSetting& setting : numeric_settings()) {
    v1::InstanceConfig request;
    set(request, setting, setting.range.least);
    EXPECT_EQ(fault_of(request), "none") << setting.range.setting;
    set(request, setting, setting.range.most);
    EXPECT_EQ(fault_of(request), "none") << setting.range.setting;
    set(request, setting, setting.range.most + 1);
    EXPECT_EQ(fault_of(request).rfind(setting.range.setting, 0), 0u) << setting.range.setting;
    if (setting.range.least == 0 || setting.zero == Zero::Unlimited) continue;
    set(request, setting, setting.range.least - 1);
    EXPECT_EQ(fault_of(request).rfind(setting.range.setting, 0), 0u) << setting.range.setting;
  }
}

TEST(SettingsTest, SaysWhatMayBe) {
  v1::InstanceConfig request;
  request.set_schedule_depth(9);
  EXPECT_EQ(fault_of(request), "schedule_depth is 9; it must be a power of two from 1 to 128");
}

TEST(SettingsTest, MaximaBoundTheUnlimitedToo) {
  v1::InstanceConfig maxima, request;
  maxima.set_cpu_ms(100);
  EXPECT_EQ(fault_of(request, maxima), "cpu_ms is 0; it must be from 1 to 100");
  request.set_cpu_ms(101);
  EXPECT_EQ(fault_of(request, maxima), "cpu_ms is 101; it must be from 1 to 100");
  request.set_cpu_ms(100);
  EXPECT_EQ(fault_of(request, maxima), "none");
}

TEST(SettingsTest, RefusesUnknownAccess) {
  v1::InstanceConfig request;
  request.set_mounts(static_cast<v1::MountAccess>(9));
  EXPECT_NE(fault_of(request), "none");
}

}  // namespace
}  // namespace upyd
