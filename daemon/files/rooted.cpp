#include "files/rooted.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "posix/system_directory.h"

namespace upyd::rooted {

using upy::PortError;

namespace {

/// As FileRoot::open_below, of what stays open.
PortError open_to_stay(const FileRoot& root, const std::string& path, int flags, DescriptorUse use, int& descriptor) {
  descriptor = root.open_below(path, flags, (flags & O_CREAT) ? kNewFileMode : 0);
  if (descriptor < 0)
    return errno == EMFILE ? PortError{EMFILE, kNoDescriptorLeft} : error_of_making(root.descriptor());
  if (!is_kept_back(descriptor, use)) return {};
  close(descriptor);
  return {EMFILE, kNoDescriptorLeft};
}

}  // namespace

PortError stat(const FileRoot& root, const std::string& path, upy::FileStatus& status) {
  const int flags = root.links() == Links::Refuse ? O_PATH | O_NOFOLLOW : O_PATH;
  const int descriptor = root.open_below(path, flags, 0);
  if (descriptor < 0) return {errno};
  struct stat found {};
  const PortError error = upy::error_of(fstat(descriptor, &found));
  close(descriptor);
  status = upy::status_of(found);
  return error;
}

PortError stat_file_system(const FileRoot& root, const std::string& path, upy::FileSystemStatus& status) {
  const int descriptor = root.open_below(path, O_PATH, 0);
  if (descriptor < 0) return {errno};
  struct statvfs found {};
  const PortError error = upy::error_of(fstatvfs(descriptor, &found));
  close(descriptor);
  status = upy::status_of(found);
  return error;
}

PortError open_file(const FileRoot& root, const std::string& path, int flags, DescriptorUse use, int& descriptor,
                    struct stat& status) {
  if (auto error = open_to_stay(root, path, flags | O_NONBLOCK | O_NOCTTY, use, descriptor)) return error;
  PortError error = upy::error_of(fstat(descriptor, &status));
  if (!error && S_ISDIR(status.st_mode)) error = {EISDIR};
  if (!error && !S_ISREG(status.st_mode)) error = {EACCES, "only regular files can be opened"};
  if (error) close(descriptor);
  return error;
}

PortError open_directory(const FileRoot& root, const std::string& path, DescriptorUse use,
                         std::unique_ptr<upy::Directory>& directory) {
  int descriptor = -1;
  if (auto error = open_to_stay(root, path, O_RDONLY | O_DIRECTORY, use, descriptor)) return error;
  return upy::SystemDirectory::open(descriptor, directory);
}

PortError check_replaceable(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return {};
  if (S_ISDIR(status.st_mode)) return {EISDIR};
  if (S_ISLNK(status.st_mode)) return {ELOOP};
  return {EACCES, "it is a FIFO, a socket or a device, which no file takes the place of; remove it first"};
}

PortError error_of_making(int directory) {
  const int number = errno;
  struct statvfs disk {};
  const bool has_no_inode =
      number == ENOSPC && fstatvfs(directory, &disk) == 0 && disk.f_files > 0 && disk.f_favail == 0;
  if (has_no_inode) return {ENOSPC, "the disk has no inodes left for further files; remove some, whatever their size"};
  return {number};
}

PortError Entry::open(const FileRoot& root, const std::string& path, Entry& entry) {
  std::string_view place = path;
  while (place.ends_with('/')) place.remove_suffix(1);
  const size_t name = place.rfind('/') + 1;
  entry.name_ = place.substr(name);
  if (entry.name_.empty() || entry.name_ == "." || entry.name_ == "..") return {EINVAL};
  const std::string directory(name == 0 ? "/" : place.substr(0, name));
  entry.directory_ = OwnedDescriptor(root.open_below(directory, O_RDONLY | O_DIRECTORY, 0));
  return entry.directory_ ? PortError{} : PortError{errno};
}

PortError Entry::open_file(const FileRoot& root, std::string path, Entry& entry) {
  constexpr int kMostLinks = 40;  // as Linux has it
  for (int links = 0; links <= kMostLinks; ++links) {
    const PortError error = open(root, path, entry);
    if (error) return links > 0 && error.number == EINVAL ? PortError{EISDIR} : error;
    struct stat status {};
    if (!entry.look(status)) {
      if (errno != ENOENT) return {errno};
      return links > 0 ? PortError{ENOENT, "it is a symbolic link to what is not there"} : PortError{};
    }
    if (!S_ISLNK(status.st_mode) || root.links() == Links::Refuse) return check_replaceable(status);
    if (auto failed = entry.follow(path)) return failed;
  }
  return {ELOOP, "it is a symbolic link to too many others"};
}

/// Of `path`, which leads to the link here, makes the one that it leads on to.
PortError Entry::follow(std::string& path) const {
  char target[PATH_MAX];
  const ssize_t length = readlinkat(directory(), name(), target, sizeof target);
  if (length < 0) return {errno};
  const std::string_view link(target, static_cast<size_t>(length));
  while (path.ends_with('/')) path.pop_back();
  path.resize(link.starts_with('/') ? 0 : path.rfind('/') + 1);
  path += link;
  return {};
}

bool Entry::look(struct stat& status) const { return fstatat(directory(), name(), &status, AT_SYMLINK_NOFOLLOW) == 0; }

PortError Entry::sync() const { return upy::error_of(fsync(directory())); }

}  // namespace upyd::rooted
