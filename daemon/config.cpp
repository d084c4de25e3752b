#include "config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

namespace upyd {
namespace {

constexpr std::array<const char*, 5> kLogLevels = {"trace", "debug", "info", "warning", "error"};
constexpr uint64_t kMostLines = 1024;

/// A table of the config, read key by key. What it holds beyond the keys asked for is a mistake of the user.
class Section {
 public:
  Section(const toml::table& table, std::string name, std::string file)
      : table_(table), name_(std::move(name)), file_(std::move(file)) {}

  [[noreturn]] void fail(const toml::node& node, const std::string& why) const {
    throw ConfigError(file_ + ":" + std::to_string(node.source().begin.line) + ": " + why);
  }

  const toml::node* find(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
  }

  void read(std::string_view key, std::string& value) {
    if (const toml::node* node = find(key)) value = text(*node, key);
  }

  void read(std::string_view key, std::vector<std::string>& value) {
    const toml::node* node = find(key);
    if (!node) return;
    if (!node->is_array()) fail(*node, quoted(key) + " must be a list of strings");
    value.clear();
    for (const toml::node& item : *node->as_array()) value.push_back(text(item, key));
  }

  void read(std::string_view key, uint32_t& value, uint64_t least, uint64_t most) {
    if (const toml::node* node = find(key)) value = static_cast<uint32_t>(number(*node, key, least, most));
  }

