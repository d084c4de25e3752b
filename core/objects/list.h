#pragma once

#include <span>

#include "objects/type.h"

namespace upy {

extern const Type list_type;

struct List : Object {
  ValueStorage* storage;  ///< null while capacity is 0
  size_t size;
  size_t capacity;
  Value* items() { return storage->items(); }
  std::span<const Value> view() const { return {storage ? storage->items() : nullptr, size}; }

  static Result<List*> make(Vm& vm, size_t capacity = 0);
  static Result<List*> make(Vm& vm, std::span<const Value> items);
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
  void remove(size_t index);                               ///< index < size
};

}  // namespace upy
