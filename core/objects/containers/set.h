#pragma once

#include "objects/containers/hash_table.h"
#include "objects/runtime/type.h"

namespace upy {

extern const Type set_type, frozenset_type;

struct SetEntry {
  uint64_t hash;
  Value key;  ///< null: a gap
};

/// A set or frozenset: hashable values in the order they were added. Told apart by their type; natives change only
/// sets.
struct Set : HashTable<SetEntry> {
  static Result<Set*> make(Vm& vm, const Type& type = set_type);
  /// set(iterable) or frozenset(iterable).
  static Result<Set*> make_from(Vm& vm, const Type& type, Value iterable);
  /// TypeError for an unhashable value, and whatever its __eq__ raises.
  Result<void> add(Vm& vm, Value value);
  Result<bool> contains(Vm& vm, Value value);
  /// Whether it was there.
  Result<bool> remove(Vm& vm, Value value);
  /// Adds the items of any iterable.
  Result<void> update(Vm& vm, Value iterable);
};

/// The value as a set or frozenset, or the native part of a class instance that is one; else null.
Set* as_set(Value value);

}  // namespace upy
