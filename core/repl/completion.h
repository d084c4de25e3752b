#pragma once

#include <string_view>

#include "objects/runtime/vm.h"
#include "terminal/line_editor.h"

namespace upy {

/// What the name at the end of `text` may become: a global name of __main__, an attribute of what stands before its
/// last dot, or a module in an import statement. Python may run, and raise.
Result<Completion> complete(Vm& vm, std::string_view text);

}  // namespace upy
