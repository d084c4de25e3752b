#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace upyd {

/// A config that can't be used; what() says where and why.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A table of the config, read key by key. What it holds beyond the keys asked for is a mistake of the user. All
/// functions throw ConfigError.
class ConfigSection {
 public:
  /// `name` is that of the table, empty for the whole; `file` is for errors. The table must outlive this.
  ConfigSection(const toml::table& table, std::string name, std::string file)
      : table_(table), name_(std::move(name)), file_(std::move(file)) {}

  /// Throws, with the node's place.
  [[noreturn]] void fail(const toml::node& node, const std::string& why) const;

  /// What `read()` returns; a ConfigError of it is thrown with the node's place.
  template <typename Read>
  auto at(const toml::node& node, Read read) const try {
    return read();
  } catch (const ConfigError& error) {
    fail(node, error.what());
  }

  /// Null if the key is not there.
  const toml::node* find(std::string_view key);

  /// Each leaves `value` alone if the key is not there.
  void read(std::string_view key, std::string& value);
  void read(std::string_view key, std::vector<std::string>& value);
  void read(std::string_view key, uint32_t& value, uint64_t least, uint64_t most);

  uint64_t number(const toml::node& node, std::string_view key, uint64_t least, uint64_t most) const;
  std::string text(const toml::node& node, std::string_view key) const;
  bool boolean(const toml::node& node, std::string_view key) const;

  /// The table `key`, if there is one.
  std::optional<ConfigSection> section(std::string_view key);

  /// Throws for the first key nobody asked for, and says which there are.
  void finish() const;

  const toml::table& table() const { return table_; }
  const std::string& file() const { return file_; }

 private:
  std::string quoted(std::string_view key) const;
  std::string known() const;

  const toml::table& table_;
  const std::string name_;
  const std::string file_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace upyd
