#include "objects/containers/list.h"

#include <algorithm>

#include "objects/containers/sequence.h"
#include "objects/containers/slice.h"
#include "objects/containers/sort.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
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

/// What a new list has room for: so much can be appended where nothing can be allocated, as in hard interrupt handlers.
constexpr size_t kLeastCapacity = 4;
/// A list that is cleared keeps its storage if that is no larger.
constexpr size_t kKeptCapacity = 16;
/// Lists of a smaller capacity keep all of it.
constexpr size_t kTrimmedCapacity = 1024;

}  // namespace

// ---- storage ----

Result<List*> List::make(Vm& vm, size_t capacity) {
  ValueStorage* storage = TRY(vm.allocate_values(std::max(capacity, kLeastCapacity)));
  List* list = TRY(vm.allocate<List>(list_type));
  list->storage = storage;
  list->size = 0;
  list->capacity = vm.capacity(storage);
  return list;
}

Result<List*> List::make(Vm& vm, std::span<const Value> items) {
  List* list = TRY(make(vm, items.size()));
  TRY(copy_values(vm, list->items(), items.data(), items.size()));
  list->size = items.size();
  return list;
}

Result<List*> List::make_from(Vm& vm, Value iterable) {
  List* list = TRY(make(vm));
  TRY(list->extend(vm, iterable));
  return list;
}

Result<void> List::grow(Vm& vm, size_t wanted) {
  if (wanted <= capacity) return {};
  if (wanted > vm.heap.limit() / sizeof(Value))
    return vm.too_large(std::min(wanted, SIZE_MAX / sizeof(Value)) * sizeof(Value));
  size_t roomy = wanted + wanted / 4 + 3;
  if (storage && vm.heap.resize_in_place(storage, (roomy + 1) * sizeof(Value))) return fill_room(vm);
  ValueStorage* larger = TRY(vm.allocate_values(roomy));
  TRY(copy_values(vm, larger->items(), view().data(), size));
  storage = larger;
  capacity = vm.capacity(larger);
  return {};
}

/// Makes null what has been added to the storage. After a kill it has not been added.
Result<void> List::fill_room(Vm& vm) {
  const size_t before = capacity;
  Result<void> filled = fill_values(vm, items() + before, Value(), vm.capacity(storage) - before);
  if (!filled) vm.heap.resize_in_place(storage, (before + 1) * sizeof(Value));
  capacity = vm.capacity(storage);
  return filled;
}

void List::clear() {
  if (capacity > kKeptCapacity) return abandon();
  if (storage) std::fill_n(items(), size, Value());
  size = 0;
}

void List::abandon() {
  storage = nullptr;
  size = capacity = 0;
}

void List::trim(Vm& vm) {
  if (capacity < kTrimmedCapacity || size > capacity / 4) return;
  if (vm.heap.resize_in_place(storage, (2 * size + 1) * sizeof(Value))) capacity = vm.capacity(storage);
}

// ---- changing ----

Result<void> List::extend(Vm& vm, Value iterable) {
  if (is_exactly(iterable, list_type) || is_exactly(iterable, tuple_type)) {
    size_t more = items_of(iterable).size();
    if (more == 0) return {};
    TRY(grow(vm, size + more));
    TRY(copy_values(vm, items() + size, items_of(iterable).data(), more));
    size += more;
    return {};
  }
  Iteration source;
  TRY(source.begin(vm, iterable));
  while (true) {
    Value item = TRY(source.next(vm));
    if (item.is_stop()) return {};
    TRY(append(vm, item));
  }
}

Result<void> List::insert(Vm& vm, size_t index, Value value) {
  TRY(append(vm, value));
  TRY(move_values(vm, items() + index + 1, items() + index, size - 1 - index));
  items()[index] = value;
  return {};
}

Result<void> List::remove(Vm& vm, size_t index) {
  TRY(move_values(vm, items() + index, items() + index + 1, size - 1 - index));
  items()[--size] = Value();
  return {};
}

Result<void> List::replace(Vm& vm, size_t first, size_t count, std::span<const Value> new_items) {
  size_t new_size = size - count + new_items.size();
  if (new_size > capacity) TRY(grow(vm, new_size));
  if (capacity == 0) return {};
  Value* target = items() + first;
  TRY(move_values(vm, target + new_items.size(), target + count, size - first - count));
  TRY(copy_values(vm, target, new_items.data(), new_items.size()));
  if (new_size < size) TRY(fill_values(vm, items() + new_size, Value(), size - new_size));
  size = new_size;
  return {};
}

