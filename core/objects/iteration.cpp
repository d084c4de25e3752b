#include "objects/exception.h"
#include "objects/iterator.h"
#include "objects/operations.h"
#include "objects/str.h"

/// Going through the items of any value.
namespace upy {

Result<Value> get_iter(Vm& vm, Value value) {
  const Type* type = type_of(value);
  if (type->slots.iter) return type->slots.iter(vm, value);
  if (type->slots.next_at) return make_iterator(vm, value);
  if (type->slots.next) return value;
  return vm.raise(Error::not_iterable, {type});
}

Result<Value> get_next(Vm& vm, Value iterator) {
  const Type* type = type_of(iterator);
  if (!type->slots.next) return vm.raise(Error::not_iterator, {type});
  Result<Value> item = type->slots.next(vm, iterator);
  if (item) return item;
  Value stop = vm.take_pending(StopIteration_type);
  if (!stop) return Failure{};
  vm.stop_value = TRY(get_attr(vm, stop, "value"_n));
  return Value::stop();
}

Result<void> Iteration::begin(Vm& vm, Value iterable) {
  cursor_ = 0;
  steps_ = 0;
  next_at_ = type_of(iterable)->slots.next_at;
  source_ = next_at_ ? iterable : TRY(get_iter(vm, iterable));
  return {};
}

Result<Value> Iteration::next(Vm& vm) {
  if (++steps_ % kStepsPerPoll == 0) TRY(vm.poll());
  if (next_at_) return next_at_(vm, source_, cursor_);
  return get_next(vm, source_);
}

}  // namespace upy
