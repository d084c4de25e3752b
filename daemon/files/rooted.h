#pragma once

#include <sys/stat.h>

#include <memory>
#include <string>
#include <string_view>

#include "files/file_root.h"
#include "port/port.h"
#include "system/descriptors.h"

/// What can be done below a root, whoever's files they are.
namespace upyd::rooted {

/// Where links are refused, one at the end of the path is told of as such.
upy::PortError stat(const FileRoot& root, const std::string& path, upy::FileStatus& status);
upy::PortError stat_file_system(const FileRoot& root, const std::string& path, upy::FileSystemStatus& status);
/// EACCES for what is neither a regular file nor, with EISDIR, a directory. `status` is that of what was opened.
upy::PortError open_file(const FileRoot& root, const std::string& path, int flags, DescriptorUse use, int& descriptor,
                         struct stat& status);
upy::PortError open_directory(const FileRoot& root, const std::string& path, DescriptorUse use,
                              std::unique_ptr<upy::Directory>& directory);

/// The mode of what scripts make; the process' umask takes from it.
inline constexpr mode_t kNewFileMode = 0660, kNewDirectoryMode = 0770;

/// A name in a directory that is open.
class Entry {
 public:
  /// Opens the directory that holds what `path` names; EINVAL if that is the root, "." or "..".
  static upy::PortError open(const FileRoot& root, const std::string& path, Entry& entry);
  Entry() = default;
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  int directory() const { return directory_; }
  const char* name() const { return name_.c_str(); }
  /// What is there, links not followed; false and errno if there is nothing.
  bool look(struct stat& status) const;
  /// Has the directory on the disk.
  upy::PortError sync() const;

 private:
  int directory_ = -1;
  std::string name_;
};

}  // namespace upyd::rooted