namespace {

constexpr CellKind kKind{
    .letter = 'L', .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<List*>(object)->storage); }};

List* self_list(Value self) { return static_cast<List*>(self.as_object()); }

Result<Value> list_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  return args.size() == 0 ? TRY(List::make(vm)) : TRY(List::make_from(vm, args[0]));
}

// ---- operators ----

Result<void> list_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  TRY(out.write(vm, "["));
  TRY(print_items(vm, self, out));
  return out.write(vm, "]");
}

Result<Value> concatenate(Vm& vm, List* a, List* b) {
  List* result = TRY(List::make(vm, a->size + b->size));
  result->size = a->size + b->size;
  TRY(copy_values(vm, result->items(), a->view().data(), a->size));
  TRY(copy_values(vm, result->items() + a->size, b->view().data(), b->size));
  return result;
}

Result<Value> repeat(Vm& vm, List* list, int64_t count) {
  size_t total = TRY(repeated_size(vm, list->size, count));
  List* result = TRY(List::make(vm, total));
  if (total == 0) return result;
  TRY(copy_values(vm, result->items(), list->items(), list->size));
  TRY(repeat_items(vm, result->items(), list->size, total));
  result->size = total;
  return result;
}

/// list *= count.
Result<void> repeat_in_place(Vm& vm, List* list, int64_t count) {
  size_t total = TRY(repeated_size(vm, list->size, count));
  if (total == 0) {
    list->clear();
    return {};
  }
  TRY(list->grow(vm, total));
  TRY(repeat_items(vm, list->items(), list->size, total));
  list->size = total;
  return {};
}

Result<Value> list_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  TRY(vm.check_stack());
  List* list = self_list(self);
  switch (op) {
    case BinaryOp::InPlaceAdd:
      TRY(list->extend(vm, other));
      return self;
    case BinaryOp::Mul:
      if (!is_int(other)) return Value::not_implemented();
      return repeat(vm, list, TRY(to_int64(vm, other)));
    case BinaryOp::InPlaceMul:
      if (!is_int(other)) return Value::not_implemented();
      TRY(repeat_in_place(vm, list, TRY(to_int64(vm, other))));
      return self;
    default:
      break;
  }
  List* other_list = as<List>(other, list_type);
  if (!other_list) return Value::not_implemented();
  if (op == BinaryOp::Add) return concatenate(vm, list, other_list);
  if (is_comparison(op)) return compare_sequences(vm, op, self, other_list);
  return Value::not_implemented();
}

Result<Value> list_reflected(Vm& vm, BinaryOp op, Value self, Value other) {
  if (plain(op) != BinaryOp::Mul || !is_int(other)) return Value::not_implemented();
  return repeat(vm, self_list(self), TRY(to_int64(vm, other)));
}

Result<size_t> list_length(Vm&, Value self) { return self_list(self)->size; }

// ---- items ----

Result<Value> get_slice(Vm& vm, List* list, const Slice& slice) {
  SliceRange range = TRY(resolve_slice(vm, slice, list->size));
  List* result = TRY(List::make(vm, range.count));
  if (range.step == 1) TRY(copy_values(vm, result->items(), list->view().data() + range.first, range.count));
  for (size_t i = 0; range.step != 1 && i < range.count; i++) {
    result->items()[i] = list->items()[range.first + static_cast<int64_t>(i) * range.step];
    TRY(vm.poll_kill());
  }
  result->size = range.count;
  return result;
}

/// The items that a slice is to be replaced by. A copy if the value is the list itself, or is iterated over.
Result<std::span<const Value>> replacement_for(Vm& vm, List* list, Value value) {
  List* other = as<List>(value, list_type);
  if (other && other != list) return other->view();
  if (Tuple* tuple = as_tuple(value)) return tuple->view();
  return TRY(List::make_from(vm, value))->view();
}

/// list[slice] = value, or del list[slice] for a null value.
Result<void> set_slice(Vm& vm, List* list, const Slice& slice, Value value) {
  std::span<const Value> items;
  if (value) items = TRY(replacement_for(vm, list, value));
  SliceRange range = TRY(resolve_slice(vm, slice, list->size));
  if (range.step != 1) return vm.raise_with(NotImplementedError_type, Value());
  TRY(list->replace(vm, static_cast<size_t>(range.first), range.count, items));
  list->trim(vm);
  return {};
}

