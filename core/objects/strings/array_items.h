#pragma once

#include <string_view>

#include "objects/runtime/type.h"

namespace upy {

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

}  // namespace upy
