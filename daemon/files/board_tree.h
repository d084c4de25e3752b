#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "files/file_root.h"
#include "files/file_tree.h"
#include "files/quota.h"

namespace upyd {

/// The files of a board: what is below DIRECTORY/fs, limited by a quota. The directory is made when it is first needed;
/// what is in the making or being removed lies in DIRECTORY/aside, where no path leads.
///
/// The lock is held over each change and what it counts for. No script runs meanwhile, and what takes long (bytes of a
/// new file, its way to the disk, a tree that is being removed) is done without it.
class BoardTree final : public FileTree, public std::enable_shared_from_this<BoardTree> {
 public:
  /// `place` is an open directory, which must outlive this; the board's is called `name` there.
  BoardTree(int place, std::string name, Quota quota)
      : place_(place), name_(std::move(name)), quota_(std::move(quota)) {}

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

  /// From now on it is limited so.
  void set_limits(uint64_t bytes, uint64_t files);
  /// The board is gone: ESTALE from now on. True if its directory was made.
  bool end();

 private:
  class OpenFile;
  class UnfinishedFile;

  /// What `act(root)` answers, under the lock, once the directory is there.
  template <typename Act>
  upy::PortError with_root(Act act);
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
  std::string next_aside() { return "../aside/" + std::to_string(++last_aside_); }

  const int place_;
  const std::string name_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<FileRoot> root_;
  Quota quota_;
  uint64_t last_aside_ = 0;
  bool ended_ = false;
};

}  // namespace upyd
