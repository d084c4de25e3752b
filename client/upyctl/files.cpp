#include "upyctl/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace upyctl {
namespace {

/// A descriptor that is closed with it, unless it is one of the standard streams.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void fail(const char* action, const std::string& path) {
  throw FileError(std::string("cannot ") + action + " '" + path + "': " + std::strerror(errno));
}

[[noreturn]] void fail_too_large(const std::string& path) {
  throw FileError("'" + path + "' is too large, or has no end: a script and its modules may have " +
                  std::to_string(kMostScriptBytes >> 20) + " MiB together");
}

int open_file(const char* action, const std::string& path, int flags) {
  constexpr mode_t kMode = 0666;  // the user's umask takes from it
  int fd = open(path.c_str(), flags | O_CLOEXEC, kMode);
  if (fd < 0) fail(action, path);
  return fd;
}

}  // namespace

std::string read_file(const std::string& path, size_t most) {
  Descriptor file(path == kStandardStream ? STDIN_FILENO : open_file("read", path, O_RDONLY));
  std::string bytes;
  char buffer[65536];
  while (true) {
    ssize_t count = read(file.get(), buffer, sizeof buffer);
    if (count == 0) return bytes;
    if (count > 0) {
      bytes.append(buffer, static_cast<size_t>(count));
      if (bytes.size() > most) fail_too_large(path);
    } else if (errno != EINTR) {
      fail("read", path);
    }
  }
}

void write_file(const std::string& path, const std::string& bytes) {
  Descriptor file(open_file("write", path, O_WRONLY | O_CREAT | O_TRUNC));
  for (size_t done = 0; done < bytes.size();) {
    ssize_t count = write(file.get(), bytes.data() + done, bytes.size() - done);
    if (count >= 0) {
      done += static_cast<size_t>(count);
    } else if (errno != EINTR) {
      fail("write", path);
    }
  }
}

}  // namespace upyctl
