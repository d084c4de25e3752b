#include "files/rooted.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "posix/system_directory.h"

namespace upyd::rooted {

using upy::PortError;

namespace {

/// As FileRoot::open_below, of what stays open.
PortError open_to_stay(const FileRoot& root, const std::string& path, int flags, DescriptorUse use, int& descriptor) {
  descriptor = root.open_below(path, flags, (flags & O_CREAT) ? kNewFileMode : 0);
  if (descriptor < 0) return errno == EMFILE ? PortError{EMFILE, kNoDescriptorLeft} : PortError{errno};
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

PortError Entry::open(const FileRoot& root, const std::string& path, Entry& entry) {
  std::string_view place = path;
  while (place.ends_with('/')) place.remove_suffix(1);
  const size_t name = place.rfind('/') + 1;
  entry.name_ = place.substr(name);
  if (entry.name_.empty() || entry.name_ == "." || entry.name_ == "..") return {EINVAL};
  const std::string directory(name == 0 ? "/" : place.substr(0, name));
  entry.directory_ = root.open_below(directory, O_RDONLY | O_DIRECTORY, 0);
  return entry.directory_ < 0 ? PortError{errno} : PortError{};
}

Entry::~Entry() {
  if (directory_ >= 0) close(directory_);
}

bool Entry::look(struct stat& status) const {
  return fstatat(directory_, name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

PortError Entry::sync() const { return upy::error_of(fsync(directory_)); }

}  // namespace upyd::rooted
