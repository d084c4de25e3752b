#pragma once

#include <spdlog/fwd.h>

#include <string>

namespace upyd {

/// The key of this installation, with which it seals what it compiles: the 32 bytes of the file blob.key in
/// `directory`, which is made with a new key at first. Where it can't be read or made, the key is one for the life of
/// the process, and `log` gets a warning: blobs then have to be compiled anew after a restart.
std::string installation_key(const std::string& directory, spdlog::logger& log);

}  // namespace upyd
