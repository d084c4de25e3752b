#include "files/aside_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "posix/system_directory.h"

namespace upyd {

using upy::PortError;

PortError AsideFile::open(int directory, std::string name) {
  directory_ = directory;
  name_ = std::move(name);
  descriptor_ =
      openat(directory_, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, rooted::kNewFileMode);
  if (descriptor_ < 0) return errno == EMFILE ? PortError{EMFILE, kNoDescriptorLeft} : PortError{errno};
  return is_kept_back(descriptor_, DescriptorUse::Client) ? PortError{EMFILE, kNoDescriptorLeft} : PortError{};
}

AsideFile::~AsideFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  if (!name_.empty()) unlinkat(directory_, name_.c_str(), 0);
}

PortError AsideFile::write(const char* data, size_t size) {
  while (size > 0) {
    const ssize_t count = ::write(descriptor_, data, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {errno};
    data += count;
    size -= static_cast<size_t>(count);
    size_ += static_cast<uint64_t>(count);
  }
  return {};
}

PortError AsideFile::sync() { return upy::error_of(fdatasync(descriptor_)); }

PortError AsideFile::move_to(const rooted::Entry& entry, FileTree::Replace replace) {
  const unsigned flags = replace == FileTree::Replace::Refused ? RENAME_NOREPLACE : 0;
  if (renameat2(directory_, name_.c_str(), entry.directory(), entry.name(), flags) < 0) return {errno};
  name_.clear();
  return {};
}

}  // namespace upyd
