#include "system/memory_limit.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace upyd {
namespace {

namespace fs = std::filesystem;

uint64_t machine_memory() {
  return static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

/// The lowest limit of a group and those that it lies in. "max", and what is not there, is no limit.
uint64_t lowest_limit(const fs::path& groups, fs::path group, const char* file) {
  uint64_t lowest = UINT64_MAX;
  for (;; group = group.parent_path()) {
    uint64_t limit = 0;
    if (std::ifstream(groups / group / file) >> limit) lowest = std::min(lowest, limit);
    if (group.empty()) return lowest;
  }
}

/// The limit that a line of /proc/self/cgroup leads to: "0::/GROUP", or of the first version "N:CONTROLLERS:/GROUP".
uint64_t limit_of(const std::string& line, const fs::path& groups) {
  const size_t controllers = line.find(':') + 1;
  const size_t group = line.find(":/", controllers);
  if (group == std::string::npos) return UINT64_MAX;
  const fs::path path = fs::path(line.substr(group + 1)).relative_path();
  const std::string names = "," + line.substr(controllers, group - controllers) + ",";
  if (names == ",,") return lowest_limit(groups, path, "memory.max");
  if (names.find(",memory,") == std::string::npos) return UINT64_MAX;
  return lowest_limit(groups / "memory", path, "memory.limit_in_bytes");
}

}  // namespace

uint64_t usable_memory(const fs::path& own_groups, const fs::path& groups) {
  uint64_t usable = machine_memory();
  std::ifstream lines(own_groups);
  for (std::string line; std::getline(lines, line);) usable = std::min(usable, limit_of(line, groups));
  return usable;
}

}  // namespace upyd
