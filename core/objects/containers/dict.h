#pragma once

#include "objects/containers/hash_table.h"
#include "objects/runtime/type.h"

namespace upy {

extern const Type dict_type, ordered_dict_type;

struct DictEntry {
  uint64_t hash;
  Value key;  ///< null: a gap
  Value value;
};

/// A mapping that keeps insertion order, also of globals, attributes of classes and modules. dict and
/// collections.OrderedDict, told apart by their type.
///
/// Inline caches keep the address of an entry's value together with `version`, which changes whenever an entry is
/// added, removed or moved; storing another value under a key that is there leaves both valid.
struct Dict : HashTable<DictEntry> {
  static Result<Dict*> make(Vm& vm, size_t capacity = 0);
  /// The same of another type: ordered_dict_type.
  static Result<Dict*> make(Vm& vm, const Type& type, size_t capacity);

  // By interned name: never raises, never calls Python, never allocates (but for `set`, where the name is new).
  /// Where the value of that name stands, or null.
  Value* find(const Str* name) {
    int64_t at = locate_name(name);
    return at == kNone ? nullptr : &entries()[at].value;
  }
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
  /// The value; if the key is new, `value` is stored under it first.
  Result<Value> set_default(Vm& vm, Value key, Value value);
  /// Whether it was there; `removed`, if given, is set to its value.
  Result<bool> remove(Vm& vm, Value key, Value* removed = nullptr);
  /// A new dict of the same type and entries.
  Result<Dict*> copy(Vm& vm);
  /// Copies all entries of `other` into this one.
  Result<void> update(Vm& vm, Dict* other);

  /// From now on scripts get a TypeError when they try to change it.
  void freeze();
};

/// The value as a dict, ordered or not, or the native part of a class instance that is one; else null.
Dict* as_dict(Value value);

}  // namespace upy
