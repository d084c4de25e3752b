#include "config/config_text.h"

#include <fcntl.h>

#include <cerrno>

#include "system/small_file.h"
#include "upyd/settings/config_section.h"

namespace upyd {
namespace {

constexpr size_t kLongestConfig = 1u << 20;

}  // namespace

std::string read_config_text(const std::string& path) {
  std::string text;
  const upy::PortError error = read_small_file(AT_FDCWD, path, LastLink::Follow, kLongestConfig, text);
  if (error.number == EFBIG) throw ConfigError("'" + path + "' is no config file: it has more than 1 MiB");
  if (error) throw ConfigError("cannot read the config file '" + path + "': " + why_unreadable(error));
  return text;
}

}  // namespace upyd
