#include "config/mount_config.h"

#include <algorithm>
#include <filesystem>

#include "upyd/settings/instance_toml.h"

namespace upyd {
namespace {

/// The name in "/NAME"; nothing if nothing can be mounted there.
std::optional<std::string> mount_name(const std::string& at) {
  constexpr size_t kLongestName = 255;
  if (!at.starts_with('/')) return std::nullopt;
  std::string name = at.substr(1);
  const bool is_name = !name.empty() && name.size() <= kLongestName && name != "." && name != ".." &&
                       name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
  return is_name ? std::optional(std::move(name)) : std::nullopt;
}

/// The string that must be there.
std::string required(ConfigSection& section, std::string_view key) {
  std::string text;
  section.read(key, text);
  if (text.empty()) section.fail(section.table(), "a mounted directory needs '" + std::string(key) + "'");
  return text;
}

HostMount parse_mount_table(ConfigSection section) {
  HostMount mount;
  const auto name = mount_name(required(section, "at"));
  if (!name) section.fail(*section.find("at"), "'files.mount.at' must be a slash and a name, such as \"/host\"");
  mount.name = *name;
  mount.directory = required(section, "directory");
  if (!mount.directory.starts_with('/')) {
    section.fail(*section.find("directory"), "'files.mount.directory' must be an absolute path");
  }
  mount.access = read_access(section, "access", mount.access);
  section.finish();
  return mount;
}

}  // namespace

std::vector<HostMount> parse_mounts(ConfigSection& files) {
  const toml::node* node = files.find("mount");
  if (!node) return {};
  if (!node->is_array_of_tables()) files.fail(*node, "write each mounted directory as a table [[files.mount]]");
  std::vector<HostMount> mounts;
  std::set<std::string> names;
  for (const toml::node& table : *node->as_array()) {
    mounts.push_back(parse_mount_table(ConfigSection(*table.as_table(), "files.mount", files.file())));
    if (names.insert(mounts.back().name).second) continue;
    files.fail(table, "two directories are mounted at '/" + mounts.back().name + "'");
  }
  return mounts;
}

HostMount parse_mount(const std::string& text) {
  const size_t equals = std::min(text.find('='), text.size());
  const auto name = mount_name(text.substr(0, equals));
  if (!name || equals + 1 >= text.size()) {
    throw ConfigError("'" + text + "' is no mount: write a place in the files of scripts and a directory, such as " +
                      "/host=/srv/scripts");
  }
  return {.name = *name, .directory = std::filesystem::absolute(text.substr(equals + 1))};
}

v1::MountAccess most_access(const std::vector<HostMount>& mounts) {
  v1::MountAccess most = v1::MOUNT_ACCESS_NONE;
  for (const HostMount& mount : mounts) most = std::max(most, mount.access);
  return most;
}

}  // namespace upyd
