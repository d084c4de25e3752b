#include "config/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "config/long_key.h"

namespace upyd {
namespace {

constexpr std::array<const char*, 5> kLogLevels = {"trace", "debug", "info", "warning", "error"};

constexpr size_t kLongestConfig = 1u << 20;
constexpr int kMostKeyParts = 16;

/// The lines of simulated chips, if the user names none: real hardware is never given away unasked.
void grant_simulated(const GpioConfig& gpio, v1::GpioGrant& grant) {
  for (const ChipInfo& chip : gpio.simulated) grant.add_lines(chip.name + ":*");
}

void read_strings(ConfigSection& section, std::string_view key, google::protobuf::RepeatedPtrField<std::string>& to) {
  std::vector<std::string> strings(to.begin(), to.end());
  section.read(key, strings);
  to.Assign(strings.begin(), strings.end());
}

void read_numeric_settings(ConfigSection& section, v1::InstanceConfig& config) {
  for (const NumericSetting& setting : numeric_settings()) {
    const toml::node* node = section.find(setting.range.setting);
    if (!node) continue;
    const uint64_t least = setting.zero == Zero::Unlimited ? 0 : setting.range.least;
    set(config, setting, section.number(*node, setting.range.setting, least, setting.range.most));
  }
}

void read_files(ConfigSection section, Config& config) {
  config.mounts = parse_mounts(section);
  config.instances.set_mounts(std::min(v1::MOUNT_ACCESS_READ, most_access(config.mounts)));
  section.finish();
}

void read_blobs(ConfigSection section, Config& config) {
  if (const toml::node* node = section.find("accept")) {
    const std::string text = section.text(*node, "accept");
    if (text != "own" && text != "any") section.fail(*node, "'accept' must be \"own\" or \"any\"");
    config.blobs = text == "own" ? BlobOrigin::Own : BlobOrigin::Any;
  }
  section.finish();
}

/// Permissions are a text, as everybody writes them in octal.
void read_tty(ConfigSection& section, v1::Tty& tty) {
  if (const toml::node* node = section.find("tty")) {
    if (!node->is_boolean()) section.fail(*node, "'tty' must be true or false");
    tty.set_enabled(node->as_boolean()->get());
  }
  section.read("tty_owner", *tty.mutable_owner());
  section.read("tty_group", *tty.mutable_group());
  if (const toml::node* node = section.find("tty_mode")) {
    const std::string text = section.text(*node, "tty_mode");
    uint32_t mode = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    if (error != std::errc() || end != text.data() + text.size()) {
      section.fail(*node, "'tty_mode' must be permissions in octal, as \"0660\"");
    }
    tty.set_mode(mode);
  }
}

v1::RestartPolicy read_restart(ConfigSection& section, v1::RestartPolicy unset) {
  const toml::node* node = section.find("restart");
  if (!node) return unset;
  const std::string text = section.text(*node, "restart");
  if (text == "no") return v1::RESTART_POLICY_NO;
  if (text == "on-failure") return v1::RESTART_POLICY_ON_FAILURE;
  if (text == "always") return v1::RESTART_POLICY_ALWAYS;
  section.fail(*node, "'restart' must be \"no\", \"on-failure\" or \"always\"");
}

/// They tell names and habits, if nothing else, so they stay on this machine as well.
void read_metrics(ConfigSection section, Config& config) {
  if (const toml::node* node = section.find("listen")) {
    const std::string url = section.text(*node, "listen");
    config.metrics =
        section.at(*node, [&] { return parse_listen(url, "metrics are served on loopback addresses only"); });
  }
  section.finish();
}

void read_instances(ConfigSection section, Config& config) {
  read_numeric_settings(section, config.instances);
  config.instances.set_mounts(read_access(section, "mounts", config.instances.mounts()));
  read_strings(section, "path", *config.instances.mutable_path());
  read_strings(section, "gpio", *config.instances.mutable_gpio()->mutable_lines());
  read_strings(section, "gpio_inputs", *config.instances.mutable_gpio()->mutable_inputs());
  read_tty(section, *config.instances.mutable_tty());
  config.instances.set_restart(read_restart(section, config.instances.restart()));
  section.finish();
}

/// Each setting by its full name, with what the text says of it.
void tell_settings(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& settings) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const toml::table* inner = node.as_table()) {
      tell_settings(*inner, name + ".", settings);
      continue;
    }
    std::ostringstream text;
    node.visit([&](const auto& value) { text << value; });
    settings[name] = text.str();
  }
}

