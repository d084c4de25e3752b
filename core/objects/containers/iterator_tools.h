#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// The lazy iterators among the builtins.
extern const Type enumerate_type, zip_type, map_type, filter_type, reversed_type;

}  // namespace upy
