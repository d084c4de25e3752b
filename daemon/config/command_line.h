#pragma once

#include <optional>

#include "config/config.h"

namespace upyd {

/// Where the config is, if the command line does not say.
inline constexpr const char* kDefaultConfigPath = "/etc/upyd/upyd.toml";

/// Reads the command line and the config file it names (or the default one, if there is one); flags go before the file.
/// Throws ConfigError or AddressError. Returns nothing, and sets `exit_status`, when the
/// command line is wrong (2) or asks only for help, the version or a check of the config (0); that is printed then.
std::optional<Config> read_command_line(int argc, const char* const* argv, int& exit_status);

}  // namespace upyd
