#pragma once

#include <string_view>

#include "objects/type.h"

namespace upy {

extern const Type bytes_type, bytearray_type, array_type, memoryview_type;

/// An immutable sequence of bytes, at most 4 GiB, with a null byte behind.
struct Bytes : Object {
  mutable uint32_t hash_;  ///< 0: not yet computed
  uint32_t size;
  char* data() { return reinterpret_cast<char*>(this + 1); }
  std::string_view view() const { return {reinterpret_cast<const char*>(this + 1), size}; }
  static Result<Bytes*> make_raw(Vm& vm, size_t size);  ///< content undefined
  static Result<Bytes*> make(Vm& vm, std::string_view data);
};

/// bytearray and array.array: a growable run of machine items.
struct Array : Object {
  ByteStorage* storage;  ///< null while capacity is 0
  size_t count;          ///< items
  size_t capacity;       ///< items
  char typecode;         ///< 'B' for bytearrays; else as in the array module
  uint8_t item_size;     ///< bytes
  char* data() { return storage ? storage->data() : nullptr; }
  static Result<Array*> make_bytearray(Vm& vm, std::string_view data);
  /// Appends bytes to a bytearray.
  Result<void> append(Vm& vm, std::string_view data);
};

/// Reads and writes one machine item of a typecode (b B h H i I l L q Q f d, O for objects) at an unaligned address.
Result<Value> load_item(Vm& vm, char typecode, const char* address);
Result<void> store_item(Vm& vm, char typecode, char* address, Value value);
/// Bytes of an item; 0 for an unknown typecode.
size_t item_size(char typecode);

}  // namespace upy
