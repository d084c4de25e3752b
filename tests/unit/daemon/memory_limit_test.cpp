#include "system/memory_limit.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

class MemoryLimitTest : public testing::Test {
 protected:
  void write(const std::string& file, const std::string& text) {
    std::filesystem::create_directories((directory_.path() / file).parent_path());
    std::ofstream(directory_.path() / file) << text;
  }
  /// With "cgroup" in place of /proc/self/cgroup, and "groups" of what is mounted at /sys/fs/cgroup.
  uint64_t usable() const { return usable_memory(directory_.file("cgroup"), directory_.file("groups")); }

  const test_support::TemporaryDirectory directory_;
  const uint64_t machine_ = usable();
};

TEST_F(MemoryLimitTest, IsTheMachinesWithoutGroups) {
  EXPECT_EQ(machine_, static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE)));
  write("cgroup", "nonsense\n\n::\n0::\n0::/\n4:memory:/a\n");
  EXPECT_EQ(usable(), machine_);
}

TEST_F(MemoryLimitTest, IsThatOfTheGroupOrOneAround) {
  write("cgroup", "0::/system.slice/upyd.service\n");
  write("groups/system.slice/upyd.service/memory.max", "max\n");
  EXPECT_EQ(usable(), machine_);
  write("groups/system.slice/memory.max", "3000000\n");
  EXPECT_EQ(usable(), 3'000'000u);
  write("groups/system.slice/upyd.service/memory.max", "2000000\n");
  EXPECT_EQ(usable(), 2'000'000u);
  write("groups/memory.max", "1000000\n");
  EXPECT_EQ(usable(), 1'000'000u);
}

TEST_F(MemoryLimitTest, KnowsGroupsOfTheFirstVersion) {
  write("cgroup", "12:cpu,cpuacct:/a\n3:hugetlb,memory:/a/b\n0::/a\n");
  write("groups/memory/a/memory.limit_in_bytes", "2000000\n");
  write("groups/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(usable(), 2'000'000u);
}

}  // namespace
}  // namespace upyd
