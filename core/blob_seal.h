#pragma once

#include <string>
#include <string_view>

#include "bytecode/meter.h"

namespace upy {

/// `blob`, which has no seal, with the seal of whoever has `key`: HMAC-SHA256 of all that comes before it.
std::string seal(std::string blob, std::string_view key);

/// Whether `blob`, whose header is right, has the seal of whoever has `key`. False, too, if `meter` says to abandon it.
bool is_sealed(std::string_view blob, std::string_view key, Meter& meter);

}  // namespace upy
