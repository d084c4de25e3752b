#include "files/files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "files/path_walk.h"
#include "files/rooted_file.h"
#include "posix/system_directory.h"
#include "system/descriptors.h"

namespace upyd {

using upy::PortError;

namespace {

constexpr mode_t kNewFileMode = 0660, kNewDirectoryMode = 0770;

PortError no_files() { return {EACCES, "this instance has no access to files"}; }
PortError only_reads() { return {EROFS, "this instance may only read files"}; }

int open_by_kernel(int root, const std::string& path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags) | O_CLOEXEC;
  how.mode = mode;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(syscall(SYS_openat2, root, path.c_str(), &how, sizeof(how)));
}

/// Whether the kernel has openat2(2), and the filters of a service manager or a container let it pass.
bool kernel_resolves(int root) {
  const int opened = open_by_kernel(root, "/", O_PATH | O_DIRECTORY, 0);
  if (opened < 0) return false;
  close(opened);
  return true;
}

/// -1, and the reason in `error`, when it can't be.
int open_root(const std::string& path, std::string& error) {
  const int descriptor = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  error = "cannot use '" + path + "' as the scripts' root directory: " + std::strerror(errno);
  if (errno == ENOENT) error += "; make it, or name another in [files] root of the config";
  return descriptor;
}

}  // namespace

std::shared_ptr<FileRoot> FileRoot::open(const std::string& path, std::string& error) {
  const int descriptor = open_root(path, error);
  if (descriptor < 0) return nullptr;
  const Resolver resolver = kernel_resolves(descriptor) ? Resolver::Kernel : Resolver::Walk;
  return std::shared_ptr<FileRoot>(new FileRoot(descriptor, resolver));
}

std::shared_ptr<FileRoot> FileRoot::open(const std::string& path, Resolver resolver, std::string& error) {
  const int descriptor = open_root(path, error);
  return descriptor < 0 ? nullptr : std::shared_ptr<FileRoot>(new FileRoot(descriptor, resolver));
}

FileRoot::~FileRoot() { close(descriptor_); }

int FileRoot::open_below(const std::string& path, int flags, mode_t mode) const {
  if (resolver_ == Resolver::Kernel) {
    const int opened = open_by_kernel(descriptor_, path, flags, mode);
    const bool gave_up = opened < 0 && errno == EAGAIN;  // names changed beside a ".."
    if (!gave_up) return opened;
  }
  return open_by_walk(descriptor_, path, flags, mode);
}

// ---- no files ----

PortError NoFiles::stat(const std::string&, upy::FileStatus&) { return no_files(); }
PortError NoFiles::stat_file_system(const std::string&, upy::FileSystemStatus&) { return no_files(); }
PortError NoFiles::open(const std::string&, int, std::unique_ptr<upy::File>&) { return no_files(); }
PortError NoFiles::open_directory(const std::string&, std::unique_ptr<upy::Directory>&) { return no_files(); }
PortError NoFiles::make_directory(const std::string&) { return no_files(); }
PortError NoFiles::remove_directory(const std::string&) { return no_files(); }
PortError NoFiles::remove(const std::string&) { return no_files(); }
PortError NoFiles::rename(const std::string&, const std::string&) { return no_files(); }
PortError NoFiles::change_directory(const std::string&) { return no_files(); }
PortError NoFiles::current_directory(std::string&) { return no_files(); }

// ---- files below a root ----

RootedFiles::RootedFiles(std::shared_ptr<FileRoot> root, Access access, uint32_t most_open)
    : root_(std::move(root)), access_(access), open_(most_open) {}

std::string RootedFiles::resolve(const std::string& path) const {
  return path.starts_with('/') ? path : current_ + '/' + path;
}

int RootedFiles::open_below(const std::string& path, int flags) const {
  return root_->open_below(resolve(path), flags, (flags & O_CREAT) ? kNewFileMode : 0);
}

PortError RootedFiles::open_to_stay(const std::string& path, int flags, int& descriptor) const {
  descriptor = open_below(path, flags);
  if (descriptor < 0) return errno == EMFILE ? PortError{EMFILE, kNoDescriptorLeft} : PortError{errno};
  if (!is_kept_back(descriptor, DescriptorUse::Script)) return {};
  close(descriptor);
  return {EMFILE, kNoDescriptorLeft};
}

