#pragma once

#include <string>

namespace upyd {

/// The directory that upyd keeps its state in, if its config does not say: the first that systemd names, else
/// /var/lib/upyd for root, and $XDG_STATE_HOME/upyd or ~/.local/state/upyd for others. Empty if there is none.
std::string state_directory();

}  // namespace upyd
