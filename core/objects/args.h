#pragma once

#include <cstdint>

#include "heap/value.h"

namespace upy {

struct Str;

/// The arguments of a call: `positional` values, then `keywords` pairs of an interned name and a value. They lie on the
/// value stack or a native stack; a callee copies what it keeps.
struct Args {
  Value* values = nullptr;
  uint32_t positional = 0;
  uint32_t keywords = 0;

  Args() = default;
  Args(Value* values, uint32_t positional, uint32_t keywords = 0)
      : values(values), positional(positional), keywords(keywords) {}

  /// A positional argument; `i` must be below `positional`.
  Value operator[](uint32_t i) const { return values[i]; }
  uint32_t size() const { return positional; }
  Value keyword_name(uint32_t i) const { return values[positional + 2 * i]; }
  Value keyword_value(uint32_t i) const { return values[positional + 2 * i + 1]; }
  /// The positional argument, or the null Value if there are fewer.
  Value at(uint32_t i) const { return i < positional ? values[i] : Value(); }
  /// Without the first `n` positional arguments.
  Args skip(uint32_t n) const { return {values + n, positional - n, keywords}; }
};

}  // namespace upy
