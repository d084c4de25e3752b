#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace test_support {

/// A new directory, removed with all it holds.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : TemporaryDirectory(std::filesystem::temp_directory_path()) {}
  /// In memory, as /run is, where the system has a place for that.
  static TemporaryDirectory in_memory() {
    constexpr const char* kMemory = "/dev/shm";
    return access(kMemory, W_OK) == 0 ? TemporaryDirectory(kMemory) : TemporaryDirectory();
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ / name; }

 private:
  explicit TemporaryDirectory(const std::filesystem::path& parent) {
    std::string pattern = (parent / "upyd-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }

  std::filesystem::path path_;
};

}  // namespace test_support
