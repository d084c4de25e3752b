#pragma once

#include <span>

#include "objects/runtime/vm.h"

/// What lists and tuples have in common. `self` is a native list or tuple (of any type derived from tuple); all of this
/// may call Python code that changes a list, so its items are read anew after each call.
namespace upy {

std::span<const Value> items_of(Value self);

Result<void> print_items(Vm& vm, Value self, Writer& out);  ///< reprs with ", " between
/// A comparison with another list or tuple: a bool.
Result<Value> compare_sequences(Vm& vm, BinaryOp op, Value self, Value other);
Result<bool> sequence_contains(Vm& vm, Value self, Value item);
Result<Value> sequence_count(Vm& vm, Args args);  ///< count(self, item)
Result<Value> sequence_index(Vm& vm, Args args);  ///< index(self, item[, start[, stop]])
/// Where the first item equal to that one stands; ValueError if there is none in [start, stop).
Result<size_t> find_in_sequence(Vm& vm, Value self, Value item, size_t start, size_t stop);

/// How often a sequence of `size` items is to be repeated by `* count`, as items in all: 0 for a negative count;
/// MemoryError if that overflows.
Result<size_t> repeated_size(Vm& vm, size_t size, int64_t count);
/// Fills `target` with repetitions of the `size` items in its front.
Result<void> repeat_items(Vm& vm, Value* target, size_t size, size_t total);

}  // namespace upy
