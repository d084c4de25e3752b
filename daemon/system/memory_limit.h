#pragma once

#include <cstdint>
#include <filesystem>

namespace upyd {

/// How many bytes of memory this process and its like may use together: the machine's, or fewer if a control group says
/// so, as the setting MemoryMax= of a unit does. Beyond that the system kills. The parameters are for tests.
uint64_t usable_memory(const std::filesystem::path& own_groups = "/proc/self/cgroup",
                       const std::filesystem::path& groups = "/sys/fs/cgroup");

}  // namespace upyd
