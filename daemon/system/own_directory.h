#pragma once

#include <string>

#include "system/owned_descriptor.h"

namespace upyd {

/// Opens a directory in which nobody but root and the daemon's own user can change things: who else could might have
/// other files replaced and removed. What is done by the descriptor is done there, whatever its path leads to by then.
/// Null: as errno says, EPERM if others may change it.
OwnedDescriptor open_own_directory(const std::string& path);

/// A path to what is in an open directory, as long as it is open.
std::string path_in(const OwnedDescriptor& directory, const std::string& name);

}  // namespace upyd
