#pragma once

#include <span>

#include "objects/runtime/type.h"

namespace upy {

extern const Type list_type;

/// A growable sequence of values.
struct List : Object {
  ValueStorage* storage;  ///< null while capacity is 0; what lies behind `size` in it is null
  size_t size;
  size_t capacity;
  /// Only while capacity is above 0. Dies with the next growth: see view().
  Value* items() { return storage->items(); }
  /// The items as they are now; not to be used after anything that may change the list.
  std::span<const Value> view() const { return {storage ? storage->items() : nullptr, size}; }

  /// With room for at least `capacity` items, and never for less than 4.
  static Result<List*> make(Vm& vm, size_t capacity = 0);
  /// The items may lie in the heap.
  static Result<List*> make(Vm& vm, std::span<const Value> items);
  /// list(iterable).
  static Result<List*> make_from(Vm& vm, Value iterable);
  Result<void> append(Vm& vm, Value value) {
    if (size == capacity) [[unlikely]]
      TRY(grow(vm, size + 1));
    items()[size++] = value;
    return {};
  }
  /// Makes room for at least `wanted` items, with some to spare.
  Result<void> grow(Vm& vm, size_t wanted);
  /// Appends the items of any iterable.
  Result<void> extend(Vm& vm, Value iterable);
  Result<void> insert(Vm& vm, size_t index, Value value);  ///< index <= size
  Result<void> remove(Vm& vm, size_t index);               ///< index < size
  /// Puts other items in the place of `count` from `first` on, all in range. The new ones must not be its own.
  Result<void> replace(Vm& vm, size_t first, size_t count, std::span<const Value> items);
  void clear();
  /// Empties the list and leaves its storage as it is to whoever has a pointer to it.
  void abandon();
  /// Gives back storage if most of it is unused.
  void trim(Vm& vm);

 private:
  Result<void> fill_room(Vm& vm);
};

}  // namespace upy
