#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace test_support {

/// What a process has of the system.
struct Possessions {
  size_t threads, descriptors;

  explicit Possessions(pid_t process) : threads(entries(process, "task")), descriptors(entries(process, "fd")) {}

 private:
  static size_t entries(pid_t process, const char* directory) {
    const std::filesystem::directory_iterator files("/proc/" + std::to_string(process) + "/" + directory);
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }
};

/// How much memory it has: that which is its own, not files that it has mapped.
inline size_t resident_kib(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  size_t kib = 0;
  for (std::string word; status >> word;) {
    if (word == "RssAnon:") status >> kib;
  }
  return kib;
}

}  // namespace test_support
