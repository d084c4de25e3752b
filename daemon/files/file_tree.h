#pragma once

#include <memory>
#include <string>

#include "port/port.h"
#include "system/descriptors.h"

namespace upyd {

/// A file in the making: it lies aside until it is complete. Destroyed before that, it leaves nothing behind. One
/// thread at a time.
class NewFile {
 public:
  virtual ~NewFile() = default;
  /// Adds all of the bytes.
  virtual upy::PortError write(const char* data, size_t size) = 0;
  /// Has it on the disk and gives it its name, at once and as a whole.
  virtual upy::PortError complete() = 0;
};

/// Files that are to become part of a tree in one step: they lie aside until they do. Destroyed before that, it leaves
/// nothing behind. One thread at a time.
class Deployment {
 public:
  virtual ~Deployment() = default;
  /// A further file; the one before must be complete. Of two with the same path the later one counts. A path begins at
  /// the root of the tree, and its names are none of "." and "..".
  virtual upy::PortError begin_file(const std::string& path) = 0;
  virtual upy::PortError write(const char* data, size_t size) = 0;
  /// Has the file on the disk.
  virtual upy::PortError end_file() = 0;
  /// Has all of them in the tree, and that on the disk. After an error the tree is what it was; `path` says where it
  /// was met, if at a file.
  virtual upy::PortError commit(std::string& path) = 0;
};

/// A file system as an instance and its clients see it. Paths begin at its root. Only regular files can be opened, so
/// none can block who reads it. Any thread.
class FileTree {
 public:
  /// What a new file may take the place of.
  enum class Replace { Allowed, Refused };
  /// What becomes of the files of a tree when others are deployed.
  enum class Others { Stay, Go };

  virtual ~FileTree() = default;
  virtual upy::PortError stat(const std::string& path, upy::FileStatus& status) = 0;
  virtual upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) = 0;
  /// `flags` as upy::Files::open has them. `use` is what the descriptor is for; the same below.
  virtual upy::PortError open(const std::string& path, int flags, DescriptorUse use,
                              std::unique_ptr<upy::File>& file) = 0;
  virtual upy::PortError open_directory(const std::string& path, DescriptorUse use,
                                        std::unique_ptr<upy::Directory>& directory) = 0;
  virtual upy::PortError make_directory(const std::string& path) = 0;
  virtual upy::PortError remove_directory(const std::string& path) = 0;  ///< which must be empty
  virtual upy::PortError remove(const std::string& path) = 0;            ///< anything but a directory
  /// A directory with all that is in it, however deep, or a file.
  virtual upy::PortError remove_all(const std::string& path) = 0;
  /// Replaces a file that has the new name already.
  virtual upy::PortError rename(const std::string& from, const std::string& to) = 0;
  /// Begins a file that is to have that path.
  virtual upy::PortError begin_file(const std::string& path, Replace replace, std::unique_ptr<NewFile>& file) = 0;
  /// Begins a deployment. Files that are open while it is committed stay what they are, and are of the tree no more.
  virtual upy::PortError begin_deployment(Others others, std::unique_ptr<Deployment>& deployment) = 0;
};

}  // namespace upyd
