#include "config/state_directory.h"

#include <unistd.h>

#include <cstdlib>

namespace upyd {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::string state_directory() {
  // Several, with colons between them; the first is the one that the others lie in.
  if (const std::string given = environment("STATE_DIRECTORY"); !given.empty()) return given.substr(0, given.find(':'));
  if (geteuid() == 0) return "/var/lib/upyd";
  if (const std::string state = environment("XDG_STATE_HOME"); state.starts_with('/')) return state + "/upyd";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + "/.local/state/upyd";
}

}  // namespace upyd
