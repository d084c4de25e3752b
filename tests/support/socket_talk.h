#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>
#include <string_view>

namespace test_support {

/// A connection to the Unix socket at a path: the descriptor, or -1.
inline int connect_to(const std::string& path) {
  sockaddr_un address{.sun_family = AF_UNIX};
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

/// A connection to a Unix socket.
class SocketTalk {
 public:
  explicit SocketTalk(const std::string& path) : fd_(connect_to(path)) {}
  ~SocketTalk() { close(fd_); }
  SocketTalk(const SocketTalk&) = delete;
  SocketTalk& operator=(const SocketTalk&) = delete;

  bool connected() const { return fd_ >= 0; }
  /// What the other end does not take any more is lost.
  void send(std::string_view text) const { (void)::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }
  /// All until the other end closes; what has come by then, if it does not do so in time.
  std::string read_all(std::chrono::milliseconds patience = std::chrono::seconds(20)) const {
    std::string text;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    char part[64 << 10];
    while (waits_until(deadline)) {
      const ssize_t size = read(fd_, part, sizeof part);
      if (size <= 0) break;
      text.append(part, static_cast<size_t>(size));
    }
    return text;
  }

 private:
  bool waits_until(std::chrono::steady_clock::time_point deadline) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd waiting{fd_, POLLIN, 0};
    return connected() && left > 0 && poll(&waiting, 1, static_cast<int>(left)) > 0;
  }

  const int fd_;  // negative: not connected
};

}  // namespace test_support
