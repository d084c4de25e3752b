#include "config/config.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "config/access_config.h"
#include "config/config_text.h"
#include "config/tls_config.h"
#include "upyd/settings/instance_toml.h"
#include "upyd/settings/toml_text.h"

namespace upyd {
namespace {

constexpr std::array<const char*, 5> kLogLevels = {"trace", "debug", "info", "warning", "error"};

/// The lines of simulated chips, if the user names none: real hardware is never given away unasked.
void grant_simulated(const GpioConfig& gpio, v1::GpioGrant& grant) {
  for (const ChipInfo& chip : gpio.simulated) grant.add_lines(chip.name + ":*");
}

std::pair<uint64_t, uint64_t> api_range(const std::string& setting) { return range_of(setting, {}); }

Address parse_address(const std::string& url) try { return Address::parse(url); } catch (const AddressError& error) {
  throw ConfigError(error.what());
}

/// Throws ConfigError for an address that is reached from other machines, with the reason why it must not be.
Address parse_local(const std::string& url, const char* why_local) {
  Address address = parse_address(url);
  if (address.is_local()) return address;
  throw ConfigError("'" + url + "': " + why_local);
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

void read_number(ConfigSection& section, std::string_view key, uint64_t& value, uint64_t least, uint64_t most) {
  if (const toml::node* node = section.find(key)) value = section.number(*node, key, least, most);
}

void read_budgets(ConfigSection section, BudgetLimits& limits) {
  constexpr uint64_t kMostBytes = uint64_t{1} << 50, kMostThings = 1'000'000;
  read_number(section, "memory", limits.memory, 0, kMostBytes);
  read_number(section, "promised_memory", limits.promised_memory, 0, kMostBytes);
  read_number(section, "compile_memory", limits.compile_memory, 0, kMostBytes);
  read_number(section, "output_memory", limits.output_memory, 0, kMostBytes);
  read_number(section, "request_memory", limits.request_memory, 0, kMostBytes);
  read_number(section, "max_calls", limits.max_calls, 0, kMostThings);
  read_number(section, "max_connections", limits.max_connections, 0, kMostThings);
  section.finish();
}

/// They tell names and habits, if nothing else, so they stay on this machine as well.
void read_metrics(ConfigSection section, Config& config) {
  if (const toml::node* node = section.find("listen")) {
    const std::string url = section.text(*node, "listen");
    config.metrics =
        section.at(*node, [&] { return parse_local(url, "metrics are served on loopback addresses only"); });
    if (config.metrics->is_tls()) section.fail(*node, "metrics are served without TLS: write tcp:// or unix://");
  }
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
  if (const toml::node* node = top.find("insecure_tcp")) {
    config.insecure_tcp = top.boolean(*node, "insecure_tcp") ? InsecureTcp::Allowed : InsecureTcp::Refused;
  }
  if (auto section = top.section("tls")) config.tls = parse_tls(std::move(*section));
  config.access = parse_access(top.section("access"), config.insecure_tcp);
  top.read("tty_dir", config.tty_dir);
  top.read("log_dir", config.log_dir);
  if (const toml::node* node = top.find("journal")) config.journal = top.boolean(*node, "journal");
  top.read("log_level", config.log_level);
  if (const toml::node* node = top.find("log_level")) top.at(*node, [&] { check_log_level(config.log_level); });
  top.read("state", config.state);
  top.read("instances_dir", config.instances_dir);
  top.read("grace_ms", config.grace_ms, 0, 3'600'000);
  top.read("output_wait_ms", config.output_wait_ms, 0, 60'000);
  read_number(top, "max_instances", config.budgets.max_instances, 1, 100'000);
  top.read("max_request_bytes", config.max_request_bytes, 1u << 20, 1u << 30);
  if (auto section = top.section("daemon")) read_budgets(std::move(*section), config.budgets);
  if (auto section = top.section("files")) read_files(std::move(*section), config);
  if (auto section = top.section("blobs")) read_blobs(std::move(*section), config);
  if (auto section = top.section("metrics")) read_metrics(std::move(*section), config);
  if (auto section = top.section("maxima")) {
    read_instance_numbers(*section, api_range, config.maxima);
    section->finish();
  }
  config.gpio = parse_gpio_config(top.section("gpio"));
  grant_simulated(config.gpio, *config.instances.mutable_gpio());
  if (auto section = top.section("instances")) {
    read_instance_config(*section, api_range, config.instances);
    section->finish();
  }
  top.finish();
  const toml::node* const own = top.find("instances");
  check_instances(config, top, own ? own : top.find("maxima"));
  return config;
}

}  // namespace

Config parse_config(const std::string& text, const std::string& name) {
  const toml::table table = parse_toml(text, name);
  Config config = read_config(ConfigSection(table, "", name));
  tell_settings(table, "", config.settings);
  return config;
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

Config load_config(const std::string& path) { return parse_config(read_config_text(path), path); }

Address parse_listen(const std::string& url) {
  const Address address = parse_address(url);
  if (address.is_tls()) return address;
  return parse_local(url,
                     "whoever reaches upyd by TCP may do everything, so it listens on loopback addresses only; from "
                     "other machines clients come by tls://");
}

void check_protection(const Address& address, const Config& config) {
  if (address.is_unix()) return;
  if (address.is_tls()) {
    if (config.tls) return;
    throw ConfigError("'" + address.url() + "' needs the section [tls] in upyd's config, with cert, key and client_ca");
  }
  if (config.insecure_tcp == InsecureTcp::Allowed) return;
  throw ConfigError(
      "'" + address.url() +
      "' would let every user of this machine do everything: listen on a Unix socket or by tls://, or say that this is "
      "wanted by insecure_tcp = true in upyd's config");
}

void check_log_level(const std::string& level) {
  if (std::find(kLogLevels.begin(), kLogLevels.end(), level) != kLogLevels.end()) return;
  throw ConfigError("there is no log level '" + level + "'; use trace, debug, info, warning or error");
}

}  // namespace upyd
