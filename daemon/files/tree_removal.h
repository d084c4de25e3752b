#pragma once

#include <functional>
#include <string>

#include "port/port.h"

namespace upyd {

/// Removes the directory `name` in the open directory `place`, with all that is in it. However deep it is, that takes
/// two descriptors: directories in it are moved up into `place` first, as NAME.1, NAME.2 and so on. So nobody else may
/// look for anything there.
///
/// `unlink` is called as unlinkat(2), and answers as it does, for each file, and for each directory once it is empty.
using Unlink = std::function<int(int directory, const char* name, int flags)>;
upy::PortError remove_tree(int place, const std::string& name, const Unlink& unlink);

}  // namespace upyd
