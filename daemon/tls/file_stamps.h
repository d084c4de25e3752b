#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace upyd {

/// What tells whether files are the ones that were read: of each what changes when it is written, replaced or removed,
/// or when a link leads elsewhere.
class FileStamps {
 public:
  FileStamps() = default;
  explicit FileStamps(std::span<const std::string> files);

  friend bool operator==(const FileStamps&, const FileStamps&) = default;

 private:
  std::vector<int64_t> numbers_;
};

}  // namespace upyd
