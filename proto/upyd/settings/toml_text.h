#pragma once

#include <toml++/toml.h>

#include <string>

namespace upyd {

/// What a TOML text says; `name` is its name in errors. Throws ConfigError.
toml::table parse_toml(const std::string& text, const std::string& name);

}  // namespace upyd
