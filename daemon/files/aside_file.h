#pragma once

#include <cstdint>
#include <string>

#include "files/file_tree.h"
#include "files/rooted.h"

namespace upyd {

/// A new file that lies aside, under a name that nobody looks for, and is removed with this unless it was moved.
class AsideFile {
 public:
  /// `directory` and `name` are where it is to lie. The directory must stay open as long as this.
  upy::PortError open(int directory, std::string name);
  AsideFile() = default;
  ~AsideFile();
  AsideFile(const AsideFile&) = delete;
  AsideFile& operator=(const AsideFile&) = delete;

  upy::PortError write(const char* data, size_t size);
  uint64_t size() const { return size_; }
  /// Has its bytes on the disk.
  upy::PortError sync();
  /// Gives it its name, with all its bytes at once.
  upy::PortError move_to(const rooted::Entry& entry, FileTree::Replace replace);

 private:
  int directory_ = -1;
  std::string name_;
  int descriptor_ = -1;
  uint64_t size_ = 0;
};

}  // namespace upyd
