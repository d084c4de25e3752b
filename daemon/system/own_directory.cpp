#include "system/own_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace upyd {

OwnedDescriptor open_own_directory(const std::string& path) {
  OwnedDescriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!directory || fstat(directory.number(), &status) != 0) return OwnedDescriptor();
  const bool is_own = status.st_uid == 0 || status.st_uid == geteuid();
  if (is_own && !(status.st_mode & S_IWOTH)) return directory;
  errno = EPERM;
  return OwnedDescriptor();
}

std::string path_in(const OwnedDescriptor& directory, const std::string& name) {
  return "/proc/self/fd/" + std::to_string(directory.number()) + "/" + name;
}

}  // namespace upyd
