#pragma once

#include "objects/strings/text.h"

namespace upy {

/// pattern % arguments, for a str or bytes. `arguments` is a tuple, a dict or a single value.
Result<Value> format_percent(Vm& vm, const Text& pattern, Value arguments);

}  // namespace upy
