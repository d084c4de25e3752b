#include "files/tree_copy.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/rooted.h"
#include "files/tree_walk.h"
#include "posix/system_directory.h"
#include "system/owned_descriptor.h"

namespace upyd {

using upy::error_of;
using upy::PortError;

namespace {

constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

PortError copy_bytes(int from, int to) {
  constexpr size_t kMost = 1u << 30;
  for (ssize_t count = 1; count != 0;) {
    count = sendfile(to, from, nullptr, kMost);
    if (count < 0 && errno != EINTR) return {errno};
  }
  return error_of(fsync(to));
}

PortError copy_file(int from, const std::string& name, int to, mode_t mode) {
  const OwnedDescriptor source(openat(from, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!source) return {errno};
  const OwnedDescriptor copy(
      openat(to, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & ALLPERMS));
  if (!copy) return rooted::error_of_making(to);
  return copy_bytes(source.number(), copy.number());
}

/// Makes in `to_` what it meets; goes along with the walk.
class Copier final : public TreeVisitor {
 public:
  explicit Copier(int to) : to_(openat(to, ".", kFlags)) {}

  PortError meet(int directory, const std::string& name, const struct stat& status) override {
    if (!S_ISREG(status.st_mode)) return {};
    if (linkat(directory, name.c_str(), to_.number(), name.c_str(), 0) == 0) return {};
    const bool has_no_links = errno == EPERM || errno == EMLINK || errno == EOPNOTSUPP || errno == ENOSYS;
    if (!has_no_links) return rooted::error_of_making(to_.number());
    return copy_file(directory, name, to_.number(), status.st_mode);
  }

  PortError enter(const std::string& name) override {
    if (mkdirat(to_.number(), name.c_str(), rooted::kNewDirectoryMode) < 0) {
      return rooted::error_of_making(to_.number());
    }
    return go(name.c_str());
  }

  PortError leave(int) override { return go(".."); }

 private:
  PortError go(const char* where) {
    to_ = OwnedDescriptor(openat(to_.number(), where, kFlags));
    return to_ ? PortError{} : PortError{errno};
  }

  OwnedDescriptor to_;
};

class Syncer final : public TreeVisitor {
 public:
  PortError meet(int, const std::string&, const struct stat&) override { return {}; }
  PortError enter(const std::string&) override { return {}; }
  PortError leave(int directory) override { return error_of(fsync(directory)); }
};

}  // namespace

PortError copy_tree(int from, int to) {
  Copier copier(to);
  return walk_tree(from, copier);
}

PortError sync_directories(int root) {
  Syncer syncer;
  return walk_tree(root, syncer);
}

}  // namespace upyd