PortError RootedFiles::too_many() const {
  return {EMFILE, "this instance has as many files open as its max_files, " + std::to_string(open_.most()) +
                      "; close some, or create it with more"};
}

template <typename Change>
PortError RootedFiles::change_below(const std::string& path, Change change) const {
  if (access_ != Access::Write) return only_reads();
  std::string place = resolve(path);
  while (place.ends_with('/')) place.pop_back();
  const size_t name = place.rfind('/') + 1;
  const std::string_view last = std::string_view(place).substr(name);
  if (last.empty() || last == "." || last == "..") return {EINVAL};
  const int directory = open_below(place.substr(0, name), O_PATH | O_DIRECTORY);
  if (directory < 0) return {errno};
  const PortError error = change(directory, place.c_str() + name);
  close(directory);
  return error;
}

PortError RootedFiles::stat(const std::string& path, upy::FileStatus& status) {
  const int descriptor = open_below(path, O_PATH);
  if (descriptor < 0) return {errno};
  struct stat found {};
  const PortError error = upy::error_of(fstat(descriptor, &found));
  close(descriptor);
  status = upy::status_of(found);
  return error;
}

PortError RootedFiles::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  const int descriptor = open_below(path, O_PATH);
  if (descriptor < 0) return {errno};
  struct statvfs found {};
  const PortError error = upy::error_of(fstatvfs(descriptor, &found));
  close(descriptor);
  status = upy::status_of(found);
  return error;
}

PortError RootedFiles::open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  if (writes && access_ != Access::Write) return only_reads();
  auto place = open_.take_place();
  if (!place) return too_many();
  int descriptor = -1;
  if (auto error = open_to_stay(path, flags | O_NONBLOCK | O_NOCTTY, descriptor)) return error;
  auto opened = std::make_unique<RootedFile>(descriptor, std::move(*place));
  struct stat status {};
  if (fstat(descriptor, &status) < 0) return {errno};
  if (S_ISDIR(status.st_mode)) return {EISDIR};
  if (!S_ISREG(status.st_mode)) return {EACCES, "only regular files can be opened"};
  file = std::move(opened);
  return {};
}

PortError RootedFiles::open_directory(const std::string& path, std::unique_ptr<upy::Directory>& directory) {
  auto place = open_.take_place();
  if (!place) return too_many();
  int descriptor = -1;
  std::unique_ptr<upy::Directory> opened;
  if (auto error = open_to_stay(path, O_RDONLY | O_DIRECTORY, descriptor)) return error;
  if (auto error = upy::SystemDirectory::open(descriptor, opened)) return error;
  directory = std::make_unique<RootedDirectory>(std::move(opened), std::move(*place));
  return {};
}

PortError RootedFiles::make_directory(const std::string& path) {
  return change_below(
      path, [](int directory, const char* name) { return upy::error_of(mkdirat(directory, name, kNewDirectoryMode)); });
}

PortError RootedFiles::remove_directory(const std::string& path) {
  return change_below(
      path, [](int directory, const char* name) { return upy::error_of(unlinkat(directory, name, AT_REMOVEDIR)); });
}

PortError RootedFiles::remove(const std::string& path) {
  return change_below(path,
                      [](int directory, const char* name) { return upy::error_of(unlinkat(directory, name, 0)); });
}

PortError RootedFiles::rename(const std::string& from, const std::string& to) {
  return change_below(from, [&](int old_directory, const char* old_name) {
    return change_below(to, [&](int new_directory, const char* new_name) {
      return upy::error_of(renameat(old_directory, old_name, new_directory, new_name));
    });
  });
}

PortError RootedFiles::change_directory(const std::string& path) {
  const std::filesystem::path target = std::filesystem::path(resolve(path) + '/').lexically_normal();
  const int descriptor = open_below(target, O_PATH | O_DIRECTORY);
  if (descriptor < 0) return {errno};
  close(descriptor);
  current_ = target == "/" ? "/" : target.parent_path().string();
  return {};
}

PortError RootedFiles::current_directory(std::string& path) {
  path = current_;
  upy::FileStatus status;
  return stat(path, status);
}

}  // namespace upyd
