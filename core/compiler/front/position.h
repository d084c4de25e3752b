#pragma once

#include <cstdint>

namespace upy::ast {

/// A place in the source; both count from 1, columns in characters.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};

}  // namespace upy::ast
