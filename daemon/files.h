#pragma once

#include <memory>
#include <string>

#include "port/port.h"

namespace upyd {

/// A directory that scripts may see, as the root of theirs. Shared by all instances; any thread.
class FileRoot {
 public:
  /// Opens `path`; returns null and says why in `error` when it is no directory.
  static std::shared_ptr<FileRoot> open(const std::string& path, std::string& error);
  ~FileRoot();
  FileRoot(const FileRoot&) = delete;
  FileRoot& operator=(const FileRoot&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  explicit FileRoot(int descriptor) : descriptor_(descriptor) {}
  const int descriptor_;
};

/// The file system of an instance that has none.
class NoFiles final : public upy::Files {
 public:
  Kind stat(const std::string& path) override;
  upy::PortError open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) override;
};

/// The file system of an instance: what is below a root. Neither `..` nor a symbolic link leads out of it, since the
/// kernel resolves every path within the root. Only regular files can be opened, so none can block a script.
class RootedFiles final : public upy::Files {
 public:
  enum class Access { Read, Write };
  RootedFiles(std::shared_ptr<FileRoot> root, Access access);

  Kind stat(const std::string& path) override;
  upy::PortError open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) override;

 private:
  const std::shared_ptr<FileRoot> root_;
  const Access access_;
};

}  // namespace upyd
