#include "objects/exception.h"
#include "objects/iterator.h"
#include "objects/operations.h"
#include "objects/tuple.h"

/// iter() and next().
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

}  // namespace upy
