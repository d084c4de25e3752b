#pragma once

#include <string>

#include "upyctl/session.h"

namespace upyctl {

/// Is the terminal of an instance until that ends: the standard input goes to its scripts, and what they write comes
/// out. A terminal is in raw mode meanwhile, so that Ctrl-C reaches the instance; Ctrl-] leaves. Returns the exit
/// status. Throws upyclient::Error if the call fails.
int attach_console(Session& session, const std::string& instance);

}  // namespace upyctl
