#include "upyctl/hosts_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "upyctl/suggestion.h"
#include "upyd/settings/config_section.h"
#include "upyd/settings/toml_text.h"

namespace upyctl {
namespace {

namespace fs = std::filesystem;
using upyd::ConfigSection;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// Empty: the user has no home.
fs::path path_of_file() {
  fs::path directory = variable("XDG_CONFIG_HOME");
  if (!directory.is_absolute()) directory = variable("HOME").empty() ? "" : fs::path(variable("HOME")) / ".config";
  return directory.empty() ? directory : directory / "upyd" / "hosts.toml";
}

/// Empty: there is no such file.
std::string read_text(const std::string& path) {
  std::ifstream in(path);
  if (!in && errno == ENOENT) return "";
  std::ostringstream text;
  if (!in || (text << in.rdbuf()).bad()) {
    throw std::runtime_error("cannot read '" + path + "': " + std::strerror(errno));
  }
  return text.str();
}

/// A file's name that the section may have, from the directory on.
std::string file_in(ConfigSection& section, const char* key, const fs::path& directory) {
  std::string name;
  section.read(key, name);
  return name.empty() ? name : (directory / name).string();
}

upyclient::Host read_host(ConfigSection section, const fs::path& directory) {
  const toml::node* const url = section.find("url");
  if (!url) section.fail(section.table(), "a host needs 'url'");
  try {
    upyclient::Host host{.address = upyd::Address::parse(section.text(*url, "url")),
                         .ca = file_in(section, "ca", directory),
                         .cert = file_in(section, "cert", directory),
                         .key = file_in(section, "key", directory)};
    section.finish();
    return host;
  } catch (const upyd::AddressError& error) {
    section.fail(*url, error.what());
  }
}

}  // namespace

HostsFile read_hosts_file() {
  HostsFile file{.path = path_of_file(), .hosts = {}, .default_name = ""};
  const std::string text = file.path.empty() ? "" : read_text(file.path);
  const toml::table table = upyd::parse_toml(text, file.path);
  ConfigSection top(table, "", file.path);
  if (auto hosts = top.section("hosts")) {
    for (const auto& [key, node] : hosts->table()) {
      const std::string name(key.str());
      auto section = hosts->section(name);
      file.hosts.emplace(name, read_host(std::move(*section), fs::path(file.path).parent_path()));
    }
  }
  top.read("default", file.default_name);
  if (const toml::node* const node = top.find("default"); node && !file.hosts.contains(file.default_name)) {
    top.fail(*node, "'default': there is no [hosts." + file.default_name + "]");
  }
  top.finish();
  return file;
}

const upyclient::Host& HostsFile::find(const std::string& name) const {
  if (const auto found = hosts.find(name); found != hosts.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& host : hosts) names.push_back(host.first);
  throw std::runtime_error("there is no host '" + name + "'" + did_you_mean(name, names) +
                           "; write unix:///absolute/path or tls://HOST:PORT, or name it in '" + path +
                           "', see upyctl hosts --help");
}

}  // namespace upyctl
