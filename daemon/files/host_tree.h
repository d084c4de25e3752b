#pragma once

#include <atomic>

#include "files/file_root.h"
#include "files/file_tree.h"

namespace upyd {

/// A directory of the host that instances may use. Symbolic links are followed within it.
class HostTree final : public FileTree {
 public:
  enum class Access { Read, Write };
  HostTree(std::shared_ptr<const FileRoot> root, Access access) : root_(std::move(root)), access_(access) {}

  /// The root for a directory; null when it can't be one, and why in `error`.
  static std::shared_ptr<const FileRoot> open_root(const std::string& directory, std::string& error);

  upy::PortError stat(const std::string& path, upy::FileStatus& status) override;
  upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) override;
  upy::PortError open(const std::string& path, int flags, DescriptorUse use, std::unique_ptr<upy::File>& file) override;
  upy::PortError open_directory(const std::string& path, DescriptorUse use,
                                std::unique_ptr<upy::Directory>& directory) override;
  upy::PortError make_directory(const std::string& path) override;
  upy::PortError remove_directory(const std::string& path) override;
  upy::PortError remove(const std::string& path) override;
  upy::PortError remove_all(const std::string& path) override;
  upy::PortError rename(const std::string& from, const std::string& to) override;
  upy::PortError begin_file(const std::string& path, Replace replace, std::unique_ptr<NewFile>& file) override;
  upy::PortError begin_deployment(Others others, std::unique_ptr<Deployment>& deployment) override;

 private:
  /// What `change(directory, name)` answers for the open directory that holds `path`, and its name there, if anything
  /// may be changed.
  template <typename Change>
  upy::PortError change_below(const std::string& path, Change change) const;

  const std::shared_ptr<const FileRoot> root_;
  const Access access_;
  std::atomic<uint64_t> last_aside_ = 0;  // files that lie aside have names by number
};

}  // namespace upyd
