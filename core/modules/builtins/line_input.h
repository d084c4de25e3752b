#pragma once

#include <string>
#include <string_view>

#include "objects/runtime/vm.h"

namespace upy {

/// A line from a console that gives keys (Console::gives_keys), edited and shown as it is typed. EOFError for Ctrl-D on
/// an empty line, KeyboardInterrupt for Ctrl-C where that does not interrupt by itself.
Result<std::string> read_edited_line(Vm& vm, std::string_view prompt);

}  // namespace upy
