#pragma once

#include <string_view>

#include "objects/runtime/type.h"

namespace upy {

extern const Type bytes_type;

/// An immutable sequence of bytes, at most 4 GiB, with a null byte behind.
struct Bytes : Object {
  uint32_t hash_;  ///< 0: not yet computed
  uint32_t size;

  constexpr Bytes(const Shape* shape, uint32_t hash, uint32_t size) : Object{shape}, hash_(hash), size(size) {}

  char* data() { return reinterpret_cast<char*>(this + 1); }
  std::string_view view() const { return {reinterpret_cast<const char*>(this + 1), size}; }
  Result<uint32_t> hash(Vm& vm);
  static Result<Bytes*> make_raw(Vm& vm, size_t size);  ///< new, content undefined
  /// Of that content, which may lie in the heap. Static if it is empty: never write to the result.
  static Result<Bytes*> make(Vm& vm, std::string_view data);
  /// Turns a string that nobody else refers to into bytes.
  static Result<Bytes*> make_from(Vm& vm, Str* str);
};

/// The bytes of an object with the buffer protocol; false if it has none.
bool find_buffer(Value value, Buffer& buffer);
/// Whether `bytes` holds an item: an int as a byte, anything with a buffer as a run of bytes.
Result<bool> bytes_contain(Vm& vm, std::string_view bytes, Value item);
/// Writes the bytes that the items of any iterable are; ValueError for one that is not in 0 to 255.
Result<void> write_items(Vm& vm, Writer& out, Value iterable);

}  // namespace upy
