#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/access_rule.h"
#include "budget/budgets.h"
#include "config/directories.h"
#include "config/gpio_config.h"
#include "config/mount_config.h"
#include "config/settings.h"
#include "tls/tls_settings.h"
#include "upyd/address.h"

namespace upyd {

/// Whose compiled scripts run: those that this installation compiled, or all that verify.
enum class BlobOrigin { Own, Any };

/// The daemon's config. systemd/upyd.toml is its manual: each key with its meaning and default.
struct Config {
  std::vector<Address> listen;  ///< empty: where the service manager does, else the default address
  InsecureTcp insecure_tcp = InsecureTcp::Refused;
  std::optional<TlsSettings> tls;  ///< nothing: clients can't come by TLS
  AccessRules access;              ///< who may do what
  std::string log_level = "info";
  uint32_t grace_ms = 1000;
  uint32_t output_wait_ms = 1000;
  uint32_t max_request_bytes = 32u << 20;
  BudgetLimits budgets = BudgetLimits::of_machine();  ///< how much there is for all
  v1::InstanceConfig instances = initial_settings();  ///< defaults of instances
  v1::InstanceConfig maxima;                          ///< maxima of their settings, where set
  std::string state = state_directory();              ///< where upyd keeps what is to last; empty: nowhere
  std::string instances_dir = instances_directory();  ///< of the files that declare boards; empty: none
  std::vector<HostMount> mounts;
  std::optional<Address> metrics;  ///< where they are served; nothing: they are not
  BlobOrigin blobs = BlobOrigin::Own;
  std::string tty_dir = tty_directory();  ///< of the links to terminals of instances; empty: there can be none
  std::string log_dir = log_directory();  ///< of the logs of instances; empty: they are in memory alone
  std::optional<bool> journal;            ///< whether they go there, too; nothing: where upyd's own log does
  GpioConfig gpio;
  std::map<std::string, std::string> settings;  ///< what the file has, by full name ("gpio.chips"): to find changes
};

/// The names of the settings that two configs have differently, sorted. Command lines are not looked at.
std::vector<std::string> changed_settings(const Config& before, const Config& after);

/// Reads a TOML text; an empty one gives the defaults. `name` is its name in errors. Throws ConfigError: for what is
/// not TOML, keys that do not exist, and values of the wrong type or out of range.
Config parse_config(const std::string& text, const std::string& name);

/// Reads a file. Throws ConfigError.
Config load_config(const std::string& path);

/// An address that the daemon may listen on: TCP tells nothing of who calls, so it must stay on this machine. Throws
/// ConfigError for another.
Address parse_listen(const std::string& url);

/// Throws ConfigError if the config does not allow to listen there: TCP has no protection, TLS needs files.
void check_protection(const Address& address, const Config& config);

/// Throws ConfigError if there is no such level of logging.
void check_log_level(const std::string& level);

}  // namespace upyd
