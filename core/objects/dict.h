#pragma once

#include "objects/type.h"

namespace upy {

extern const Type dict_type;

/// A mapping that keeps insertion order: entries in the order they came, and an index of their hashes once there are
/// more than a few. Deleted entries leave a gap (null key) until the next resize.
///
/// Inline caches keep the address of an entry's value together with `version`, which changes whenever an entry is added,
/// removed or moved; storing another value under a key that is there leaves both valid.
///
/// A key's __eq__ or __hash__ may change the dict itself: look-ups notice and start again.
struct Dict : Object {
  struct Entry {
    uint64_t hash;
    Value key;  ///< null: a gap
    Value value;
  };
  Object* table;      ///< a cell of entries and index; null while empty
  uint32_t used;      ///< entries, gaps included
  uint32_t count;     ///< live entries
  uint32_t capacity;  ///< entries the table has room for
  uint32_t version;

  static Result<Dict*> make(Vm& vm, size_t capacity = 0);

  // By interned name: never raises, never calls Python, never allocates.
  /// Where the value of that name stands, or null.
  Value* find(const Str* name);
  bool remove(const Str* name);
  /// The value, or null.
  Value get(const Str* name) {
    Value* slot = find(name);
    return slot ? *slot : Value();
  }
  Result<void> set(Vm& vm, const Str* name, Value value);

  // By any key.
  /// The value, or absent(). TypeError for an unhashable key, and whatever __eq__ raises.
  Result<Value> get(Vm& vm, Value key);
  Result<void> set(Vm& vm, Value key, Value value);
  /// Whether it was there; `removed`, if given, is set to its value.
  Result<bool> remove(Vm& vm, Value key, Value* removed = nullptr);
  void clear();
  Result<Dict*> copy(Vm& vm);
  /// Copies all entries of `other` into this one.
  Result<void> update(Vm& vm, Dict* other);

  Entry* entries();
  /// The next live entry at or after position `at`, which moves behind it; null at the end.
  Entry* next(size_t& at);
};

}  // namespace upy
