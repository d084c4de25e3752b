#include "files/tree_walk.h"

#include <fcntl.h>

#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include "posix/system_directory.h"
#include "system/owned_descriptor.h"

namespace upyd {

using upy::PortError;

namespace {

constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

using Names = std::vector<std::string>;

class TreeWalk {
 public:
  explicit TreeWalk(TreeVisitor& visitor) : visitor_(visitor) {}

  PortError run(int root) {
    if (auto error = open(root, ".")) return error;
    while (!ahead_.empty()) {
      if (auto error = ahead_.back().empty() ? go_up() : go_down()) return error;
    }
    return {};
  }

 private:
  PortError go_down() {
    const std::string name = std::move(ahead_.back().back());
    ahead_.back().pop_back();
    if (auto error = visitor_.enter(name)) return error;
    return open(directory_.number(), name);
  }

  PortError go_up() {
    if (auto error = visitor_.leave(directory_.number())) return error;
    ahead_.pop_back();
    if (ahead_.empty()) return {};
    directory_ = OwnedDescriptor(openat(directory_.number(), "..", kFlags));
    return directory_ ? PortError{} : PortError{errno};
  }

  PortError open(int parent, const std::string& name) {
    directory_ = OwnedDescriptor(openat(parent, name.c_str(), kFlags));
    if (!directory_) return {errno};
    ahead_.emplace_back();
    return meet_all();
  }

  PortError meet_all() {
    std::unique_ptr<upy::Directory> entries;
    const int descriptor = openat(directory_.number(), ".", kFlags);
    if (descriptor < 0) return {errno};
    if (auto error = upy::SystemDirectory::open(descriptor, entries)) return error;
    for (upy::DirectoryEntry entry;;) {
      if (auto error = entries->next(entry)) return error;
      if (entry.name.empty()) return {};
      if (auto error = meet(entry.name)) return error;
    }
  }

  PortError meet(const std::string& name) {
    struct stat status {};
    if (fstatat(directory_.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0) return {errno};
    if (!S_ISDIR(status.st_mode)) return visitor_.meet(directory_.number(), name, status);
    ahead_.back().push_back(name);
    return {};
  }

  TreeVisitor& visitor_;
  OwnedDescriptor directory_;  // where the walk is
  std::vector<Names> ahead_;   // directories yet to be entered, in each of those on the way from the root
};

}  // namespace

PortError walk_tree(int root, TreeVisitor& visitor) { return TreeWalk(visitor).run(root); }

}  // namespace upyd
