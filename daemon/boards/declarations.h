#pragma once

#include <map>
#include <string>

#include "boards/board_record.h"
#include "config/config.h"

namespace upyd {

/// What the files NAME.toml of a directory say of boards, by their names.
struct Declarations {
  std::map<std::string, BoardRecord> boards;
  /// What is wrong, with file and line, of those whose file can't be used. Such a board is to stay as it was.
  std::map<std::string, std::string> faults;
};

/// Reads the directory `instances_dir` of a config, whose defaults and maxima hold for boards. None is there: none is
/// declared, if that is the default one. Throws ConfigError if it can't be read.
Declarations read_declarations(const Config& config);

/// One file, of that name in errors: the keys of [instances], and `enabled`. Throws ConfigError.
BoardRecord parse_declaration(const std::string& text, const std::string& path, const Config& config);

}  // namespace upyd
