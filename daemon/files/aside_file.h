#pragma once

#include <cstdint>
#include <string>

#include "files/file_tree.h"
#include "files/rooted.h"
#include "system/owned_descriptor.h"

namespace upyd {

/// A new file that lies aside, and is gone with this unless it was moved. Until then it has no name, so that nothing is
/// left of it even if upyd is killed; where the file system has no such files it has one that nobody looks for.
class AsideFile {
 public:
  /// `directory` and `name` are where it lies if it has to have a name. The directory must stay open as long as this.
  upy::PortError open(int directory, std::string name);
  AsideFile() = default;
  ~AsideFile();
  AsideFile(const AsideFile&) = delete;
  AsideFile& operator=(const AsideFile&) = delete;

  upy::PortError write(const char* data, size_t size);
  uint64_t size() const { return size_; }
  /// Has its bytes on the disk.
  upy::PortError sync();
  /// The same, for a file that waits for others: it gets its name, and takes no descriptor any more. These were all of
  /// its bytes.
  upy::PortError finish();
  /// Gives it its name, with all its bytes at once.
  upy::PortError move_to(const rooted::Entry& entry, FileTree::Replace replace);

 private:
  upy::PortError give_name();

  int directory_ = -1;
  std::string name_;
  bool has_name_ = false;
  OwnedDescriptor descriptor_;
  uint64_t size_ = 0;
};

}  // namespace upyd
