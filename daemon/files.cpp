#include "files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "posix/system_file.h"

namespace upyd {
namespace {

constexpr mode_t kNewFileMode = 0660;

/// Opens `path` as if the root were "/". Returns -1 and sets errno.
int open_below(int root, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags) | O_CLOEXEC;
  how.mode = (flags & O_CREAT) ? kNewFileMode : 0;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  const std::string& name = path.empty() ? "." : path;
  return static_cast<int>(syscall(SYS_openat2, root, name.c_str(), &how, sizeof(how)));
}

}  // namespace

std::shared_ptr<FileRoot> FileRoot::open(const std::string& path, std::string& error) {
  const int descriptor = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) return std::shared_ptr<FileRoot>(new FileRoot(descriptor));
  error = "cannot use '" + path + "' as the scripts' root directory: " + std::strerror(errno);
  return nullptr;
}

FileRoot::~FileRoot() { close(descriptor_); }

upy::Files::Kind NoFiles::stat(const std::string&) { return Kind::Absent; }

upy::PortError NoFiles::open(const std::string&, int, std::unique_ptr<upy::File>&) {
  return {EACCES, "this instance has no access to files"};
}

RootedFiles::RootedFiles(std::shared_ptr<FileRoot> root, Access access) : root_(std::move(root)), access_(access) {}

upy::Files::Kind RootedFiles::stat(const std::string& path) {
  const int descriptor = open_below(root_->descriptor(), path, O_PATH);
  if (descriptor < 0) return Kind::Absent;
  struct stat status {};
  const bool known = fstat(descriptor, &status) == 0;
  close(descriptor);
  if (!known) return Kind::Absent;
  return S_ISDIR(status.st_mode) ? Kind::Directory : Kind::File;
}

upy::PortError RootedFiles::open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  if (writes && access_ != Access::Write) return {EROFS, "this instance may only read files"};
  const int descriptor = open_below(root_->descriptor(), path, flags | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return upy::system_error(errno);
  auto opened = std::make_unique<upy::SystemFile>(descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) < 0) return upy::system_error(errno);
  if (S_ISDIR(status.st_mode)) return upy::system_error(EISDIR);
  if (!S_ISREG(status.st_mode)) return {EACCES, "only regular files can be opened"};
  file = std::move(opened);
  return {};
}

}  // namespace upyd
