#pragma once

#include "heap/value.h"

namespace upy {

class Marker;
struct Shape;
struct Type;

/// What every object begins with, on the heap or static: its shape, which tells its type and its layout.
struct Object {
  const Shape* shape;
};

/// How the collector treats the objects of a shape.
struct CellKind {
  char letter = 'h';  ///< in the heap map of mem_info(verbose): T L D S A F B M, h for anything else
  /// Marks everything the object refers to, its shape excepted. Null: nothing.
  void (*trace)(Object* object, Marker& marker) = nullptr;
  /// Gives back what lies outside the heap. Called once, for objects given to Heap::add_finalizer. Must not touch other
  /// objects.
  void (*finalize)(Object* object) = nullptr;
};

/// What objects of one kind have in common. Static for native types; instances of classes have one per set of
/// attributes.
struct Shape : Object {
  const CellKind* kind;
  const Type* type;  ///< null for cells that no script can see (storage of lists, dicts, …)
  constexpr Shape(const Shape* shape, const CellKind* kind, const Type* type) : Object{shape}, kind(kind), type(type) {}
};

/// The shape of static shapes.
extern const Shape shape_shape;
/// Storage of plain bytes; not traced.
extern const Shape bytes_storage_shape;
/// Storage of values: all words after the header are traced as values, so unused ones must be null.
extern const Shape value_storage_shape;
/// That of a cell that is being filled with values: plain bytes to the collector until it becomes one of them.
extern const Shape unfilled_storage_shape;

/// A cell of plain bytes, as large as it was allocated.
struct ByteStorage : Object {
  char* data() { return reinterpret_cast<char*>(this + 1); }
};

/// A cell of values; see value_storage_shape.
struct ValueStorage : Object {
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
};

}  // namespace upy
