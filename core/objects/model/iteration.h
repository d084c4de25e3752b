#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// The iterator protocol from C++. Each step may raise, and may call Python code, which may change anything.
namespace upy {

/// iter(value).
Result<Value> get_iter(Vm& vm, Value value);
/// What a failed step of an iterator means: Value::stop() if StopIteration is pending, which is taken and leaves its
/// value in vm.stop_value; else still the failure.
Result<Value> end_by_stop_iteration(Vm& vm);
/// next(iterator): an item, or Value::stop() with vm.stop_value set. A raised StopIteration counts as the end.
Result<Value> get_next(Vm& vm, Value iterator);

/// A loop over any iterable from C++, without an iterator object where the type allows. Lives on the native stack.
///   Iteration items;  TRY(items.begin(vm, iterable));
///   while (true) { Value item = TRY(items.next(vm)); if (item.is_stop()) break; … }
class Iteration {
 public:
  Result<void> begin(Vm& vm, Value iterable);
  Result<Value> next(Vm& vm);

 private:
  Value source_;
  int64_t cursor_ = 0;
  Result<Value> (*next_at_)(Vm&, Value, int64_t&) = nullptr;
};

}  // namespace upy
