#include "config/directories.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "upyd/address.h"

namespace upyd {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// What systemd gives a service. Several have colons between them; the first is the one that the others lie in.
std::string given(const char* name) {
  const std::string directories = environment(name);
  return directories.substr(0, directories.find(':'));
}

/// A directory of upyd's for whoever runs it, by XDG's rules.
std::string own(const char* variable, const std::string& in_home) {
  if (const std::string base = environment(variable); base.starts_with('/')) return base + "/upyd";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + in_home + "/upyd";
}

/// Nothing for one that is out of reach: HOME may be that of another user, who started upyd.
std::string reachable(const std::string& directory) {
  return access(directory.c_str(), X_OK) < 0 && errno == EACCES ? "" : directory;
}

/// Something of upyd's among what lasts as long as the machine is up.
std::string runtime_place(const std::string& name) {
  const auto process = Address::surroundings();
  if (process.runtime_directory && *process.runtime_directory) return process.runtime_directory + ("/" + name);
  if (process.user == 0) return "/run/upyd/" + name;
  const bool has_own = process.xdg_runtime_dir && *process.xdg_runtime_dir;
  return has_own ? process.xdg_runtime_dir + ("/upyd-" + name) : "";
}

}  // namespace

std::string state_directory() {
  if (const std::string directory = given("STATE_DIRECTORY"); !directory.empty()) return directory;
  return geteuid() == 0 ? "/var/lib/upyd" : own("XDG_STATE_HOME", "/.local/state");
}

std::string instances_directory() {
  std::string directory = given("CONFIGURATION_DIRECTORY");
  if (directory.empty()) directory = geteuid() == 0 ? "/etc/upyd" : reachable(own("XDG_CONFIG_HOME", "/.config"));
  return directory.empty() ? "" : directory + "/instances.d";
}

std::string tty_directory() { return runtime_place("tty"); }

std::string log_directory() { return runtime_place("log"); }

}  // namespace upyd
