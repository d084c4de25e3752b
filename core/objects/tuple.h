#pragma once

#include <span>

#include "objects/type.h"

namespace upy {

extern const Type tuple_type;
extern const Tuple empty_tuple;

struct Tuple : Object {
  size_t size;
  constexpr Tuple(const Shape* shape, size_t size) : Object{shape}, size(size) {}
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
  std::span<const Value> view() const { return {items(), size}; }
  Value& operator[](size_t i) { return items()[i]; }

  /// A new tuple of null values, to be filled at once. The shared empty tuple for size 0.
  static Result<Tuple*> make(Vm& vm, size_t size);
  static Result<Tuple*> make(Vm& vm, std::span<const Value> items);
};

}  // namespace upy
