#include "upyd/settings/toml_text.h"

#include <sstream>

#include "upyd/settings/config_section.h"
#include "upyd/settings/long_key.h"

namespace upyd {
namespace {

constexpr int kMostKeyParts = 16;

}  // namespace

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
