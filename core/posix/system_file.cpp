#include "posix/system_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace upy {
namespace {

constexpr mode_t kNewFileMode = 0666;

PortError transferred(ssize_t result, size_t& count) {
  count = result < 0 ? 0 : static_cast<size_t>(result);
  return result < 0 ? system_error(errno) : PortError{};
}

}  // namespace

PortError system_error(int number) { return {number, std::strerror(number)}; }

SystemFile::~SystemFile() { SystemFile::close(); }

PortError SystemFile::read(char* buffer, size_t size, size_t& count) { return transferred(::read(descriptor_, buffer, size), count); }

PortError SystemFile::write(const char* data, size_t size, size_t& count) {
  return transferred(::write(descriptor_, data, size), count);
}

PortError SystemFile::seek(int64_t offset, int whence, int64_t& position) {
  position = lseek(descriptor_, offset, whence);
  return position < 0 ? system_error(errno) : PortError{};
}

PortError SystemFile::close() {
  if (descriptor_ < 0) return {};
  const int result = ::close(descriptor_);
  descriptor_ = -1;
  return result < 0 ? system_error(errno) : PortError{};
}

Files::Kind SystemFiles::stat(const std::string& path) {
  struct stat status {};
  if (::stat(path.empty() ? "." : path.c_str(), &status) < 0) return Kind::Absent;
  return S_ISDIR(status.st_mode) ? Kind::Directory : Kind::File;
}

PortError SystemFiles::open(const std::string& path, int flags, std::unique_ptr<File>& file) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, kNewFileMode);
  if (descriptor < 0) return system_error(errno);
  file = std::make_unique<SystemFile>(descriptor);
  return {};
}

}  // namespace upy
