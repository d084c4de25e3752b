#pragma once

#include "port/port.h"

namespace upyd {

/// Gives the empty directory `to` all that is in the directory `from`; both are open for reading. Files become further
/// names of the same files; where the file system knows no such thing, copies, which are on the disk then. What is
/// neither a file nor a directory is left out. Nobody may change either meanwhile.
upy::PortError copy_tree(int from, int to);

/// Has all directories in a directory, and itself, on the disk; of the files in them the names.
upy::PortError sync_directories(int root);

}  // namespace upyd
