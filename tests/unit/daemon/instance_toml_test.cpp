#include "upyd/settings/instance_toml.h"

#include <gtest/gtest.h>

#include "config/settings.h"
#include "upyd/settings/toml_text.h"

namespace upyd {
namespace {

v1::InstanceConfig read(const std::string& text) {
  const toml::table table = parse_toml(text, "test.toml");
  ConfigSection section(table, "", "test.toml");
  v1::InstanceConfig config;
  read_instance_config(
      section, [](const std::string& setting) { return range_of(setting, {}); }, config);
  section.finish();
  return config;
}

TEST(InstanceTomlTest, WhatIsWrittenIsReadAgain) {
  v1::InstanceConfig all = initial_settings();
  all.mutable_gpio()->add_lines("a \"quoted\"\nline");
  all.mutable_gpio()->add_inputs("in");
  all.mutable_tty()->set_owner("me");
  all.set_restart(v1::RESTART_POLICY_ON_FAILURE);
  all.set_mounts(v1::MOUNT_ACCESS_WRITE);
  all.set_owner("uid:1000");
  EXPECT_EQ(read(instance_toml(all)).SerializeAsString(), all.SerializeAsString()) << instance_toml(all);
}

TEST(InstanceTomlTest, WhatIsNotSetIsNotWritten) {
  EXPECT_EQ(instance_toml({}), "");
  v1::InstanceConfig some;
  some.set_heap_bytes(131072);
  some.mutable_gpio();
  some.mutable_tty()->set_mode(0600);
  EXPECT_EQ(instance_toml(some), "heap_bytes = 131072\ngpio = []\ntty_mode = '0600'\n");
  EXPECT_EQ(read(instance_toml(some)).SerializeAsString(), some.SerializeAsString());
}

}  // namespace
}  // namespace upyd
