#pragma once

#include <string>

#include "files/file_tree.h"
#include "upy/instance.h"

namespace upyd {

/// Whether there is something of that name for an instance to run by itself.
bool has_start_script(FileTree& files, const std::string& name);

/// Reads a script that an instance runs by itself (boot.py, main.py) from its files. ENOENT: it is none, as nothing or
/// no regular file has that name. Of one that is longer than `most`, somewhat more than that is read: whatever compiles
/// no more refuses it.
upy::PortError read_start_script(FileTree& files, const std::string& name, size_t most, std::string& text);

/// How a script has ended that is there and can't be read.
upy::Outcome unreadable(const std::string& name, const upy::PortError& error);

}  // namespace upyd
