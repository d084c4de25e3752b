#include "config/state_directory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace upyd {
namespace {

TEST(StateDirectoryTest, IsWhatSystemdSaysOrTheUsers) {
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

}  // namespace
}  // namespace upyd
