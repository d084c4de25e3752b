#include "config/instance_config.h"

#include <charconv>

#include "config/mount_config.h"
#include "config/settings.h"

namespace upyd {
namespace {

void read_strings(ConfigSection& section, std::string_view key, google::protobuf::RepeatedPtrField<std::string>& to) {
  std::vector<std::string> strings;
  section.read(key, strings);
  if (section.find(key)) to.Assign(strings.begin(), strings.end());
}

void read_gpio(ConfigSection& section, v1::InstanceConfig& config) {
  if (section.find("gpio")) read_strings(section, "gpio", *config.mutable_gpio()->mutable_lines());
  if (section.find("gpio_inputs")) read_strings(section, "gpio_inputs", *config.mutable_gpio()->mutable_inputs());
}

/// Permissions are a text, as everybody writes them in octal.
uint32_t read_mode(const ConfigSection& section, const toml::node& node) {
  const std::string text = section.text(node, "tty_mode");
  uint32_t mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error == std::errc() && end == text.data() + text.size()) return mode;
  section.fail(node, "'tty_mode' must be permissions in octal, as \"0660\"");
}

void read_tty(ConfigSection& section, v1::InstanceConfig& config) {
  if (const toml::node* node = section.find("tty")) config.mutable_tty()->set_enabled(section.boolean(*node, "tty"));
  if (const toml::node* node = section.find("tty_owner")) {
    config.mutable_tty()->set_owner(section.text(*node, "tty_owner"));
  }
  if (const toml::node* node = section.find("tty_group")) {
    config.mutable_tty()->set_group(section.text(*node, "tty_group"));
  }
  if (const toml::node* node = section.find("tty_mode")) config.mutable_tty()->set_mode(read_mode(section, *node));
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

}  // namespace

void read_numeric_settings(ConfigSection& section, const v1::InstanceConfig& maxima, v1::InstanceConfig& config) {
  for (const NumericSetting& setting : numeric_settings()) {
    const toml::node* node = section.find(setting.range.setting);
    if (!node) continue;
    const bool is_bounded = is_set(maxima, setting);
    const uint64_t least = setting.zero == Zero::Unlimited && !is_bounded ? 0 : setting.range.least;
    const uint64_t most = is_bounded ? get(maxima, setting) : setting.range.most;
    set(config, setting, section.number(*node, setting.range.setting, least, most));
  }
}

void read_instance_config(ConfigSection& section, const v1::InstanceConfig& maxima, v1::InstanceConfig& config) {
  read_numeric_settings(section, maxima, config);
  config.set_mounts(read_access(section, "mounts", config.mounts()));
  read_strings(section, "path", *config.mutable_path());
  read_gpio(section, config);
  read_tty(section, config);
  config.set_restart(read_restart(section, config.restart()));
}

}  // namespace upyd
