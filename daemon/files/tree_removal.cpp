#include "files/tree_removal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "posix/system_directory.h"

namespace upyd {

using upy::PortError;

namespace {

class TreeRemoval {
 public:
  TreeRemoval(int place, const std::string& name, const Unlink& unlink) : place_(place), name_(name), unlink_(unlink) {}

  PortError run() {
    for (uint64_t i = 0; i <= moved_; ++i) {
      if (auto error = remove(place_name(i))) return error;
    }
    return {};
  }

 private:
  std::string place_name(uint64_t i) const { return i == 0 ? name_ : name_ + '.' + std::to_string(i); }

  PortError remove(const std::string& directory) {
    const int descriptor = openat(place_, directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return {errno};
    if (auto error = empty(descriptor)) return error;
    return upy::error_of(unlink_(place_, directory.c_str(), AT_REMOVEDIR));
  }

  PortError empty(int descriptor) {
    std::unique_ptr<upy::Directory> directory;
    if (auto error = upy::SystemDirectory::open(descriptor, directory)) return error;
    for (upy::DirectoryEntry entry;;) {
      if (auto error = directory->next(entry)) return error;
      if (entry.name.empty()) return {};
      if (unlink_(descriptor, entry.name.c_str(), 0) == 0) continue;
      if (errno != EISDIR) return {errno};
      if (auto error = move_up(descriptor, entry.name)) return error;
    }
  }

  /// A name that is taken is of a removal that was never completed; it is removed with what is moved here.
  PortError move_up(int directory, const std::string& name) {
    int moved = -1;
    do {
      moved = renameat(directory, name.c_str(), place_, place_name(++moved_).c_str());
    } while (moved < 0 && (errno == EEXIST || errno == ENOTEMPTY));
    return upy::error_of(moved);
  }

  const int place_;
  const std::string& name_;
  const Unlink& unlink_;
  uint64_t moved_ = 0;
};

}  // namespace

PortError remove_tree(int place, const std::string& name, const Unlink& unlink) {
  return TreeRemoval(place, name, unlink).run();
}

}  // namespace upyd
