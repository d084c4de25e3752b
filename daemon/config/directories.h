#pragma once

#include <string>

/// The directories of upyd, if its config says nothing of them. Empty if there is none.
namespace upyd {

/// Where it keeps its state: the first that systemd names, else /var/lib/upyd for root, and $XDG_STATE_HOME/upyd or
/// ~/.local/state/upyd for others.
std::string state_directory();

/// Where boards are declared: instances.d in the first directory that systemd names for the config of a service, else
/// /etc/upyd/instances.d for root, and that in $XDG_CONFIG_HOME/upyd or ~/.config/upyd for others.
std::string instances_directory();

/// Where links to terminals go: `tty` beside the socket of a service, /run/upyd/tty for root, $XDG_RUNTIME_DIR/upyd-tty
/// for others.
std::string tty_directory();

/// Where logs are kept: `log`, likewise. All that is in memory, not on a disk.
std::string log_directory();

}  // namespace upyd
