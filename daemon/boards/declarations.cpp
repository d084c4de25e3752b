#include "boards/declarations.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "access/identity.h"
#include "config/config_text.h"
#include "config/instance_name.h"
#include "config/mount_config.h"
#include "config/settings.h"
#include "upyd/settings/instance_toml.h"
#include "upyd/settings/toml_text.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".toml";

/// Those of declarations, sorted; others are left alone.
std::vector<fs::path> files_in(const Config& config) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::directory_iterator directory(config.instances_dir, error);
  const bool is_not_there = error == std::errc::no_such_file_or_directory;
  if (is_not_there && config.instances_dir == instances_directory()) return files;
  while (!error && directory != fs::directory_iterator()) {
    if (directory->path().extension() == kSuffix) files.push_back(directory->path());
    directory.increment(error);
  }
  if (error) throw ConfigError("cannot read the directory '" + config.instances_dir + "': " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

void check(ConfigSection& section, const BoardRecord& record, const Config& config) {
  if (const toml::node* node = section.find("mounts"); node && record.config.mounts() > most_access(config.mounts)) {
    section.fail(*node, "'mounts' is more than any [[files.mount]] of upyd's config grants");
  }
  const v1::InstanceConfig settings = merge(config.instances, record.config);
  if (const auto fault = find_fault(settings, config.maxima)) throw ConfigError(section.file() + ": " + *fault);
  if (settings.has_owner() && !principal_name(settings.owner())) {
    throw ConfigError(section.file() + ": " + no_principal(settings.owner()));
  }
}

}  // namespace

BoardRecord parse_declaration(const std::string& text, const std::string& path, const Config& config) {
  const toml::table table = parse_toml(text, path);
  ConfigSection section(table, "", path);
  BoardRecord record;
  const auto range = [&](const std::string& setting) { return range_of(setting, config.maxima); };
  read_instance_config(section, range, record.config);
  if (const toml::node* node = section.find("enabled")) record.enabled = section.boolean(*node, "enabled");
  section.finish();
  check(section, record, config);
  record.declared_in = path;
  record.declared_enabled = record.enabled;
  return record;
}

Declarations read_declarations(const Config& config) {
  Declarations declarations;
  if (config.instances_dir.empty()) return declarations;
  for (const fs::path& file : files_in(config)) {
    const std::string name = file.stem();
    try {
      if (!is_name(name)) throw ConfigError(file.string() + ": " + kInstanceNameRule);
      declarations.boards[name] = parse_declaration(read_config_text(file), file, config);
    } catch (const ConfigError& error) {
      declarations.faults[name] = error.what();
    }
  }
  return declarations;
}

}  // namespace upyd
