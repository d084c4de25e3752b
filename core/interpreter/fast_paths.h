#pragma once

#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// What the dispatch loop answers by itself of truth, equality and items, for the types that are met most; arithmetic.h
/// has the numbers.
namespace upy {

/// What truth() answers without a call: true, false, or unknown.
enum class Truth : uint8_t { False, True, Unknown };
inline Truth fast_truth(Value value) {
  if (value.is_bool()) return value.is_true() ? Truth::True : Truth::False;
  if (value.is_small_int()) return value.as_small_int() ? Truth::True : Truth::False;
  return value.is_none() ? Truth::False : Truth::Unknown;
}

/// Equality where neither side can have a special method: identical or not, for interned strings and singletons.
inline bool fast_equal(Value a, Value b, bool& answer) {
  if (is_exactly(a, str_type) && is_exactly(b, str_type)) {
    const auto *left = static_cast<const Str*>(a.as_object()), *right = static_cast<const Str*>(b.as_object());
    answer = left->size <= kSlice && equal(left, right);
    return left->size <= kSlice;
  }
  if (a.is_none() || b.is_none()) {
    answer = a == b;
    return !is_class_instance(a) && !is_class_instance(b);
  }
  return false;
}

/// list[i] and tuple[i] for a small integer in range.
inline Value fast_item(Value container, Value index) {
  if (!index.is_small_int() || !container.is_object()) return {};
  Object* object = container.as_object();
  int64_t i = index.as_small_int();
  if (object->shape == &list_type.root) {
    auto* list = static_cast<List*>(object);
    if (i < 0) i += static_cast<int64_t>(list->size);
    return static_cast<uint64_t>(i) < list->size ? list->items()[i] : Value();
  }
  if (object->shape == &tuple_type.root) {
    auto* tuple = static_cast<Tuple*>(object);
    if (i < 0) i += static_cast<int64_t>(tuple->size);
    return static_cast<uint64_t>(i) < tuple->size ? (*tuple)[i] : Value();
  }
  return {};
}

}  // namespace upy
