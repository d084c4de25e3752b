#pragma once

#include "files/file_tree.h"

namespace upyd {

/// The tree of an instance that has no files of its own: an empty directory that can't be changed.
class NoTree final : public FileTree {
 public:
  /// `reason` is what those are told who want to make something.
  explicit NoTree(std::string reason) : reason_(std::move(reason)) {}

  upy::PortError stat(const std::string& path, upy::FileStatus& status) override;
  upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) override;
  upy::PortError open(const std::string& path, int flags, DescriptorUse use, std::unique_ptr<upy::File>& file) override;
  upy::PortError open_directory(const std::string& path, DescriptorUse use,
                                std::unique_ptr<upy::Directory>& directory) override;
  upy::PortError make_directory(const std::string& path) override { return refusal(path); }
  upy::PortError remove_directory(const std::string&) override { return absent(); }
  upy::PortError remove(const std::string&) override { return absent(); }
  upy::PortError remove_all(const std::string&) override { return absent(); }
  upy::PortError rename(const std::string&, const std::string&) override { return absent(); }
  upy::PortError begin_file(const std::string& path, Replace, std::unique_ptr<NewFile>&) override {
    return refusal(path);
  }
  upy::PortError begin_deployment(Others, std::unique_ptr<Deployment>&) override { return refusal("/"); }

 private:
  static upy::PortError absent();
  /// Why nothing can be made there.
  upy::PortError refusal(const std::string& path) const;

  const std::string reason_;
};

}  // namespace upyd
