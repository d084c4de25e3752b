#include "posix/system_directory.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace upy {

PortError error_of(int result) { return result < 0 ? PortError{errno} : PortError{}; }

PortError SystemDirectory::open(int descriptor, std::unique_ptr<Directory>& directory) {
  DIR* stream = fdopendir(descriptor);
  if (!stream) {
    const PortError error{errno};
    close(descriptor);
    return error;
  }
  directory.reset(new SystemDirectory(stream));
  return {};
}

PortError SystemDirectory::next(DirectoryEntry& entry) {
  while (true) {
    errno = 0;
    const dirent* found = readdir(stream_);
    if (!found) {
      entry = {};
      return {errno};
    }
    const std::string_view name = found->d_name;
    if (name == "." || name == "..") continue;
    entry = {std::string(name), DTTOIF(found->d_type), found->d_ino};
    return {};
  }
}

FileStatus status_of(const struct stat& status) {
  return {.mode = status.st_mode,
          .inode = status.st_ino,
          .device = status.st_dev,
          .links = status.st_nlink,
          .owner = status.st_uid,
          .group = status.st_gid,
          .size = status.st_size,
          .accessed_s = status.st_atim.tv_sec,
          .modified_s = status.st_mtim.tv_sec,
          .changed_s = status.st_ctim.tv_sec};
}

FileSystemStatus status_of(const struct statvfs& status) {
  return {.block_size = status.f_bsize,
          .fragment_size = status.f_frsize,
          .blocks = status.f_blocks,
          .free_blocks = status.f_bfree,
          .available_blocks = status.f_bavail,
          .files = status.f_files,
          .free_files = status.f_ffree,
          .available_files = status.f_favail,
          .flags = status.f_flag,
          .name_max = status.f_namemax};
}

}  // namespace upy
