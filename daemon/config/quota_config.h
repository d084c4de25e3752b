#pragma once

#include "access/access_quota.h"
#include "upyd/settings/config_section.h"

namespace upyd {

/// Those keys of an [[access.rule]] that bound what it gives. Throws ConfigError.
AccessQuota read_quota(ConfigSection& rule);

}  // namespace upyd
