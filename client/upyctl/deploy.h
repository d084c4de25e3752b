#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "upyctl/session.h"

namespace upyctl {

/// What `upyctl deploy` is to do.
struct DeployOptions {
  std::string board;
  std::vector<std::string> paths;  ///< files and directories of the user
  bool clean = false;              ///< the board keeps no other files
  bool keep_down = false;
  std::optional<uint32_t> grace_ms;
};

/// Deploys; returns the exit status. Throws upyclient::Error, FileError or std::invalid_argument.
int deploy(Session& session, const DeployOptions& options);

}  // namespace upyctl
