#pragma once

#include <string>

#include "port/port.h"
#include "system/owned_descriptor.h"

namespace upyd {

/// Opens the directory of a board, `name` in the open directory `boards`, and makes what is not there yet of it: in it
/// `fs`, where its files are, and `aside`, where no path of its own leads. What lies aside when upyd starts is of
/// nobody.
upy::PortError open_board_directory(int boards, const std::string& name, OwnedDescriptor& board);

/// Makes a directory and those above it, as far as they are not there, each of them on the disk. Throws
/// std::system_error.
void make_durable_directories(const std::string& path);

}  // namespace upyd
