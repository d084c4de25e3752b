#pragma once

#include <cstdint>

namespace upy {

inline constexpr int64_t kLetterSide = 8;  ///< pixels

/// What a character looks like: its rows from the top on, whose lowest bits are on the left.
struct Letter {
  uint8_t rows[kLetterSide];
};

/// The letter of an ASCII character; a box for any other.
const Letter& letter_of(char character);

}  // namespace upy
