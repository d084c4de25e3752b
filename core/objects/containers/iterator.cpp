#include "objects/containers/iterator.h"

#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

/// What all three kinds hold. At the end `source` becomes null, so an iterator that has ended stays at its end.
struct Iterator : Object {
  Value source;    ///< what is iterated over, or called; null: at the end
  int64_t cursor;  ///< of next_at, or the next index
  Value sentinel;  ///< of iter(callable, sentinel); null otherwise
};

void trace(Object* object, Marker& marker) {
  auto* iterator = static_cast<Iterator*>(object);
  marker.mark(iterator->source);
  marker.mark(iterator->sentinel);
}
constexpr CellKind kKind{.trace = trace};

Result<Value> make(Vm& vm, const Type& type, Value source, Value sentinel) {
  Iterator* iterator = TRY(vm.allocate<Iterator>(type));
  iterator->source = source;
  iterator->cursor = 0;
  iterator->sentinel = sentinel;
  return iterator;
}

Value end(Vm& vm, Iterator* iterator) {
  iterator->source = Value();
  return stop_iteration(vm);
}

Result<Value> iterator_next(Vm& vm, Value self) {
  auto* iterator = static_cast<Iterator*>(self.as_object());
  if (!iterator->source) return end(vm, iterator);
  Value item = TRY(type_of(iterator->source)->slots.next_at(vm, iterator->source, iterator->cursor));
  return item.is_stop() ? end(vm, iterator) : item;
}

Result<Value> getitem_iterator_next(Vm& vm, Value self) {
  auto* iterator = static_cast<Iterator*>(self.as_object());
  if (!iterator->source) return end(vm, iterator);
  Result<Value> item = vm.call_method(iterator->source, "__getitem__"_n, {Value::small_int(iterator->cursor)});
  if (item) {
    iterator->cursor++;
    return item;
  }
  if (vm.take_pending(IndexError_type) || vm.take_pending(StopIteration_type)) return end(vm, iterator);
  return Failure{};
}

Result<Value> callable_iterator_next(Vm& vm, Value self) {
  auto* iterator = static_cast<Iterator*>(self.as_object());
  if (!iterator->source) return end(vm, iterator);
  Value item = TRY(vm.call(iterator->source, {}));
  return TRY(equal(vm, item, iterator->sentinel)) ? end(vm, iterator) : item;
}

}  // namespace

Result<Value> make_iterator(Vm& vm, Value source) { return make(vm, iterator_type, source, Value()); }

Result<Value> make_getitem_iterator(Vm& vm, Value source) { return make(vm, getitem_iterator_type, source, Value()); }

Result<Value> make_callable_iterator(Vm& vm, Value callable, Value sentinel) {
  return make(vm, callable_iterator_type, callable, sentinel);
}

constinit const Type iterator_type{{
    .name = "iterator"_n,
    .kind = &kKind,
    .flags = Type::kHashByAddress | Type::kNotSubclassable,
    .slots = {.next = iterator_next},
}};

constinit const Type getitem_iterator_type{{
    .name = "iterator"_n,
    .kind = &kKind,
    .flags = Type::kHashByAddress | Type::kNotSubclassable,
    .slots = {.next = getitem_iterator_next},
}};

constinit const Type callable_iterator_type{{
    .name = "iterator"_n,
    .kind = &kKind,
    .flags = Type::kHashByAddress | Type::kNotSubclassable,
    .slots = {.next = callable_iterator_next},
}};

}  // namespace upy
