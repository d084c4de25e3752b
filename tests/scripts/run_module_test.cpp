#include <gtest/gtest.h>

#include "support/script_host.h"

/// upy -m.
namespace {

upy::Config config() {
  upy::Config config;
  config.path = {UPY_TESTS_DIR "/scripts/import"};
  return config;
}

TEST(RunModuleTest, IsMainInItsPackage) {
  ScriptHost host(config());
  EXPECT_EQ(host.instance().run_module("modules.as_main", {"modules.as_main", "x"}).exit_status, 0);
  EXPECT_EQ(host.take_output(), "__main__ ['modules.as_main', 'x'] True 1\n");
}

TEST(RunModuleTest, WhatIsAbsentIsNamed) {
  for (const std::string name : {"absent", "modules.absent"}) {
    ScriptHost host(config());
    EXPECT_EQ(host.instance().run_module(name, {}).exit_status, 1);
    EXPECT_EQ(host.take_errors(), "ImportError: no module named '" + name + "'\n");
  }
}

}  // namespace
