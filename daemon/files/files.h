#pragma once

#include <memory>
#include <string>

#include "files/open_files.h"
#include "port/port.h"

namespace upyd {

/// A directory that scripts may see, as the root of theirs. Neither `..` nor a symbolic link leads out of it. Shared by
/// all instances; any thread.
class FileRoot {
 public:
  /// Who finds what a path names within the root: the kernel, or where it is not allowed to (openat2(2) is refused), a
  /// walk from directory to directory.
  enum class Resolver { Kernel, Walk };

  /// Opens `path`; returns null and says why in `error` when it is no directory.
  static std::shared_ptr<FileRoot> open(const std::string& path, std::string& error);
  /// The same with that resolver, whether the system has it or not.
  static std::shared_ptr<FileRoot> open(const std::string& path, Resolver resolver, std::string& error);
  ~FileRoot();
  FileRoot(const FileRoot&) = delete;
  FileRoot& operator=(const FileRoot&) = delete;

  /// As open(2), of an absolute path within the root. Returns -1 and sets errno.
  int open_below(const std::string& path, int flags, mode_t mode) const;

 private:
  FileRoot(int descriptor, Resolver resolver) : descriptor_(descriptor), resolver_(resolver) {}
  const int descriptor_;
  const Resolver resolver_;
};

/// The file system of an instance that has none: each operation is refused.
class NoFiles final : public upy::Files {
 public:
  upy::PortError stat(const std::string& path, upy::FileStatus& status) override;
  upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) override;
  upy::PortError open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) override;
  upy::PortError open_directory(const std::string& path, std::unique_ptr<upy::Directory>& directory) override;
  upy::PortError make_directory(const std::string& path) override;
  upy::PortError remove_directory(const std::string& path) override;
  upy::PortError remove(const std::string& path) override;
  upy::PortError rename(const std::string& from, const std::string& to) override;
  upy::PortError change_directory(const std::string& path) override;
  upy::PortError current_directory(std::string& path) override;
};

/// The file system of an instance: what is below a root. Only regular files can be opened, so none can block a script;
/// and only so many at a time.
class RootedFiles final : public upy::Files {
 public:
  enum class Access { Read, Write };
  /// `most_open` counts files and directories.
  RootedFiles(std::shared_ptr<FileRoot> root, Access access, uint32_t most_open);

  upy::PortError stat(const std::string& path, upy::FileStatus& status) override;
  upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) override;
  upy::PortError open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) override;
  upy::PortError open_directory(const std::string& path, std::unique_ptr<upy::Directory>& directory) override;
  upy::PortError make_directory(const std::string& path) override;
  upy::PortError remove_directory(const std::string& path) override;
  upy::PortError remove(const std::string& path) override;
  upy::PortError rename(const std::string& from, const std::string& to) override;
  upy::PortError change_directory(const std::string& path) override;
  upy::PortError current_directory(std::string& path) override;

 private:
  /// Opens `path`, with `flags` as open(2) has them, within the root. Returns -1 and sets errno.
  int open_below(const std::string& path, int flags) const;
  /// The same of what stays open.
  upy::PortError open_to_stay(const std::string& path, int flags, int& descriptor) const;
  upy::PortError too_many() const;
  /// What `change(directory, name)` answers for the open directory that holds `path`, and its name there. Refused if
  /// the instance may only read.
  template <typename Change>
  upy::PortError change_below(const std::string& path, Change change) const;
  std::string resolve(const std::string& path) const;

  const std::shared_ptr<FileRoot> root_;
  const Access access_;
  std::string current_ = "/";  // as the instance sees it
  OpenFiles open_;
};

}  // namespace upyd
