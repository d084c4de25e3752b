#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type range_type;

/// start, start + step, … before stop; step is not 0.
struct Range : Object {
  int64_t start, stop, step;

  /// `step` must not be 0.
  static Result<Range*> make(Vm& vm, int64_t start, int64_t stop, int64_t step);
  /// The number of items; up to 2^64 - 1.
  uint64_t length() const;
  /// The item at `index`, which must be below length().
  int64_t at(uint64_t index) const {
    return static_cast<int64_t>(static_cast<uint64_t>(start) + index * static_cast<uint64_t>(step));
  }
};

/// The arguments of a call of range(): one to three ints, sorted into start, stop and step. TypeError, OverflowError,
/// and ValueError for a step of 0.
struct RangeBounds {
  int64_t start, stop, step;
};
Result<RangeBounds> range_bounds(Vm& vm, Args args);

}  // namespace upy
