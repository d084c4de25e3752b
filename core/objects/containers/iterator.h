#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

namespace upy {

extern const Type iterator_type, getitem_iterator_type, callable_iterator_type;

/// What a `next` slot answers at the end if the iterator has no value of its own.
inline Value stop_iteration(Vm& vm) {
  vm.stop_value = Value();
  return Value::stop();
}

/// An iterator over an object whose type has the slot `next_at`.
Result<Value> make_iterator(Vm& vm, Value source);
/// An iterator over an object that has only `__getitem__`: it asks for the items 0, 1, … until IndexError or
/// StopIteration.
Result<Value> make_getitem_iterator(Vm& vm, Value source);
/// iter(callable, sentinel): what the callable answers, until that equals the sentinel.
Result<Value> make_callable_iterator(Vm& vm, Value callable, Value sentinel);

}  // namespace upy
