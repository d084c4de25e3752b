#include "system/small_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "posix/system_directory.h"
#include "system/owned_descriptor.h"

namespace upyd {

using upy::error_of;
using upy::PortError;

namespace {

constexpr mode_t kMode = 0640;

PortError write_all(int file, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t count = write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) return {errno};
    if (count > 0) done += static_cast<size_t>(count);
  }
  return {};
}

/// A file that is on the disk, but for its name.
PortError write_file(int directory, const std::string& path, const std::string& text) {
  const OwnedDescriptor file(
      openat(directory, path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, kMode));
  if (!file) return {errno};
  if (auto error = write_all(file.number(), text)) return error;
  return error_of(fsync(file.number()));
}

/// /dev/null, which is an empty file to many.
bool is_null(const struct stat& about) {
  constexpr unsigned kMajor = 1, kMinor = 3;
  return S_ISCHR(about.st_mode) && about.st_rdev == makedev(kMajor, kMinor);
}

}  // namespace

/// Without O_NONBLOCK a FIFO would be waited for.
PortError read_small_file(int directory, const std::string& path, LastLink link, size_t most, std::string& text) {
  const int refuse = link == LastLink::Refuse ? O_NOFOLLOW : 0;
  const OwnedDescriptor file(openat(directory, path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | refuse));
  if (!file) return {errno};
  struct stat about {};
  if (fstat(file.number(), &about) < 0) return {errno};
  if (!S_ISREG(about.st_mode) && !is_null(about)) return {EINVAL};
  text.resize(most + 1);
  size_t size = 0;
  for (ssize_t count = 1; count != 0 && size < text.size();) {
    count = read(file.number(), text.data() + size, text.size() - size);
    if (count < 0 && errno != EINTR) return {errno};
    if (count > 0) size += static_cast<size_t>(count);
  }
  if (size > most) return {EFBIG};
  text.resize(size);
  return {};
}

PortError replace_small_file(int directory, const std::string& aside, const std::string& name,
                             const std::string& text) {
  if (auto error = write_file(directory, aside, text)) return error;
  if (renameat(directory, aside.c_str(), directory, name.c_str()) < 0) return {errno};
  return error_of(fsync(directory));
}

std::string why_unreadable(const PortError& error) {
  switch (error.number) {
    case EINVAL:
      return "it is no regular file";
    case EFBIG:
      return "it is too large";
    case ELOOP:
      return "it is a link";
    default:
      return std::strerror(error.number);
  }
}

}  // namespace upyd
