#pragma once

#include <string_view>

#include "objects/runtime/type.h"
#include "objects/strings/bytes.h"

namespace upy {

extern const Type bytearray_type, array_type;
/// That of cells whose bytes are the items of arrays, and nothing else: a script may write any bytes there.
extern const Shape item_storage_shape;

/// bytearray and array.array: a growable run of machine items.
///
/// Storage is never freed or shrunk by hand: whoever holds a pointer into it can still read there after Python code has
/// made the array longer or shorter, and sees old items at worst. An array of objects (typecode O) keeps its items in a
/// traced storage; it shows no buffer, so that no script can write bytes where a Value stands.
struct Array : Object {
  Object* storage;    ///< ByteStorage (item_storage_shape), or ValueStorage for typecode O; null while capacity is 0
  size_t count;       ///< items
  size_t capacity;    ///< items
  char typecode;      ///< 'B' for bytearrays; else as in the array module
  uint8_t item_size;  ///< bytes
  bool is_shared;     ///< others use its storage: it gets one of its own to grow
  uint32_t offset;    ///< of the first item in the storage, in bytes; 0 unless shared
  char* data() { return storage ? reinterpret_cast<char*>(storage + 1) + offset : nullptr; }
  std::string_view view() { return {data(), count * item_size}; }

  /// A new array of `type` with `count` items: undefined ones, but None for typecode O. The typecode must be known.
  static Result<Array*> make_raw(Vm& vm, const Type& type, char typecode, size_t count);
  static Result<Array*> make_bytearray(Vm& vm, std::string_view data);
  /// A bytearray of a part of another array's storage, which must have as many bytes.
  static Result<Array*> make_shared(Vm& vm, ByteStorage* storage, size_t offset, size_t size);
  /// Appends `data`, whole items of this array's kind, which may lie in the array itself. Not for typecode O.
  Result<void> append(Vm& vm, std::string_view data);
  Result<void> append_item(Vm& vm, Value value);
  /// Makes room for at least `wanted` items.
  Result<void> grow(Vm& vm, size_t wanted);
};

/// The object as an Array; it must be one.
inline Array* array_of(Value value) { return static_cast<Array*>(value.as_object()); }

}  // namespace upy
