#include "files/no_tree.h"

#include <fcntl.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <climits>

namespace upyd {

using upy::PortError;

namespace {

class EmptyDirectory final : public upy::Directory {
 public:
  PortError next(upy::DirectoryEntry& entry) override {
    entry = {};
    return {};
  }
};

/// ENOENT of whatever is named but the root.
PortError find(const std::string& path) {
  return path.find_first_not_of("/.") == std::string::npos ? PortError{} : PortError{ENOENT};
}

}  // namespace

PortError NoTree::absent() { return {ENOENT}; }

PortError NoTree::refusal(const std::string& path) const {
  const bool is_in_root = path.find('/', path.find_first_not_of('/')) == std::string::npos;
  return is_in_root ? PortError{EROFS, reason_} : absent();
}

PortError NoTree::stat(const std::string& path, upy::FileStatus& status) {
  if (auto error = find(path)) return error;
  status = {.mode = S_IFDIR | S_IRUSR | S_IXUSR, .links = 1};
  return {};
}

PortError NoTree::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  status = {.block_size = 512, .fragment_size = 512, .flags = ST_RDONLY, .name_max = NAME_MAX};
  return find(path);
}

PortError NoTree::open(const std::string& path, int flags, DescriptorUse, std::unique_ptr<upy::File>&) {
  if (!find(path)) return {EISDIR};
  return (flags & O_CREAT) ? refusal(path) : absent();
}

PortError NoTree::open_directory(const std::string& path, DescriptorUse, std::unique_ptr<upy::Directory>& directory) {
  if (auto error = find(path)) return error;
  directory = std::make_unique<EmptyDirectory>();
  return {};
}

}  // namespace upyd
