#pragma once

#include "objects/model/module.h"
#include "objects/runtime/vm.h"

namespace upy {

/// __import__(name, globals, None, from_list, level): the module named last if `from_list` holds anything, else the
/// first one. `globals` tells the importing package of a relative import and may be null for level 0. ImportError.
Result<Value> import_module(Vm& vm, const Str* name, Dict* globals, Value from_list, int level);

/// Finds `name`, which may be dotted, in sys.path and runs it as __main__ (upy -m).
Result<Value> run_as_main(Vm& vm, std::string_view name);

}  // namespace upy
