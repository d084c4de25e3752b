#include "config/directories.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace upyd {
namespace {

TEST(DirectoriesTest, TheStateIsWhereSystemdSaysOrTheUsers) {
  setenv("STATE_DIRECTORY", "/given", 1);
  EXPECT_EQ(state_directory(), "/given");
  setenv("STATE_DIRECTORY", "/given:/given/files", 1);
  EXPECT_EQ(state_directory(), "/given");
  unsetenv("STATE_DIRECTORY");
  if (geteuid() == 0) {
    EXPECT_EQ(state_directory(), "/var/lib/upyd");
    return;
  }
  setenv("HOME", "/home/u", 1);
  unsetenv("XDG_STATE_HOME");
  EXPECT_EQ(state_directory(), "/home/u/.local/state/upyd");
  setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(state_directory(), "/state/upyd");
}

TEST(DirectoriesTest, BoardsAreDeclaredWhereSystemdSaysOrTheUsers) {
  setenv("CONFIGURATION_DIRECTORY", "/given:/given/more", 1);
  EXPECT_EQ(instances_directory(), "/given/instances.d");
  unsetenv("CONFIGURATION_DIRECTORY");
  if (geteuid() == 0) {
    EXPECT_EQ(instances_directory(), "/etc/upyd/instances.d");
    return;
  }
  setenv("HOME", "/home/u", 1);
  unsetenv("XDG_CONFIG_HOME");
  EXPECT_EQ(instances_directory(), "/home/u/.config/upyd/instances.d");
  setenv("XDG_CONFIG_HOME", "/config", 1);
  EXPECT_EQ(instances_directory(), "/config/upyd/instances.d");
}

TEST(DirectoriesTest, TerminalsAndLogsAreBesideTheSocketOrTheUsers) {
  setenv("RUNTIME_DIRECTORY", "/given", 1);
  EXPECT_EQ(tty_directory(), "/given/tty");
  EXPECT_EQ(log_directory(), "/given/log");
  unsetenv("RUNTIME_DIRECTORY");
  if (geteuid() == 0) {
    EXPECT_EQ(log_directory(), "/run/upyd/log");
    return;
  }
  setenv("XDG_RUNTIME_DIR", "/runtime", 1);
  EXPECT_EQ(tty_directory(), "/runtime/upyd-tty");
  EXPECT_EQ(log_directory(), "/runtime/upyd-log");
  unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(log_directory(), "");
}

}  // namespace
}  // namespace upyd
