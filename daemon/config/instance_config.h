#pragma once

#include "config/config_section.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// Reads the settings of instances: the keys of [instances], and of a file that declares a board. What a table does not
/// say stays as it is. `maxima` as find_fault has them. Throws ConfigError.
void read_instance_config(ConfigSection& section, const v1::InstanceConfig& maxima, v1::InstanceConfig& config);

/// The numbers among them alone.
void read_numeric_settings(ConfigSection& section, const v1::InstanceConfig& maxima, v1::InstanceConfig& config);

}  // namespace upyd
