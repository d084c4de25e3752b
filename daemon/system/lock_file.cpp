#include "system/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace upyd {
namespace {

/// Nobody else may open it, and so lock it.
constexpr mode_t kMode = 0600;

[[noreturn]] void fail(const std::string& path, int descriptor, const std::string& why) {
  if (descriptor >= 0) close(descriptor);
  throw LockError("cannot lock " + path + ": " + why);
}

/// Whether the path leads to the open file.
bool is_at(const std::string& path, int descriptor) {
  struct stat opened {
  }, found{};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &found) == 0 && opened.st_dev == found.st_dev &&
         opened.st_ino == found.st_ino;
}

std::string holder(int descriptor) {
  char text[32];
  const ssize_t size = pread(descriptor, text, sizeof text, 0);
  const std::string number(text, size < 0 ? 0 : static_cast<size_t>(size));
  return (number.empty() ? "another process" : "process " + number) + " holds it";
}

/// Then it is somebody's file that is to be overwritten: a link that others have put there.
bool has_other_names(int descriptor) {
  struct stat opened {};
  return fstat(descriptor, &opened) != 0 || opened.st_nlink > 1;
}

/// An open and locked file; it may not be the one at the path any more.
int open_locked(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, kMode);
  if (descriptor < 0) fail(path, -1, std::strerror(errno));
  if (has_other_names(descriptor)) fail(path, descriptor, "it is a file that has another name, too; remove it");
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int error = errno;
  fail(path, descriptor, error == EWOULDBLOCK ? holder(descriptor) : std::strerror(error));
}

}  // namespace

LockFile::LockFile(std::string path) : path_(std::move(path)), descriptor_(open_locked(path_)) {
  while (!is_at(path_, descriptor_)) {  // who held it before removed it in the meantime
    close(descriptor_);
    descriptor_ = open_locked(path_);
  }
  // On a full disk nobody learns who holds it; the lock holds all the same.
  const std::string number = std::to_string(getpid());
  if (ftruncate(descriptor_, 0) == 0) (void)!pwrite(descriptor_, number.data(), number.size(), 0);
}

LockFile::~LockFile() {
  unlink(path_.c_str());
  close(descriptor_);
}

}  // namespace upyd