  uint64_t number(const toml::node& node, std::string_view key, uint64_t least, uint64_t most) const {
    const auto value = node.value_exact<int64_t>();
    if (value && *value >= 0 && static_cast<uint64_t>(*value) >= least && static_cast<uint64_t>(*value) <= most) {
      return static_cast<uint64_t>(*value);
    }
    fail(node, quoted(key) + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }

  std::string text(const toml::node& node, std::string_view key) const {
    if (const auto value = node.value_exact<std::string>()) return *value;
    fail(node, quoted(key) + " must be a string");
  }

  /// The table `key`, if there is one.
  std::optional<Section> section(std::string_view key) {
    const toml::node* node = find(key);
    if (!node) return std::nullopt;
    if (!node->is_table()) fail(*node, quoted(key) + " must be a table");
    return Section(*node->as_table(), name_.empty() ? std::string(key) : name_ + "." + std::string(key), file_);
  }

  /// Throws for the first key nobody asked for.
  void finish() const {
    for (const auto& [key, node] : table_) {
      if (!known_.contains(key.str())) fail(node, "there is no setting " + quoted(key.str()));
    }
  }

  const toml::table& table() const { return table_; }
  const std::string& file() const { return file_; }

 private:
  std::string quoted(std::string_view key) const {
    return "'" + (name_.empty() ? "" : name_ + ".") + std::string(key) + "'";
  }

  const toml::table& table_;
  const std::string name_;
  const std::string file_;
  std::set<std::string, std::less<>> known_;
};

v1::FileAccess parse_access(Section& section, std::string_view key, v1::FileAccess otherwise) {
  const toml::node* node = section.find(key);
  if (!node) return otherwise;
  const std::string text = section.text(*node, key);
  if (text == "none") return v1::FILE_ACCESS_NONE;
  if (text == "read") return v1::FILE_ACCESS_READ;
  if (text == "write") return v1::FILE_ACCESS_WRITE;
  section.fail(*node, "'" + std::string(key) + "' must be \"none\", \"read\" or \"write\"");
}

void read_numeric_settings(Section& section, v1::InstanceConfig& config) {
  for (const NumericSetting& setting : numeric_settings()) {
    const toml::node* node = section.find(setting.field);
    if (!node) continue;
    const uint64_t least = setting.zero_is_unlimited ? 0 : setting.least;
    set(config, setting, section.number(*node, setting.field, least, setting.most));
  }
}

void read_files(Section section, Config& config) {
  section.read("root", config.files_root);
  config.files_access = parse_access(section, "access", v1::FILE_ACCESS_READ);
  if (config.files_root.empty()) config.files_access = v1::FILE_ACCESS_NONE;
  config.instances.set_files(config.files_access);
  section.finish();
}

void read_instances(Section section, Config& config) {
  read_numeric_settings(section, config.instances);
  config.instances.set_files(parse_access(section, "files", config.instances.files()));
  std::vector<std::string> path(config.instances.path().begin(), config.instances.path().end());
  section.read("path", path);
  config.instances.mutable_path()->Assign(path.begin(), path.end());
  std::vector<std::string> lines = {"*"};
  section.read("gpio", lines);
  config.instances.mutable_gpio()->mutable_lines()->Assign(lines.begin(), lines.end());
  section.finish();
}

void read_line_names(Section names, SimChip& chip) {
  for (const auto& [name, node] : names.table()) {
    const uint64_t offset = names.number(node, name.str(), 0, chip.line_names.size() - 1);
    chip.line_names[offset] = name.str();
  }
}

SimChip parse_chip(Section section) {
  SimChip chip;
  uint32_t lines = static_cast<uint32_t>(chip.line_names.size());
  section.read("name", chip.name);
  section.read("label", chip.label);
  section.read("lines", lines, 1, kMostLines);
  chip.line_names.resize(lines);
  if (auto names = section.section("names")) read_line_names(std::move(*names), chip);
  section.finish();
  return chip;
}

void read_gpio(Section section, Config& config) {
  section.read("lines", config.gpio_lines);
  if (const toml::node* node = section.find("simulated")) {
    if (!node->is_array_of_tables()) section.fail(*node, "write each simulated chip as a table [[gpio.simulated]]");
    config.chips.clear();
    for (const toml::node& chip : *node->as_array()) {
      config.chips.push_back(parse_chip(Section(*chip.as_table(), "gpio.simulated", section.file())));
    }
  }
  section.finish();
}

void check_instances(const Config& config, const std::string& name) {
  if (const auto fault = find_fault(config.instances, config.maxima)) {
    throw ConfigError(name + ": in the defaults of instances, " + *fault);
  }
  if (config.instances.files() > config.files_access) {
    throw ConfigError(name + ": 'instances.files' is more than [files] grants");
  }
}

Config read_config(Section top) {
  Config config;
  std::vector<std::string> listen;
  top.read("listen", listen);
  for (const std::string& url : listen) config.listen.push_back(parse_listen(url));
  top.read("log_level", config.log_level);
  check_log_level(config.log_level);
  top.read("grace_ms", config.grace_ms, 0, 3'600'000);
  top.read("output_wait_ms", config.output_wait_ms, 0, 60'000);
  top.read("max_instances", config.max_instances, 1, 100'000);
  top.read("max_request_bytes", config.max_request_bytes, 64u << 10, 1u << 30);
  if (auto section = top.section("files")) read_files(std::move(*section), config);
  if (auto section = top.section("maxima")) {
    read_numeric_settings(*section, config.maxima);
    section->finish();
  }
  if (auto section = top.section("instances")) read_instances(std::move(*section), config);
  if (auto section = top.section("gpio")) read_gpio(std::move(*section), config);
  top.finish();
  check_instances(config, top.file());
  return config;
}

}  // namespace

Config parse_config(const std::string& text, const std::string& name) {
  try {
    const toml::table table = toml::parse(text, name);
    return read_config(Section(table, "", name));
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << name << ":" << error.source().begin.line << ": " << error.description();
    throw ConfigError(message.str());
  }
}

Config load_config(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file) throw ConfigError("cannot read the config file '" + path + "'");
  if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (file.bad()) throw ConfigError("cannot read the config file '" + path + "'");
  return parse_config(text.str(), path);
}

Address parse_listen(const std::string& url) try {
  Address address = Address::parse(url);
  if (address.is_local()) return address;
  throw ConfigError("'" + url + "': whoever reaches upyd may run programs, so it listens on loopback addresses only");
} catch (const AddressError& error) {
  throw ConfigError(error.what());
}

void check_log_level(const std::string& level) {
  if (std::find(kLogLevels.begin(), kLogLevels.end(), level) != kLogLevels.end()) return;
  throw ConfigError("there is no log level '" + level + "'; use trace, debug, info, warning or error");
}

}  // namespace upyd
