#pragma once

#include <cstdint>

namespace upy {

/// The least and the greatest integer that a Value holds itself, and that is a Constant of kind Int; those beyond are
/// objects, and Constants of kind BigInt.
inline constexpr int64_t kSmallIntMin = -(int64_t{1} << 62);
inline constexpr int64_t kSmallIntMax = (int64_t{1} << 62) - 1;

}  // namespace upy
