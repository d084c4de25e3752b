#include "boards/record_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/board_directory.h"
#include "posix/system_directory.h"
#include "system/owned_descriptor.h"

namespace upyd {

using upy::error_of;
using upy::PortError;

namespace {

constexpr size_t kLongestRecord = 1u << 20;
constexpr mode_t kRecordMode = 0640;

PortError write_all(int file, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t count = write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) return {errno};
    if (count > 0) done += static_cast<size_t>(count);
  }
  return {};
}

/// A file that is on the disk, but for its name.
PortError write_file(int directory, const char* path, const std::string& text) {
  const OwnedDescriptor file(
      openat(directory, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kRecordMode));
  if (!file) return {errno};
  if (auto error = write_all(file.number(), text)) return error;
  return error_of(fsync(file.number()));
}

}  // namespace

PortError write_record(int boards, const std::string& name, const std::string& text) {
  OwnedDescriptor board;
  if (auto error = open_board_directory(boards, name, board)) return error;
  const std::string aside = std::string("aside/") + kRecordFile;
  if (auto error = write_file(board.number(), aside.c_str(), text)) return error;
  if (renameat(board.number(), aside.c_str(), board.number(), kRecordFile) < 0) return {errno};
  if (fsync(board.number()) < 0) return {errno};
  return error_of(fsync(boards));
}

PortError read_record(int boards, const std::string& name, std::string& text) {
  const OwnedDescriptor board(openat(boards, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!board) return {errno == ENOTDIR ? ENOENT : errno};
  const OwnedDescriptor file(openat(board.number(), kRecordFile, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return {errno};
  text.resize(kLongestRecord);
  size_t size = 0;
  for (ssize_t count = 1; count != 0 && size < text.size();) {
    count = read(file.number(), text.data() + size, text.size() - size);
    if (count < 0 && errno != EINTR) return {errno};
    if (count > 0) size += static_cast<size_t>(count);
  }
  text.resize(size);
  return {};
}

}  // namespace upyd
