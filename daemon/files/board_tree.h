#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "files/file_root.h"
#include "files/file_tree.h"
#include "files/quota.h"
#include "system/owned_descriptor.h"

namespace upyd {

/// The files of a board: what is below DIRECTORY/fs, limited by a quota. The directory is made when it is first needed;
/// what is in the making or being removed lies in DIRECTORY/aside, where no path leads.
///
/// The lock is held over each change and what it counts for. No script runs meanwhile, and what takes long (bytes of a
/// new file, its way to the disk, a tree that is being removed) is done without it; but for a deployment, which puts
/// another directory in place of DIRECTORY/fs.
class BoardTree final : public FileTree, public std::enable_shared_from_this<BoardTree> {
 public:
  /// `place` is an open directory, which must outlive this; the board's is called `name` there.
  BoardTree(int place, std::string name, Quota quota)
      : place_(place), name_(std::move(name)), quota_(std::make_shared<Quota>(std::move(quota))) {}

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

  /// From now on it is limited so.
  void set_limits(uint64_t bytes, uint64_t files);
  /// The board is gone: ESTALE from now on.
  void end();
  /// The same, once `move` has put its directory away, during which nobody uses it. If that fails all stays as it is.
  upy::PortError end_by(const std::function<upy::PortError()>& move);

 private:
  class OpenFile;
  class UnfinishedFile;
  class BoardDeployment;

  /// What `act(root)` answers, under the lock, once the directory is there.
  template <typename Act>
  upy::PortError with_root(Act act) {
    std::lock_guard lock(mutex_);
    if (ended_) return gone();
    if (!root_) {
      if (auto error = make_root()) return error;
    }
    return act(*root_);
  }
  static upy::PortError gone();
  /// The API's paths are text: what could not be told may not be there.
  static upy::PortError check_text(const std::string& path);
  upy::PortError make_root();
  /// Whether its directory was never made. Who looks for a file finds none then, and it is not made for that: there are
  /// instances that never have one.
  bool is_empty();
  /// The same of `change(entry)` for what `path` names.
  template <typename Change>
  upy::PortError change_below(const std::string& path, Change change);
  /// Opens a file, which is made if need be.
  upy::PortError open_or_make(const FileRoot& root, const std::string& path, int flags, DescriptorUse use,
                              int& descriptor, struct stat& status);
  upy::PortError unlink(int directory, const char* name, int flags);
  /// Opens the directory for what lies aside, and chooses a name in it.
  upy::PortError choose_aside(OwnedDescriptor& place, std::string& name);
  /// Has another root, once it is on the disk, in place of the present one, which gets its name in the open directory
  /// `aside`. Under the lock.
  upy::PortError exchange_root(std::shared_ptr<FileRoot> root, int aside, const std::string& name);

  const int place_;
  const std::string name_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<FileRoot> root_;
  std::shared_ptr<Quota> quota_;  // never null; that of the present root
  uint64_t last_aside_ = 0;
  std::atomic<bool> ended_ = false;  // who only reads a file asks without the lock
};

}  // namespace upyd
