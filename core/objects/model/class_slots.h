#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// What the objects of every class can do: by special methods, else by their native part.
extern const Slots class_slots;

}  // namespace upy
