#pragma once

#include <cassert>
#include <cstdint>

#include "heap/value.h"

namespace upy {

struct Str;

/// The arguments of a call: `positional` values, then `keywords` pairs of an interned name and a value. They lie on the
/// value stack, a native stack or in the heap, and belong to who calls: a callee copies what it keeps or changes, and
/// one that hands them on with more in front does so through an ArgBuffer.
struct Args {
  const Value* values = nullptr;
  uint32_t positional = 0;
  uint32_t keywords = 0;

  Args() = default;
  Args(const Value* values, uint32_t positional, uint32_t keywords = 0)
      : values(values), positional(positional), keywords(keywords) {}

  /// A positional argument; `i` must be below `positional`.
  Value operator[](uint32_t i) const {
    assert(i < positional);
    return values[i];
  }
  uint32_t size() const { return positional; }
  Value keyword_name(uint32_t i) const { return values[positional + 2 * i]; }
  Value keyword_value(uint32_t i) const { return values[positional + 2 * i + 1]; }
  /// The positional argument, or the null Value if there are fewer.
  Value at(uint32_t i) const { return i < positional ? values[i] : Value(); }
  /// Without the first `n` positional arguments; there must be as many.
  Args skip(uint32_t n) const {
    assert(n <= positional);
    return {values + n, positional - n, keywords};
  }
};

}  // namespace upy
