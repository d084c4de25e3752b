#include "files/file_root.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace upyd {
namespace {

int open_by_kernel(int root, const std::string& path, int flags, mode_t mode, Links links) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags) | O_CLOEXEC;
  how.mode = mode;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  if (links == Links::Refuse) how.resolve |= RESOLVE_NO_SYMLINKS;
  return static_cast<int>(syscall(SYS_openat2, root, path.c_str(), &how, sizeof(how)));
}

}  // namespace

/// Whether the kernel has openat2(2), and the filters of a service manager or a container let it pass.
FileRoot::Resolver FileRoot::best_resolver(int descriptor) {
  const int opened = open_by_kernel(descriptor, "/", O_PATH | O_DIRECTORY, 0, Links::Refuse);
  if (opened < 0) return Resolver::Walk;
  close(opened);
  return Resolver::Kernel;
}

FileRoot::~FileRoot() { close(descriptor_); }

int FileRoot::open_below(const std::string& path, int flags, mode_t mode) const {
  if (resolver_ == Resolver::Kernel) {
    const int opened = open_by_kernel(descriptor_, path, flags, mode, links_);
    const bool gave_up = opened < 0 && errno == EAGAIN;  // names changed beside a ".."
    if (!gave_up) return opened;
  }
  return open_by_walk(descriptor_, path, flags, mode, links_);
}

}  // namespace upyd
