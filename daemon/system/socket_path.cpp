#include "system/socket_path.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "system/listen_error.h"

namespace upyd {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw ListenError("cannot listen on unix://" + path + ": " + why);
}

/// Whether somebody listens there; throws if that can't be found out.
bool answers(const std::string& path) {
  sockaddr_un address{.sun_family = AF_UNIX};
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) fail(path, std::strerror(errno));
  const int result = connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  const int error = errno;
  close(descriptor);
  if (result == 0 || error == EAGAIN) return true;  // at once, or when those before have been taken
  if (error == ECONNREFUSED || error == ENOENT) return false;
  fail(path, std::strerror(error));
}

}  // namespace

void make_socket_directory(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path();
  if (mkdir(directory.c_str(), 0755) != 0 && errno != EEXIST) {
    fail(path, "there is no directory " + directory + ", and it can't be made: " + std::strerror(errno));
  }
}

void free_socket_path(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) fail(path, std::strerror(errno));
    return;
  }
  if (!S_ISSOCK(status.st_mode))
    fail(path, "there is a file of that name which is not a socket; remove it or choose another path");
  if (answers(path)) fail(path, "another program already listens there");
  if (unlink(path.c_str()) != 0)
    fail(path, std::string("cannot remove the socket a daemon left behind: ") + std::strerror(errno));
}

}  // namespace upyd
