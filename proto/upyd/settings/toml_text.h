#pragma once

#include <toml++/toml.h>

#include <string>

namespace upyd {

/// The text of a config file, of at most 1 MiB. Throws ConfigError.
std::string read_config_text(const std::string& path);

/// What a TOML text says; `name` is its name in errors. Throws ConfigError.
toml::table parse_toml(const std::string& text, const std::string& name);

}  // namespace upyd
