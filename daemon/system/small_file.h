#pragma once

#include <cstdint>
#include <string>

#include "port/port.h"

namespace upyd {

/// What is done where the last name of a path is a link.
enum class LastLink : uint8_t { Follow, Refuse };

/// Reads a regular file in an open directory of `most` bytes at most: EFBIG if it has more, EINVAL if it is no regular
/// file, nor /dev/null. It never waits for anybody, as who opens a FIFO may.
upy::PortError read_small_file(int directory, const std::string& path, LastLink link, size_t most, std::string& text);

/// Makes `text` the bytes of the file `name`. It is written at the path `aside` first, in a directory that there is; at
/// any moment the name leads to a whole file, and when this returns the new one is on the disk.
upy::PortError replace_small_file(int directory, const std::string& aside, const std::string& name,
                                  const std::string& text);

/// Why a file could not be read, for people.
std::string why_unreadable(const upy::PortError& error);

}  // namespace upyd
