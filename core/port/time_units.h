#pragma once

#include <cstdint>

/// Times are whole nanoseconds throughout; these turn the units of scripts, configs and the kernel into them.
namespace upy {

constexpr int64_t kNsPerUs = 1'000, kNsPerMs = 1'000'000, kNsPerSecond = 1'000'000'000;

}  // namespace upy
