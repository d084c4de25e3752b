#pragma once

#include <string_view>

#include "objects/bytes.h"
#include "objects/type.h"

namespace upy {

extern const Type bytearray_type, array_type, memoryview_type;

/// bytearray and array.array: a growable run of machine items.
///
/// Storage is never freed or shrunk by hand: whoever holds a pointer into it can still read there after Python code has
/// made the array longer or shorter, and sees old items at worst. An array of objects (typecode O) keeps its items in a
/// traced storage; it shows no buffer, so that no script can write bytes where a Value stands.
struct Array : Object {
  Object* storage;    ///< ByteStorage, or ValueStorage for typecode O; null while capacity is 0
  size_t count;       ///< items
  size_t capacity;    ///< items
  char typecode;      ///< 'B' for bytearrays; else as in the array module
  uint8_t item_size;  ///< bytes
  char* data() { return storage ? reinterpret_cast<char*>(storage + 1) : nullptr; }
  std::string_view view() { return {data(), count * item_size}; }

  /// A new array of `type` with `count` items: undefined ones, but None for typecode O. The typecode must be known.
  static Result<Array*> make_raw(Vm& vm, const Type& type, char typecode, size_t count);
  static Result<Array*> make_bytearray(Vm& vm, std::string_view data);
  /// Appends `data`, whole items of this array's kind, which may lie in the array itself. Not for typecode O.
  Result<void> append(Vm& vm, std::string_view data);
  Result<void> append_item(Vm& vm, Value value);
  /// Makes room for at least `wanted` items.
  Result<void> grow(Vm& vm, size_t wanted);
};

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

/// Reads and writes one machine item of a typecode (b B h H i I l L q Q f d, P and S for addresses, O for objects) at
/// an unaligned address, in the machine's byte order. Integers are cut to the item's size.
Result<Value> load_item(Vm& vm, char typecode, const char* address);
Result<void> store_item(Vm& vm, char typecode, char* address, Value value);
/// Bytes of an item; 0 for an unknown typecode.
size_t item_size(char typecode);

/// Compares the items of an array, a bytearray or a memoryview with those of another object with a buffer; an array
/// equals only arrays, unless the other is a bytearray or memoryview that is asked. NotImplementedError where the kinds
/// of items do not allow to compare their bytes; not_implemented for an object that knows nothing of arrays.
Result<Value> compare_arrays(Vm& vm, BinaryOp op, Value self, Value other);
/// The items that are to be stored in a slice of items of that typecode: bytes of a bytes, bytearray, array or
/// memoryview. ValueError if their size does not fit.
Result<std::string_view> slice_source(Vm& vm, char typecode, Value value);

/// The object as an Array; it must be one.
inline Array* array_of(Value value) { return static_cast<Array*>(value.as_object()); }

}  // namespace upy
