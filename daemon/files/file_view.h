#pragma once

#include <optional>
#include <vector>

#include "files/file_tree.h"

namespace upyd {

/// All files that an instance sees: a tree of its own, and others mounted on names in its root, which hide what has
/// that name there. ".." leads from the root of a mounted tree to the root of all.
class FileView final : public FileTree {
 public:
  struct Mount {
    std::string name;
    std::shared_ptr<FileTree> tree;
  };
  FileView(std::shared_ptr<FileTree> own, std::vector<Mount> mounts)
      : own_(std::move(own)), mounts_(std::move(mounts)) {}

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
  /// In the own tree.
  upy::PortError begin_deployment(Others others, std::unique_ptr<Deployment>& deployment) override {
    return own_->begin_deployment(others, deployment);
  }
  /// A path as a deployment takes it; EXDEV if it is of no file in the own tree.
  upy::PortError find_own(const std::string& path, std::string& own_path) const;

  /// Where the file system that `path` lies in is mounted.
  std::string mount_point(const std::string& path) const;

 private:
  /// Where a path leads.
  struct Place {
    const Mount* mount = nullptr;  ///< null: the own tree
    std::string path;              ///< in the tree
    size_t depth = 0;              ///< below the root of the tree
    bool is_root() const { return depth == 0; }
  };
  Place find(const std::string& path) const;
  static upy::PortError busy(const Place& place);
  FileTree& tree_of(const Place& place) const { return place.mount ? *place.mount->tree : *own_; }
  const Mount* mount_named(std::string_view name) const;

  const std::shared_ptr<FileTree> own_;
  const std::vector<Mount> mounts_;
};

}  // namespace upyd
