#pragma once

#include <optional>

#include "config/config.h"

namespace upyd {

/// Where the config is, if the command line does not say.
inline constexpr const char* kDefaultConfigPath = "/etc/upyd/upyd.toml";

/// What the command line asks for.
struct CommandLine {
  Config config;             ///< its flags go before the file
  std::string config_name;   ///< the file, as people are told of it
  bool checks_only = false;  ///< whether the config is right, and nothing else
};

/// Reads the command line and the config file it names (or the default one, if there is one). Throws ConfigError or
/// AddressError. Returns nothing, and sets `exit_status`, when the command line is wrong (2) or asks only for help or
/// the version (0); that is printed then.
std::optional<CommandLine> read_command_line(int argc, const char* const* argv, int& exit_status);

}  // namespace upyd
