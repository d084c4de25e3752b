#include "posix/system_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "posix/system_directory.h"
#include "posix/system_file.h"

namespace upy {
namespace {

constexpr mode_t kNewFileMode = 0666, kNewDirectoryMode = 0777;

}  // namespace

std::string SystemFiles::resolve(const std::string& path) const {
  if (path.starts_with('/')) return path;
  if (current_.empty()) return path.empty() ? "." : path;
  return current_ + '/' + path;
}

PortError SystemFiles::stat(const std::string& path, FileStatus& status) {
  struct stat found {};
  const int result = ::stat(resolve(path).c_str(), &found);
  status = status_of(found);
  return error_of(result);
}

PortError SystemFiles::stat_file_system(const std::string& path, FileSystemStatus& status) {
  struct statvfs found {};
  const int result = statvfs(resolve(path).c_str(), &found);
  status = status_of(found);
  return error_of(result);
}

PortError SystemFiles::open(const std::string& path, int flags, std::unique_ptr<File>& file) {
  const int descriptor = ::open(resolve(path).c_str(), flags | O_CLOEXEC, kNewFileMode);
  if (descriptor >= 0) file = std::make_unique<SystemFile>(descriptor);
  return error_of(descriptor);
}

PortError SystemFiles::open_directory(const std::string& path, std::unique_ptr<Directory>& directory) {
  const int descriptor = ::open(resolve(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return descriptor < 0 ? error_of(descriptor) : SystemDirectory::open(descriptor, directory);
}

PortError SystemFiles::make_directory(const std::string& path) {
  return error_of(mkdir(resolve(path).c_str(), kNewDirectoryMode));
}

PortError SystemFiles::remove_directory(const std::string& path) { return error_of(rmdir(resolve(path).c_str())); }

PortError SystemFiles::remove(const std::string& path) { return error_of(unlink(resolve(path).c_str())); }

PortError SystemFiles::rename(const std::string& from, const std::string& to) {
  return error_of(::rename(resolve(from).c_str(), resolve(to).c_str()));
}

PortError SystemFiles::change_directory(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(resolve(path), error);
  if (error) return {error.value()};
  if (kind(target) != Kind::Directory) return {ENOTDIR};
  current_ = target;
  return {};
}

PortError SystemFiles::current_directory(std::string& path) {
  std::error_code error;
  path = current_.empty() ? std::filesystem::current_path(error).string() : current_;
  FileStatus status;
  return error ? PortError{error.value()} : stat(path, status);
}

}  // namespace upy
