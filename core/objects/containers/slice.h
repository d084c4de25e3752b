#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type slice_type;

/// start:stop:step. May live on a native stack while an operation lasts; whoever keeps it copies it to the heap
/// (Heap::contains tells).
struct Slice : Object {
  Value start, stop, step;
  Slice(Value start, Value stop, Value step) : Object{&slice_type.root}, start(start), stop(stop), step(step) {}
  /// A copy in the heap.
  Result<Slice*> keep(Vm& vm) const;
};

/// The parts of a slice applied to a sequence as slice.indices() answers them: negative ones counted from the end, all
/// clamped to the sequence (to -1 … length - 1 if the step is negative).
struct SliceIndices {
  int64_t start, stop, step;
};
/// TypeError for parts that are no int, ValueError for step 0.
Result<SliceIndices> slice_indices(Vm& vm, const Slice& slice, int64_t length);

/// A slice applied to a sequence: the items first, first + step, … `count` of them; all in range.
struct SliceRange {
  int64_t first, step;
  size_t count;
  int64_t end;  ///< where the slice ends, clamped; for step 1, [first, end) with end >= first
};
/// TypeError for parts that are no int, ValueError for step 0.
Result<SliceRange> resolve_slice(Vm& vm, const Slice& slice, size_t length);
/// The same for sequences of which scripts can take only runs: NotImplementedError if the step is not 1.
Result<SliceRange> resolve_plain_slice(Vm& vm, const Slice& slice, size_t length);
/// An index into a sequence of `length`, negative ones counted from its end. TypeError, IndexError naming `type`.
Result<size_t> resolve_index(Vm& vm, const Type* type, Value index, size_t length);

}  // namespace upy