Result<Value> list_get_item(Vm& vm, Value self, Value key) {
  List* list = self_list(self);
  if (is_exactly(key, slice_type)) return get_slice(vm, list, *static_cast<Slice*>(key.as_object()));
  size_t index = TRY(resolve_index(vm, &list_type, key, list->size));
  return list->items()[index];
}

Result<void> list_set_item(Vm& vm, Value self, Value key, Value value) {
  List* list = self_list(self);
  if (is_exactly(key, slice_type)) return set_slice(vm, list, *static_cast<Slice*>(key.as_object()), value);
  size_t index = TRY(resolve_index(vm, &list_type, key, list->size));
  if (value)
    list->items()[index] = value;
  else
    TRY(list->remove(vm, index));
  return {};
}

Result<Value> list_next_at(Vm&, Value self, int64_t& cursor) {
  List* list = self_list(self);
  return static_cast<size_t>(cursor) < list->size ? list->items()[cursor++] : Value::stop();
}

// ---- methods ----

Result<Value> list_append(Vm& vm, Args args) {
  TRY(self_list(args[0])->append(vm, args[1]));
  return Value::none();
}

Result<Value> list_clear(Vm&, Args args) {
  self_list(args[0])->clear();
  return Value::none();
}

Result<Value> list_copy(Vm& vm, Args args) { return TRY(List::make(vm, self_list(args[0])->view())); }

Result<Value> list_extend(Vm& vm, Args args) {
  TRY(self_list(args[0])->extend(vm, args[1]));
  return Value::none();
}

/// An index beyond either end means that end.
Result<Value> list_insert(Vm& vm, Args args) {
  int64_t index = TRY(to_int64(vm, args[1]));
  List* list = self_list(args[0]);
  auto size = static_cast<int64_t>(list->size);
  if (index < 0) index += size;
  TRY(list->insert(vm, static_cast<size_t>(std::clamp<int64_t>(index, 0, size)), args[2]));
  return Value::none();
}

Result<Value> list_pop(Vm& vm, Args args) {
  Value position = args.size() > 1 ? TRY(as_index(vm, args[1])) : Value::small_int(-1);
  List* list = self_list(args[0]);
  if (list->size == 0) return vm.raise(Error::pop_from_empty_list);
  size_t index = TRY(resolve_index(vm, &list_type, position, list->size));
  Value item = list->items()[index];
  TRY(list->remove(vm, index));
  list->trim(vm);
  return item;
}

Result<Value> list_remove(Vm& vm, Args args) {
  List* list = self_list(args[0]);
  size_t index = TRY(find_in_sequence(vm, list, args[1], 0, list->size));
  if (index < list->size) TRY(list->remove(vm, index));  // a key's __eq__ may have shortened the list
  return Value::none();
}

Result<Value> list_reverse(Vm& vm, Args args) {
  List* list = self_list(args[0]);
  if (list->size > 0) TRY(reverse_values(vm, list->items(), list->size));
  return Value::none();
}

Result<Value> list_sort(Vm& vm, Args args) {
  TRY(sort(vm, self_list(args[0]), args.skip(1)));
  return Value::none();
}

constexpr Member kMembers[] = {
    {"append"_n, native<list_append, 2>},
    {"clear"_n, native<list_clear, 1>},
    {"copy"_n, native<list_copy, 1>},
    {"count"_n, native<sequence_count, 2>},
    {"extend"_n, native<list_extend, 2>},
    {"index"_n, native<sequence_index, 2, 4>},
    {"insert"_n, native<list_insert, 3>},
    {"pop"_n, native<list_pop, 1, 2>},
    {"remove"_n, native<list_remove, 2>},
    {"reverse"_n, native<list_reverse, 1>},
    {"sort"_n, native<list_sort, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
};

}  // namespace

constinit const Type list_type{{
    .name = "list"_n,
    .kind = &kKind,
    .members = kMembers,
    .flags = Type::kSequence,
    .slots = {.print = list_print,
              .construct = list_construct,
              .binary = list_binary,
              .reflected = list_reflected,
              .length = list_length,
              .get_item = list_get_item,
              .set_item = list_set_item,
              .contains = sequence_contains,
              .next_at = list_next_at},
}};

}  // namespace upy