/// `where` is the section that has the fault, if one has.
void check_instances(const Config& config, const ConfigSection& top, const toml::node* where) {
  const auto check = [&] {
    if (const auto fault = find_fault(config.instances, config.maxima)) {
      throw ConfigError("in the defaults of instances, " + *fault);
    }
    if (config.instances.mounts() > most_access(config.mounts)) {
      throw ConfigError("'instances.mounts' is more than any [[files.mount]] grants");
    }
  };
  where ? top.at(*where, check) : check();
}

Config read_config(ConfigSection top) {
  Config config;
  std::vector<std::string> listen;
  top.read("listen", listen);
  for (size_t i = 0; i < listen.size(); ++i) {
    const toml::node& node = *top.find("listen")->as_array()->get(i);
    config.listen.push_back(top.at(node, [&] { return parse_listen(listen[i]); }));
  }
  top.read("tty_dir", config.tty_dir);
  top.read("log_level", config.log_level);
  if (const toml::node* node = top.find("log_level")) top.at(*node, [&] { check_log_level(config.log_level); });
  top.read("state", config.state);
  top.read("grace_ms", config.grace_ms, 0, 3'600'000);
  top.read("output_wait_ms", config.output_wait_ms, 0, 60'000);
  top.read("max_instances", config.max_instances, 1, 100'000);
  top.read("max_request_bytes", config.max_request_bytes, 1u << 20, 1u << 30);
  if (auto section = top.section("files")) read_files(std::move(*section), config);
  if (auto section = top.section("blobs")) read_blobs(std::move(*section), config);
  if (auto section = top.section("metrics")) read_metrics(std::move(*section), config);
  if (auto section = top.section("maxima")) {
    read_numeric_settings(*section, config.maxima);
    section->finish();
  }
  config.gpio = parse_gpio_config(top.section("gpio"));
  grant_simulated(config.gpio, *config.instances.mutable_gpio());
  if (auto section = top.section("instances")) read_instances(std::move(*section), config);
  top.finish();
  const toml::node* const own = top.find("instances");
  check_instances(config, top, own ? own : top.find("maxima"));
  return config;
}

}  // namespace

std::string default_tty_directory() {
  const auto process = Address::surroundings();
  if (process.runtime_directory && *process.runtime_directory) return std::string(process.runtime_directory) + "/tty";
  if (process.user == 0) return "/run/upyd/tty";
  const bool has_own = process.xdg_runtime_dir && *process.xdg_runtime_dir;
  return has_own ? std::string(process.xdg_runtime_dir) + "/upyd-tty" : "";
}

Config parse_config(const std::string& text, const std::string& name) {
  if (const int line = line_of_long_key(text, kMostKeyParts)) {
    throw ConfigError(name + ":" + std::to_string(line) + ": a key has more than " + std::to_string(kMostKeyParts) +
                      " parts");
  }
  try {
    const toml::table table = toml::parse(text, name);
    Config config = read_config(ConfigSection(table, "", name));
    tell_settings(table, "", config.settings);
    return config;
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << name << ":" << error.source().begin.line << ": " << error.description();
    throw ConfigError(message.str());
  }
}

std::vector<std::string> changed_settings(const Config& before, const Config& after) {
  std::vector<std::string> changed;
  for (const auto& [name, text] : before.settings) {
    const auto found = after.settings.find(name);
    if (found == after.settings.end() || found->second != text) changed.push_back(name);
  }
  for (const auto& [name, text] : after.settings) {
    if (!before.settings.contains(name)) changed.push_back(name);
  }
  std::sort(changed.begin(), changed.end());
  return changed;
}

Config load_config(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw ConfigError("cannot read the config file '" + path + "'");
  std::string text(kLongestConfig + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) throw ConfigError("cannot read the config file '" + path + "'");
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kLongestConfig) throw ConfigError("'" + path + "' is no config file: it has more than 1 MiB");
  return parse_config(text, path);
}

Address parse_listen(const std::string& url, const char* why_local) try {
  Address address = Address::parse(url);
  if (address.is_local()) return address;
  throw ConfigError("'" + url + "': " + why_local);
} catch (const AddressError& error) {
  throw ConfigError(error.what());
}

void check_log_level(const std::string& level) {
  if (std::find(kLogLevels.begin(), kLogLevels.end(), level) != kLogLevels.end()) return;
  throw ConfigError("there is no log level '" + level + "'; use trace, debug, info, warning or error");
}

}  // namespace upyd
