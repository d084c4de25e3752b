#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "upyd/settings/config_section.h"
#include "upyd/v1/instance.pb.h"

/// The settings of instances as TOML has them: in [instances] of upyd's config, in a file that declares a board, and
/// where upyctl shows and edits them. The keys are the fields of v1::InstanceConfig; those of its messages have names
/// of their own: gpio, gpio_inputs, tty, tty_owner, tty_group, tty_mode.
namespace upyd {

/// The least and the most that a number of that name may be.
using NumberRange = std::function<std::pair<uint64_t, uint64_t>(const std::string& name)>;

/// Reads them; what a table does not say stays as it is. Throws ConfigError.
void read_instance_config(ConfigSection& section, const NumberRange& range, v1::InstanceConfig& config);

/// The numbers among them alone.
void read_instance_numbers(ConfigSection& section, const NumberRange& range, v1::InstanceConfig& config);

/// What `key` says, "none", "read" or "write", or else `otherwise`. Throws ConfigError.
v1::MountAccess read_access(ConfigSection& section, std::string_view key, v1::MountAccess otherwise);

/// The settings that are set, as lines "KEY = VALUE", in the order of the API. `is_shown` says which keys are wanted.
std::string instance_toml(
    const v1::InstanceConfig& config,
    const std::function<bool(const std::string& key)>& is_shown = [](const auto&) { return true; });

}  // namespace upyd
