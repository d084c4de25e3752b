#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "upy/config.h"
#include "upyd/v1/instance.pb.h"

/// The settings of an instance are v1::InstanceConfig, the API's own message, from the config file to the interpreter.
/// What each may be stands here once.
namespace upyd {

/// What 0 stands for: itself, or no limit, which is above all other values.
enum class Zero { Number, Unlimited };

/// A numeric field of v1::InstanceConfig.
struct NumericSetting {
  upy::SettingRange range;  ///< its `setting` is the field's name
  uint64_t initial;         ///< what it is if nobody says anything
  Zero zero = Zero::Number;
};
std::span<const NumericSetting> numeric_settings();

/// Reads and sets a field of that name.
uint64_t get(const v1::InstanceConfig& config, const NumericSetting& setting);
void set(v1::InstanceConfig& config, const NumericSetting& setting, uint64_t value);
bool is_set(const v1::InstanceConfig& config, const NumericSetting& setting);

/// The settings if nobody says anything; all fields are set. No mounted directories, no GPIO lines.
v1::InstanceConfig initial_settings();

/// `defaults`, with what `request` sets in place of it.
v1::InstanceConfig merge(const v1::InstanceConfig& defaults, const v1::InstanceConfig& request);

/// What a number of that name may be; `maxima` as below.
std::pair<uint64_t, uint64_t> range_of(const std::string& setting, const v1::InstanceConfig& maxima);

/// Says which setting is out of its range or above its maximum, and what it may be. `maxima` may leave fields unset.
std::optional<std::string> find_fault(const v1::InstanceConfig& config, const v1::InstanceConfig& maxima);

/// What the interpreter is to know of the settings.
upy::Config core_config(const v1::InstanceConfig& config);

}  // namespace upyd
