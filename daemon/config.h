#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "line_grant.h"
#include "settings.h"
#include "sim_gpio.h"
#include "upyd/address.h"

namespace upyd {

/// A config that can't be used; what() says where and why.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The daemon's config. systemd/upyd.toml is its manual: each key with its meaning and default.
struct Config {
  std::vector<Address> listen;  ///< empty: the default address
  std::string log_level = "info";
  uint32_t grace_ms = 1000;
  uint32_t output_wait_ms = 1000;
  uint32_t max_instances = 4096;
  uint32_t max_request_bytes = 32u << 20;
  v1::InstanceConfig instances = initial_settings();   ///< defaults of instances
  v1::InstanceConfig maxima;                           ///< maxima of their settings, where set
  std::string files_root;                              ///< empty: no instance sees files
  v1::FileAccess files_access = v1::FILE_ACCESS_NONE;  ///< the most an instance may have
  LineGrant::Patterns gpio_lines = {"*"};              ///< lines that instances may use at all
  std::vector<SimChip> chips = {SimChip{}};
};

/// Reads a TOML text; `name` is its name in errors. Throws ConfigError: for what is not TOML, keys that do not exist,
/// and values of the wrong type or out of range.
Config parse_config(const std::string& text, const std::string& name);

/// Reads a file. Throws ConfigError.
Config load_config(const std::string& path);

/// An address that the daemon may listen on: there is no authentication, so TCP must stay on this machine. Throws
/// ConfigError.
Address parse_listen(const std::string& url);

/// Throws ConfigError if there is no such level of logging.
void check_log_level(const std::string& level);

}  // namespace upyd
