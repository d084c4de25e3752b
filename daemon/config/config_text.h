#pragma once

#include <string>

namespace upyd {

/// The text of a config file, of at most 1 MiB. Throws ConfigError, which names the file: also where it is no regular
/// one.
std::string read_config_text(const std::string& path);

}  // namespace upyd
