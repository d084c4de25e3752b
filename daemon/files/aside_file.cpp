#include "files/aside_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "posix/system_directory.h"

namespace upyd {

using upy::PortError;

namespace {

/// What gives a file without a name one.
std::string link_to(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

/// -1: there can be none in that directory, or it could not get a name later.
int open_without_name(int directory) {
  const int descriptor = openat(directory, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, rooted::kNewFileMode);
  if (descriptor < 0 || access(link_to(descriptor).c_str(), F_OK) == 0) return descriptor;
  close(descriptor);
  return -1;
}

}  // namespace

PortError AsideFile::open(int directory, std::string name) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  directory_ = directory;
  name_ = std::move(name);
  descriptor_ = OwnedDescriptor(open_without_name(directory_));
  if (!descriptor_) {
    descriptor_ = OwnedDescriptor(openat(directory_, name_.c_str(), kFlags, rooted::kNewFileMode));
    has_name_ = static_cast<bool>(descriptor_);
  }
  if (!descriptor_) return errno == EMFILE ? PortError{EMFILE, kNoDescriptorLeft} : rooted::error_of_making(directory_);
  const bool is_kept = is_kept_back(descriptor_.number(), DescriptorUse::Client);
  return is_kept ? PortError{EMFILE, kNoDescriptorLeft} : PortError{};
}

AsideFile::~AsideFile() {
  if (has_name_) unlinkat(directory_, name_.c_str(), 0);
}

/// Long pieces begin their way to the disk while others come.
PortError AsideFile::write(const char* data, size_t size) {
  constexpr size_t kLong = 64u << 10;
  const auto begin = static_cast<off_t>(size_);
  const size_t all = size;
  while (size > 0) {
    const ssize_t count = ::write(descriptor_.number(), data, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {errno};
    data += count;
    size -= static_cast<size_t>(count);
    size_ += static_cast<uint64_t>(count);
  }
  if (all >= kLong) sync_file_range(descriptor_.number(), begin, static_cast<off_t>(all), SYNC_FILE_RANGE_WRITE);
  return {};
}

PortError AsideFile::sync() { return upy::error_of(fdatasync(descriptor_.number())); }

PortError AsideFile::finish() {
  if (auto error = sync()) return error;
  if (auto error = give_name()) return error;
  descriptor_ = OwnedDescriptor();
  return {};
}

PortError AsideFile::give_name() {
  if (has_name_) return {};
  const std::string link = link_to(descriptor_.number());
  if (linkat(AT_FDCWD, link.c_str(), directory_, name_.c_str(), AT_SYMLINK_FOLLOW) < 0) {
    return rooted::error_of_making(directory_);
  }
  has_name_ = true;
  return {};
}

PortError AsideFile::move_to(const rooted::Entry& entry, FileTree::Replace replace) {
  if (auto error = give_name()) return error;
  const unsigned flags = replace == FileTree::Replace::Refused ? RENAME_NOREPLACE : 0;
  if (renameat2(directory_, name_.c_str(), entry.directory(), entry.name(), flags) < 0) return {errno};
  has_name_ = false;
  return {};
}

}  // namespace upyd
