#include "objects/containers/deque.h"

#include <utility>

#include "objects/containers/slice.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

/// A ring of values. All its room is there from the start, so nothing that is done to a deque allocates.
struct Deque : Object {
  ValueStorage* ring;  ///< null while limit is 0
  size_t limit;        ///< items it can hold
  size_t first;        ///< where in the ring the first item lies
  size_t count;
  bool strict;  ///< a full deque raises IndexError instead of dropping the item at the other end

  Value& item(size_t index) { return ring->items()[(first + index) % limit]; }
};

constexpr CellKind kKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Deque*>(object)->ring); }};

Deque* self_deque(Value self) { return static_cast<Deque*>(self.as_object()); }

Value take_first(Deque* deque) {
  Value item = std::exchange(deque->item(0), Value());
  deque->first = (deque->first + 1) % deque->limit;
  deque->count--;
  return item;
}

Value take_last(Deque* deque) {
  deque->count--;
  return std::exchange(deque->item(deque->count), Value());
}

Result<void> append(Vm& vm, Deque* deque, Value item) {
  if (deque->count == deque->limit) {
    if (deque->strict) return vm.raise(Error::deque_full);
    if (deque->limit == 0) return {};
    take_first(deque);
  }
  deque->item(deque->count++) = item;
  return {};
}

Result<void> append_left(Vm& vm, Deque* deque, Value item) {
  if (deque->count == deque->limit) {
    if (deque->strict) return vm.raise(Error::deque_full);
    if (deque->limit == 0) return {};
    take_last(deque);
  }
  deque->first = (deque->first + deque->limit - 1) % deque->limit;
  deque->count++;
  deque->item(0) = item;
  return {};
}

Result<void> extend(Vm& vm, Deque* deque, Value iterable) {
  Iteration items;
  TRY(items.begin(vm, iterable));
  while (true) {
    Value item = TRY(items.next(vm));
    if (item.is_stop()) return {};
    TRY(append(vm, deque, item));
  }
}

/// deque(iterable, maxlen[, flags]); a flag of 1 makes it strict.
Result<Value> deque_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 2, 3));
  int64_t limit = TRY(to_int64(vm, args[1]));
  if (limit < 0) return vm.raise_with(ValueError_type, Value());
  int64_t flags = args.size() > 2 ? TRY(to_int64(vm, args[2])) : 0;
  ValueStorage* ring = limit > 0 ? TRY(vm.allocate_values(static_cast<size_t>(limit))) : nullptr;
  Deque* deque = TRY(vm.allocate<Deque>(*type));
  deque->ring = ring;
  deque->limit = static_cast<size_t>(limit);
  deque->first = deque->count = 0;
  deque->strict = flags & 1;
  TRY(extend(vm, deque, args[0]));
  return deque;
}

Result<size_t> deque_length(Vm&, Value self) { return self_deque(self)->count; }

Result<Value> deque_get_item(Vm& vm, Value self, Value key) {
  Deque* deque = self_deque(self);
  return deque->item(TRY(resolve_index(vm, &deque_type, key, deque->count)));
}

Result<void> deque_set_item(Vm& vm, Value self, Value key, Value value) {
  if (!value) return vm.raise(Error::no_item_deletion, {&deque_type});
  Deque* deque = self_deque(self);
  deque->item(TRY(resolve_index(vm, &deque_type, key, deque->count))) = value;
  return {};
}

Result<Value> deque_next_at(Vm&, Value self, int64_t& cursor) {
  Deque* deque = self_deque(self);
  return static_cast<size_t>(cursor) < deque->count ? deque->item(static_cast<size_t>(cursor++)) : Value::stop();
}

Result<Value> deque_append(Vm& vm, Args args) {
  TRY(append(vm, self_deque(args[0]), args[1]));
  return Value::none();
}

Result<Value> deque_appendleft(Vm& vm, Args args) {
  TRY(append_left(vm, self_deque(args[0]), args[1]));
  return Value::none();
}

Result<Value> deque_extend(Vm& vm, Args args) {
  TRY(extend(vm, self_deque(args[0]), args[1]));
  return Value::none();
}

Result<Value> deque_pop(Vm& vm, Args args) {
  Deque* deque = self_deque(args[0]);
  return deque->count ? take_last(deque) : Result<Value>(vm.raise(Error::deque_empty));
}

Result<Value> deque_popleft(Vm& vm, Args args) {
  Deque* deque = self_deque(args[0]);
  return deque->count ? take_first(deque) : Result<Value>(vm.raise(Error::deque_empty));
}

constexpr Member kMembers[] = {
    {"append"_n, native<deque_append, 2>},   {"appendleft"_n, native<deque_appendleft, 2>},
    {"extend"_n, native<deque_extend, 2>},   {"pop"_n, native<deque_pop, 1>},
    {"popleft"_n, native<deque_popleft, 1>},
};

}  // namespace

constinit const Type deque_type{{
    .name = "deque"_n,
    .kind = &kKind,
    .members = kMembers,
    .flags = Type::kHashByAddress | Type::kSequence,
    .slots = {.construct = deque_construct,
              .length = deque_length,
              .get_item = deque_get_item,
              .set_item = deque_set_item,
              .next_at = deque_next_at},
}};

}  // namespace upy
