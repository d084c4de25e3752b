#include "upyctl/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace upyctl {
namespace {

[[noreturn]] void fail(const char* action, const std::string& path) {
  throw FileError(std::string("cannot ") + action + " '" + path + "': " + std::strerror(errno));
}

[[noreturn]] void fail_too_large(const std::string& path) {
  throw FileError("'" + path + "' is too large, or has no end: a script and its modules may have " +
                  std::to_string(kMostScriptBytes >> 20) + " MiB together");
}

}  // namespace

OpenFile OpenFile::for_reading(const std::string& path) {
  if (path == kStandardStream) return {path, STDIN_FILENO};
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("read", path);
  return {path, descriptor};
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile::~OpenFile() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
}

size_t OpenFile::read(char* buffer, size_t size) {
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer, size);
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR) fail("read", path_);
  }
}

std::string read_file(const std::string& path, size_t most) {
  OpenFile file = OpenFile::for_reading(path);
  std::string bytes;
  char buffer[65536];
  while (const size_t count = file.read(buffer, sizeof buffer)) {
    bytes.append(buffer, count);
    if (bytes.size() > most) fail_too_large(path);
  }
  return bytes;
}

}  // namespace upyctl
