#include "upyd/settings/toml_text.h"

#include <fstream>
#include <sstream>

#include "upyd/settings/config_section.h"
#include "upyd/settings/long_key.h"

namespace upyd {
namespace {

constexpr size_t kLongestConfig = 1u << 20;
constexpr int kMostKeyParts = 16;

}  // namespace

std::string read_config_text(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw ConfigError("cannot read the config file '" + path + "'");
  std::string text(kLongestConfig + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) throw ConfigError("cannot read the config file '" + path + "'");
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kLongestConfig) throw ConfigError("'" + path + "' is no config file: it has more than 1 MiB");
  return text;
}

toml::table parse_toml(const std::string& text, const std::string& name) {
  if (const int line = line_of_long_key(text, kMostKeyParts)) {
    throw ConfigError(name + ":" + std::to_string(line) + ": a key has more than " + std::to_string(kMostKeyParts) +
                      " parts");
  }
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << name << ":" << error.source().begin.line << ": " << error.description();
    throw ConfigError(message.str());
  }
}

}  // namespace upyd
