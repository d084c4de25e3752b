#pragma once

#include <optional>

#include "access/access_rule.h"
#include "upyd/settings/config_section.h"

namespace upyd {

/// The rules of the section [access], in the order of the file; those by default if there is no section, or it has
/// none. Root and upyd's own user are administrators in any case. Throws ConfigError.
AccessRules parse_access(std::optional<ConfigSection> access, InsecureTcp tcp);

}  // namespace upyd
