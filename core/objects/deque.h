#pragma once

#include "objects/type.h"

namespace upy {

/// collections.deque.
extern const Type deque_type;

}  // namespace upy
