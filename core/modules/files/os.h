#pragma once

#include <string_view>

#include "objects/runtime/result.h"

namespace upy {

class Vm;

/// A variable of the instance's own environment, which os.putenv changes; empty if it has none of that name. Its text
/// lies in the heap.
Result<std::string_view> environment_variable(Vm& vm, std::string_view name);

}  // namespace upy
