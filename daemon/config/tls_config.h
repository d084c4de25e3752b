#pragma once

#include "tls/tls_settings.h"
#include "upyd/settings/config_section.h"

namespace upyd {

/// Reads the section [tls]; the files themselves are not looked at. Throws ConfigError.
TlsSettings parse_tls(ConfigSection section);

}  // namespace upyd
