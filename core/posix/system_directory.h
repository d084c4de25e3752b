#pragma once

#include <dirent.h>

#include "port/port.h"

struct stat;
struct statvfs;

namespace upy {

/// An open directory of the system; owns its descriptor.
class SystemDirectory final : public Directory {
 public:
  /// Takes over `descriptor`, which must be open for reading. The errors are those of fdopendir(3).
  static PortError open(int descriptor, std::unique_ptr<Directory>& directory);
  ~SystemDirectory() override { closedir(stream_); }
  SystemDirectory(const SystemDirectory&) = delete;
  SystemDirectory& operator=(const SystemDirectory&) = delete;

  PortError next(DirectoryEntry& entry) override;

 private:
  explicit SystemDirectory(DIR* stream) : stream_(stream) {}
  DIR* const stream_;
};

/// What the system tells, as a port tells it.
FileStatus status_of(const struct stat& status);
FileSystemStatus status_of(const struct statvfs& status);

/// The error of a system call that answered `result`.
PortError error_of(int result);

}  // namespace upy
