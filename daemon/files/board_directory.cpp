#include "files/board_directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace upyd {
namespace {

constexpr mode_t kBoardMode = 0700;  // what scripts make in it has the modes of files anyway
constexpr mode_t kStateMode = 0750;

[[noreturn]] void fail(int error, const std::filesystem::path& path) {
  throw std::system_error(error, std::generic_category(), path);
}

}  // namespace

upy::PortError open_board_directory(int boards, const std::string& name, OwnedDescriptor& board) {
  mkdirat(boards, name.c_str(), kBoardMode);
  board = OwnedDescriptor(openat(boards, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!board) return {errno};
  for (const char* part : {"fs", "aside"}) {
    if (mkdirat(board.number(), part, kBoardMode) < 0 && errno != EEXIST) return {errno};
  }
  return {};
}

void make_durable_directories(const std::string& path) {
  std::filesystem::path directory;
  for (const auto& part : std::filesystem::absolute(path)) {
    const std::filesystem::path parent = directory;
    directory /= part;
    if (mkdir(directory.c_str(), kStateMode) < 0) {
      const int error = errno;
      std::error_code ignored;
      if (std::filesystem::is_directory(directory, ignored)) continue;
      fail(error, directory);
    }
    const OwnedDescriptor opened(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || fsync(opened.number()) < 0) fail(errno, parent);
  }
}

}  // namespace upyd
