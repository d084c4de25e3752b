#pragma once

#include <string>

#include "port/port.h"

namespace upyd {

/// The file of a board's record.
inline constexpr const char* kRecordFile = "board.json";

/// Writes the record of the board `name` in the open directory `boards`, and makes the board's directory if need be. It
/// is on the disk when this returns.
upy::PortError write_record(int boards, const std::string& name, const std::string& text);

/// Reads it: ENOENT if there is none.
upy::PortError read_record(int boards, const std::string& name, std::string& text);

}  // namespace upyd
