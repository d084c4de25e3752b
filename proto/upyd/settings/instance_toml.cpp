#include "upyd/settings/instance_toml.h"

#include <charconv>
#include <sstream>
#include <vector>

namespace upyd {
namespace {

using google::protobuf::FieldDescriptor;

/// A value that is written as a word.
template <typename Value>
struct Word {
  const char* text;
  Value value;
};

constexpr Word<v1::MountAccess> kAccesses[] = {
    {"none", v1::MOUNT_ACCESS_NONE}, {"read", v1::MOUNT_ACCESS_READ}, {"write", v1::MOUNT_ACCESS_WRITE}};
constexpr Word<v1::RestartPolicy> kPolicies[] = {{"no", v1::RESTART_POLICY_NO},
                                                 {"on-failure", v1::RESTART_POLICY_ON_FAILURE},
                                                 {"always", v1::RESTART_POLICY_ALWAYS}};

std::vector<const FieldDescriptor*> fields() {
  const google::protobuf::Descriptor& message = *v1::InstanceConfig::descriptor();
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < message.field_count(); ++i) fields.push_back(message.field(i));
  return fields;
}

bool is_number(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32 || field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
}

void set_number(v1::InstanceConfig& config, const FieldDescriptor& field, uint64_t value) {
  const auto& reflection = *config.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) return reflection.SetUInt64(&config, &field, value);
  reflection.SetUInt32(&config, &field, static_cast<uint32_t>(value));
}

uint64_t number(const v1::InstanceConfig& config, const FieldDescriptor& field) {
  const auto& reflection = *config.GetReflection();
  const bool is_wide = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
  return is_wide ? reflection.GetUInt64(config, &field) : reflection.GetUInt32(config, &field);
}

template <typename Value, size_t N>
Value read_word(ConfigSection& section, std::string_view key, const Word<Value> (&words)[N], Value otherwise) {
  const toml::node* node = section.find(key);
  if (!node) return otherwise;
  const std::string text = section.text(*node, key);
  std::string known;
  for (size_t i = 0; i < N; ++i) {
    if (text == words[i].text) return words[i].value;
    known += (i == 0 ? "\"" : i + 1 < N ? ", \"" : " or \"") + std::string(words[i].text) + '"';
  }
  section.fail(*node, "'" + std::string(key) + "' must be " + known);
}

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

}  // namespace

void read_instance_numbers(ConfigSection& section, const NumberRange& range, v1::InstanceConfig& config) {
  for (const FieldDescriptor* field : fields()) {
    if (!is_number(*field)) continue;
    const toml::node* node = section.find(field->name());
    if (!node) continue;
    const auto [least, most] = range(field->name());
    set_number(config, *field, section.number(*node, field->name(), least, most));
  }
}

v1::MountAccess read_access(ConfigSection& section, std::string_view key, v1::MountAccess otherwise) {
  return read_word(section, key, kAccesses, otherwise);
}

void read_instance_config(ConfigSection& section, const NumberRange& range, v1::InstanceConfig& config) {
  read_instance_numbers(section, range, config);
  config.set_mounts(read_access(section, "mounts", config.mounts()));
  read_strings(section, "path", *config.mutable_path());
  read_gpio(section, config);
  read_tty(section, config);
  config.set_restart(read_word(section, "restart", kPolicies, config.restart()));
  if (const toml::node* node = section.find("owner")) config.set_owner(section.text(*node, "owner"));
}

// ---- writing ----

namespace {

/// Keys and their values, in TOML.
class Lines {
 public:
  explicit Lines(const std::function<bool(const std::string& key)>& is_shown) : is_shown_(is_shown) {}
  std::string text() const { return text_; }

  template <typename Value>
  void add(const std::string& key, const Value& value) {
    if (!is_shown_(key)) return;
    std::ostringstream line;
    line << key << " = " << value << '\n';
    text_ += line.str();
  }
  void add_text(const std::string& key, const std::string& value) { add(key, toml::value<std::string>(value)); }
  void add_list(const std::string& key, const google::protobuf::RepeatedPtrField<std::string>& values) {
    toml::array array;
    for (const std::string& value : values) array.push_back(value);
    add(key, array);
  }
  template <typename Value, size_t N>
  void add_word(const std::string& key, const Word<Value> (&words)[N], Value value) {
    for (const auto& word : words) {
      if (word.value == value) add_text(key, word.text);
    }
  }

 private:
  const std::function<bool(const std::string& key)>& is_shown_;
  std::string text_;
};

std::string octal(uint32_t mode) {
  std::ostringstream text;
  text << '0' << std::oct << mode;
  return text.str();
}

void write_tty(Lines& lines, const v1::Tty& tty) {
  if (tty.has_enabled()) lines.add("tty", tty.enabled() ? "true" : "false");
  if (tty.has_owner()) lines.add_text("tty_owner", tty.owner());
  if (tty.has_group()) lines.add_text("tty_group", tty.group());
  if (tty.has_mode()) lines.add_text("tty_mode", octal(tty.mode()));
}

}  // namespace

std::string instance_toml(const v1::InstanceConfig& config,
                          const std::function<bool(const std::string& key)>& is_shown) {
  Lines lines(is_shown);
  for (const FieldDescriptor* field : fields()) {
    if (is_number(*field) && config.GetReflection()->HasField(config, field)) {
      lines.add(field->name(), number(config, *field));
    }
  }
  if (config.path_size() > 0) lines.add_list("path", config.path());
  lines.add_word("mounts", kAccesses, config.mounts());
  if (config.has_gpio()) lines.add_list("gpio", config.gpio().lines());
  if (config.gpio().inputs_size() > 0) lines.add_list("gpio_inputs", config.gpio().inputs());
  write_tty(lines, config.tty());
  lines.add_word("restart", kPolicies, config.restart());
  if (config.has_owner()) lines.add_text("owner", config.owner());
  return lines.text();
}

}  // namespace upyd
