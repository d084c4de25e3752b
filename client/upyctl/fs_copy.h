#pragma once

#include <string>
#include <vector>

#include "upyctl/session.h"

namespace upyctl {

/// What `upyctl fs cp` is to do. A path that begins with a colon is one of the board.
struct CopyOptions {
  std::string board;
  std::vector<std::string> paths;  ///< sources, and at last the destination
  bool recursive = false;
  bool force = false;    ///< also what is the same already
  bool verbose = false;  ///< tell each file
};

/// Copies; returns the exit status. Throws upyclient::Error, FileError or std::invalid_argument.
int copy_files(Session& session, const CopyOptions& options);

}  // namespace upyctl
