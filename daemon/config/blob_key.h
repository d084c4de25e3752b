#pragma once

#include <spdlog/logger.h>

#include <string>

namespace upyd {

/// The directory that upyd keeps its state in: the first that systemd names, else /var/lib/upyd for root, and
/// $XDG_STATE_HOME/upyd or ~/.local/state/upyd for others. Empty if there is none.
std::string state_directory();

/// The key of this installation, with which it seals what it compiles: the 32 bytes of the file blob.key in
/// `directory`, which is made with a new key at first. Where it can't be read or made, the key is one for the life of
/// the process, and `log` gets a warning: blobs then have to be compiled anew after a restart.
std::string installation_key(const std::string& directory, spdlog::logger& log);

}  // namespace upyd
