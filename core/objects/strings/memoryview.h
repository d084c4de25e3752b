#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type memoryview_type;

/// A view of the bytes of another object, item by item. What it shows is looked up in the owner at each use, so it
/// never shows more than the owner has.
struct MemoryView : Object {
  Value owner;    ///< an object with a buffer, never a MemoryView
  size_t offset;  ///< of the first item, in bytes from the owner's first
  size_t count;   ///< items; fewer are shown if the owner has become smaller
  char typecode;
  uint8_t item_size;  ///< bytes
  static Result<MemoryView*> make(Vm& vm, Value owner, size_t offset, size_t count, char typecode);
};

}  // namespace upy
