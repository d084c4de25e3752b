#include "upyd/settings/config_section.h"

namespace upyd {

void ConfigSection::fail(const toml::node& node, const std::string& why) const {
  throw ConfigError(file_ + ":" + std::to_string(node.source().begin.line) + ": " + why);
}

const toml::node* ConfigSection::find(std::string_view key) {
  known_.emplace(key);
  return table_.get(key);
}

void ConfigSection::read(std::string_view key, std::string& value) {
  if (const toml::node* node = find(key)) value = text(*node, key);
}

void ConfigSection::read(std::string_view key, std::vector<std::string>& value) {
  const toml::node* node = find(key);
  if (!node) return;
  if (!node->is_array()) fail(*node, quoted(key) + " must be a list of strings");
  value.clear();
  for (const toml::node& item : *node->as_array()) value.push_back(text(item, key));
}

void ConfigSection::read(std::string_view key, uint32_t& value, uint64_t least, uint64_t most) {
  if (const toml::node* node = find(key)) value = static_cast<uint32_t>(number(*node, key, least, most));
}

uint64_t ConfigSection::number(const toml::node& node, std::string_view key, uint64_t least, uint64_t most) const {
  const auto value = node.value_exact<int64_t>();
  if (value && *value >= 0 && static_cast<uint64_t>(*value) >= least && static_cast<uint64_t>(*value) <= most) {
    return static_cast<uint64_t>(*value);
  }
  fail(node, quoted(key) + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

std::string ConfigSection::text(const toml::node& node, std::string_view key) const {
  if (const auto value = node.value_exact<std::string>()) return *value;
  fail(node, quoted(key) + " must be a string");
}

bool ConfigSection::boolean(const toml::node& node, std::string_view key) const {
  if (const auto value = node.value_exact<bool>()) return *value;
  fail(node, quoted(key) + " must be true or false");
}

std::optional<ConfigSection> ConfigSection::section(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (!node->is_table()) fail(*node, quoted(key) + " must be a table");
  return ConfigSection(*node->as_table(), name_.empty() ? std::string(key) : name_ + "." + std::string(key), file_);
}

void ConfigSection::finish() const {
  for (const auto& [key, node] : table_) {
    if (!known_.contains(key.str())) fail(node, "there is no setting " + quoted(key.str()) + "; there are " + known());
  }
}

std::string ConfigSection::known() const {
  std::string names;
  for (const std::string& name : known_) names += (names.empty() ? "" : ", ") + name;
  return names;
}

std::string ConfigSection::quoted(std::string_view key) const {
  return "'" + (name_.empty() ? "" : name_ + ".") + std::string(key) + "'";
}

}  // namespace upyd
