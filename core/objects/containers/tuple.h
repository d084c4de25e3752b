#pragma once

#include <concepts>
#include <span>

#include "objects/runtime/type.h"

namespace upy {

extern const Type tuple_type;
extern const Tuple empty_tuple;

/// An immutable sequence of values. Objects of types derived from tuple (named tuples) are Tuples too.
struct Tuple : Object {
  size_t size;
  constexpr Tuple(const Shape* shape, size_t size) : Object{shape}, size(size) {}
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
  std::span<const Value> view() const { return {items(), size}; }
  Value& operator[](size_t i) { return items()[i]; }

  /// A new tuple of null values, to be filled at once. The shared empty tuple for size 0.
  static Result<Tuple*> make(Vm& vm, size_t size);
  /// The items may lie in the heap.
  static Result<Tuple*> make(Vm& vm, std::span<const Value> items);
  /// tuple(iterable).
  static Result<Tuple*> make_from(Vm& vm, Value iterable);
  /// The same with another shape, one of a type derived from tuple; never shared.
  static Result<Tuple*> make_shaped(Vm& vm, const Shape* shape, size_t size);
};

/// How the collector treats tuples of any shape.
extern const CellKind tuple_kind;

/// A read-only tuple that all instances share, of type tuple or of another shape: StaticTuple{first, second}.
template <size_t N>
struct StaticTuple : Tuple {
  Value values[N];
  template <std::same_as<Value>... Values>
  constexpr explicit StaticTuple(Values... values) : Tuple(&tuple_type.root, N), values{values...} {}
  template <std::same_as<Value>... Values>
  constexpr explicit StaticTuple(const Shape* shape, Values... values) : Tuple(shape, N), values{values...} {}
};
template <std::same_as<Value>... Values>
StaticTuple(Values...) -> StaticTuple<sizeof...(Values)>;
template <std::same_as<Value>... Values>
StaticTuple(const Shape*, Values...) -> StaticTuple<sizeof...(Values)>;

/// The value as a tuple: an object of tuple or a native type derived from it, or the native part of a class instance
/// that is one; else null.
Tuple* as_tuple(Value value);

}  // namespace upy
