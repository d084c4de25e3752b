#include "objects/containers/tuple.h"

#include <algorithm>

#include "objects/containers/list.h"
#include "objects/containers/sequence.h"
#include "objects/containers/slice.h"
#include "objects/containers/tuple_slots.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

void trace(Object* object, Marker& marker) {
  auto* tuple = static_cast<Tuple*>(object);
  marker.mark(tuple->items(), tuple->size);
}

}  // namespace

constinit const CellKind tuple_kind{.letter = 'T', .trace = trace};
constinit const Tuple empty_tuple{&tuple_type.root, 0};

Tuple* as_tuple(Value value) {
  value = native_of(value);
  if (!value.is_object()) return nullptr;
  const Type* type = value.as_object()->shape->type;
  return type == &tuple_type || type->base == &tuple_type ? static_cast<Tuple*>(value.as_object()) : nullptr;
}

namespace {

/// A tuple whose items `fill(items)`, a Result<void>, sets. Plain bytes to the collector until they are.
template <typename Fill>
Result<Tuple*> make_filled(Vm& vm, const Shape* shape, size_t size, Fill fill) {
  if (size > vm.heap.limit() / sizeof(Value))
    return vm.too_large(std::min(size, SIZE_MAX / sizeof(Value)) * sizeof(Value));
  Tuple* tuple = TRY(vm.allocate<Tuple>(&bytes_storage_shape, sizeof(Tuple) + size * sizeof(Value)));
  tuple->size = size;
  TRY(fill(tuple->items()));
  tuple->shape = shape;
  return tuple;
}

}  // namespace

Result<Tuple*> Tuple::make_shaped(Vm& vm, const Shape* shape, size_t size) {
  return make_filled(vm, shape, size, [&](Value* items) { return fill_values(vm, items, Value(), size); });
}

Result<Tuple*> Tuple::make(Vm& vm, size_t size) {
  if (size == 0) return const_cast<Tuple*>(&empty_tuple);
  return make_shaped(vm, &tuple_type.root, size);
}

Result<Tuple*> Tuple::make(Vm& vm, std::span<const Value> items) {
  if (items.empty()) return const_cast<Tuple*>(&empty_tuple);
  return make_filled(vm, &tuple_type.root, items.size(),
                     [&](Value* to) { return copy_values(vm, to, items.data(), items.size()); });
}

Result<Tuple*> Tuple::make_from(Vm& vm, Value iterable) {
  if (is_exactly(iterable, tuple_type)) return static_cast<Tuple*>(iterable.as_object());
  if (is_exactly(iterable, list_type)) return make(vm, static_cast<List*>(iterable.as_object())->view());
  return make(vm, TRY(List::make_from(vm, iterable))->view());
}

namespace {

Tuple* self_tuple(Value self) { return static_cast<Tuple*>(self.as_object()); }

Result<Value> concatenate(Vm& vm, Tuple* a, Tuple* b) {
  if (a->size + b->size == 0) return &empty_tuple;
  return TRY(make_filled(vm, &tuple_type.root, a->size + b->size, [&](Value* to) -> Result<void> {
    TRY(copy_values(vm, to, a->items(), a->size));
    return copy_values(vm, to + a->size, b->items(), b->size);
  }));
}

Result<Value> repeat(Vm& vm, Tuple* tuple, int64_t count) {
  size_t total = TRY(repeated_size(vm, tuple->size, count));
  if (total == 0) return &empty_tuple;
  return TRY(make_filled(vm, &tuple_type.root, total, [&](Value* to) -> Result<void> {
    TRY(copy_values(vm, to, tuple->items(), tuple->size));
    return repeat_items(vm, to, tuple->size, total);
  }));
}

}  // namespace

Result<Value> tuple_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 0) return &empty_tuple;
  return TRY(Tuple::make_from(vm, args[0]));
}

Result<void> tuple_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  TRY(out.write(vm, "("));
  TRY(print_items(vm, self, out));
  return out.write(vm, self_tuple(self)->size == 1 ? ",)" : ")");
}

Result<Value> tuple_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  if (plain(op) == BinaryOp::Mul) {
    if (!is_int(other)) return Value::not_implemented();
    return repeat(vm, self_tuple(self), TRY(to_int64(vm, other)));
  }
  Tuple* tuple = as_tuple(other);
  if (!tuple) return Value::not_implemented();
  if (plain(op) == BinaryOp::Add) return concatenate(vm, self_tuple(self), tuple);
  if (is_comparison(op)) return compare_sequences(vm, op, self, tuple);
  return Value::not_implemented();
}

Result<Value> tuple_reflected(Vm& vm, BinaryOp op, Value self, Value other) {
  if (plain(op) != BinaryOp::Mul || !is_int(other)) return Value::not_implemented();
  return repeat(vm, self_tuple(self), TRY(to_int64(vm, other)));
}

Result<uint64_t> tuple_hash(Vm& vm, Value self) {
  TRY(vm.check_stack());
  uint64_t result = 0x345678;
  for (Value item : self_tuple(self)->view()) {
    result = (result ^ TRY(hash(vm, item))) * 0x9e3779b97f4a7c15 + 0x51;
    TRY(vm.poll());
  }
  return result;
}

Result<size_t> tuple_length(Vm&, Value self) { return self_tuple(self)->size; }

Result<Value> tuple_get_item(Vm& vm, Value self, Value key) {
  Tuple* tuple = self_tuple(self);
  if (!is_exactly(key, slice_type)) return (*tuple)[TRY(resolve_index(vm, type_of(self), key, tuple->size))];
  SliceRange range = TRY(resolve_plain_slice(vm, *static_cast<Slice*>(key.as_object()), tuple->size));
  return TRY(Tuple::make(vm, tuple->view().subspan(static_cast<size_t>(range.first), range.count)));
}

Result<Value> tuple_next_at(Vm&, Value self, int64_t& cursor) {
  Tuple* tuple = self_tuple(self);
  return static_cast<size_t>(cursor) < tuple->size ? (*tuple)[static_cast<size_t>(cursor++)] : Value::stop();
}

namespace {

constexpr Member kMembers[] = {
    {"count"_n, native<sequence_count, 2>},
    {"index"_n, native<sequence_index, 2, 4>},
};

}  // namespace

constinit const Type tuple_type{{
    .name = "tuple"_n,
    .kind = &tuple_kind,
    .members = kMembers,
    .flags = Type::kSequence,
    .slots = kTupleSlots,
}};

}  // namespace upy
