#pragma once

#include <string>

#include "objects/runtime/vm.h"

/// What import and execfile() need of files: those that came with the script, then through the mount table.
namespace upy {

/// What there is under a path. A file system written in Python that raises from stat() has nothing there.
Result<Files::Kind> kind_of_file(Vm& vm, const std::string& path);
/// A whole file, which must not be larger than the heap may become; MemoryError else. OSError.
Result<std::string> read_source(Vm& vm, const std::string& path);

}  // namespace upy
