#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// collections.deque.
extern const Type deque_type;

}  // namespace upy
