#pragma once

#include <sys/stat.h>

#include <memory>
#include <string>
#include <string_view>

#include "files/file_root.h"
#include "port/port.h"
#include "system/descriptors.h"
#include "system/owned_descriptor.h"

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

/// Whether a new file may take the place of what is there: of a file. EISDIR, ELOOP (a link), EACCES (all else).
upy::PortError check_replaceable(const struct stat& status);

/// The error in `errno`, of something that was to be made in an open directory. Of a full disk it is told what it has
/// no more of.
upy::PortError error_of_making(int directory);

/// The mode of what scripts make; the process' umask takes from it.
inline constexpr mode_t kNewFileMode = 0660, kNewDirectoryMode = 0770;

/// A name in a directory that is open.
class Entry {
 public:
  /// Opens the directory that holds what `path` names; EINVAL if that is the root, "." or "..".
  static upy::PortError open(const FileRoot& root, const std::string& path, Entry& entry);
  /// The same of the file that is written by that path: links are followed as the root has them, and what is there
  /// already is one that may be replaced. ENOENT of a link to nothing.
  static upy::PortError open_file(const FileRoot& root, std::string path, Entry& entry);
  Entry() = default;

  int directory() const { return directory_.number(); }
  const char* name() const { return name_.c_str(); }
  /// What is there, links not followed; false and errno if there is nothing.
  bool look(struct stat& status) const;
  /// Has the directory on the disk.
  upy::PortError sync() const;

 private:
  upy::PortError follow(std::string& path) const;

  OwnedDescriptor directory_;
  std::string name_;
};

}  // namespace upyd::rooted
