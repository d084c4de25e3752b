#pragma once

#include "heap/value.h"

namespace upy {

/// A float for a member table; it must have an immediate encoding.
consteval Value float_constant(double d) {
  Value value;
  if (!Value::immediate_float(d, value)) __builtin_unreachable();
  return value;
}

}  // namespace upy
