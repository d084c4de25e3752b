#include "objects/model/iteration.h"

#include "objects/containers/iterator.h"
#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/runtime/vm.h"

/// Going through the items of any value: iter(), next(), and loops from C++.
namespace upy {

Result<Value> get_iter(Vm& vm, Value value) {
  const Slots& slots = type_of(value)->slots;
  if (slots.iter) return slots.iter(vm, value);
  if (slots.next_at) return make_iterator(vm, value);
  if (slots.next) return value;
  return vm.raise(Error::not_iterable, {type_of(value)});
}

Result<Value> get_next(Vm& vm, Value iterator) {
  auto* next = type_of(iterator)->slots.next;
  if (!next) return vm.raise(Error::not_iterator, {type_of(iterator)});
  Result<Value> item = next(vm, iterator);
  return item ? item : end_by_stop_iteration(vm);
}

Result<Value> end_by_stop_iteration(Vm& vm) {
  Value stop = vm.take_pending(StopIteration_type);
  if (!stop) return Failure{};
  Tuple* args = as_exception(stop)->args;
  vm.stop_value = args->size ? args->items()[0] : Value();
  return Value::stop();
}

Result<void> Iteration::begin(Vm& vm, Value iterable) {
  cursor_ = 0;
  next_at_ = type_of(iterable)->slots.next_at;
  source_ = next_at_ ? iterable : TRY(get_iter(vm, iterable));
  return {};
}

Result<Value> Iteration::next(Vm& vm) {
  TRY(vm.poll());
  if (next_at_) return next_at_(vm, source_, cursor_);
  return get_next(vm, source_);
}

}  // namespace upy
