#include "boards/record_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "files/board_directory.h"
#include "posix/system_directory.h"
#include "system/owned_descriptor.h"
#include "system/small_file.h"

namespace upyd {

using upy::PortError;

namespace {

constexpr size_t kLongestRecord = 1u << 20;

}  // namespace

PortError write_record(int boards, const std::string& name, const std::string& text) {
  OwnedDescriptor board;
  if (auto error = open_board_directory(boards, name, board)) return error;
  const std::string aside = std::string("aside/") + kRecordFile;
  if (auto error = replace_small_file(board.number(), aside, kRecordFile, text)) return error;
  return upy::error_of(fsync(boards));
}

PortError read_record(int boards, const std::string& name, std::string& text) {
  const OwnedDescriptor board(openat(boards, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!board) return {errno == ENOTDIR ? ENOENT : errno};
  return read_small_file(board.number(), kRecordFile, LastLink::Refuse, kLongestRecord, text);
}

}  // namespace upyd
