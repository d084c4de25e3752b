#include "objects/strings/array.h"

#include <algorithm>
#include <cstring>

#include "objects/containers/list.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array_items.h"
#include "objects/strings/codec.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {

constinit const Shape item_storage_shape{&shape_shape, &plain_kind, nullptr};

namespace {

Result<Object*> allocate_storage(Vm& vm, char typecode, size_t capacity) {
  if (typecode == 'O') return TRY(vm.allocate_values(capacity));
  size_t size;
  if (__builtin_mul_overflow(capacity, item_size(typecode), &size)) return vm.too_large(SIZE_MAX);
  ByteStorage* storage = TRY(vm.allocate_bytes(size));
  storage->shape = &item_storage_shape;
  return storage;
}

}  // namespace

Result<Array*> Array::make_raw(Vm& vm, const Type& type, char typecode, size_t count) {
  Array* array = TRY(vm.allocate<Array>(type));
  array->storage = nullptr;
  array->count = array->capacity = 0;
  array->typecode = typecode;
  array->item_size = static_cast<uint8_t>(upy::item_size(typecode));
  array->is_shared = false;
  array->offset = 0;
  if (count == 0) return array;
  array->storage = TRY(allocate_storage(vm, typecode, count));
  array->count = array->capacity = count;
  if (typecode == 'O') TRY(fill_values(vm, reinterpret_cast<Value*>(array->data()), Value::none(), count));
  return array;
}

Result<Array*> Array::make_bytearray(Vm& vm, std::string_view data) {
  Array* array = TRY(make_raw(vm, bytearray_type, 'B', data.size()));
  TRY(copy_bytes(vm, array->data(), data));
  return array;
}

Result<Array*> Array::make_shared(Vm& vm, ByteStorage* storage, size_t offset, size_t size) {
  if (offset > UINT32_MAX) return vm.raise(Error::shared_too_far);
  Array* array = TRY(make_raw(vm, bytearray_type, 'B', 0));
  array->storage = storage;
  array->offset = static_cast<uint32_t>(offset);
  array->count = array->capacity = size;
  array->is_shared = true;
  return array;
}

Result<void> Array::grow(Vm& vm, size_t wanted) {
  if (wanted <= capacity) return {};
  const size_t roomy = wanted + wanted / 8 + 8;
  if (roomy > SIZE_MAX / 16) return vm.too_large(wanted);
  if (storage && typecode != 'O' && !is_shared && vm.heap.lock_depth() == 0 &&
      vm.heap.resize_in_place(storage, sizeof(ByteStorage) + roomy * item_size)) {
    capacity = roomy;
    return {};
  }
  Object* larger = TRY(allocate_storage(vm, typecode, roomy));
  TRY(copy_bytes(vm, reinterpret_cast<char*>(larger + 1), view()));
  storage = larger;
  offset = 0;
  is_shared = false;
  capacity = roomy;
  return {};
}

Result<void> Array::append(Vm& vm, std::string_view data) {
  const size_t items = data.size() / item_size;
  TRY(grow(vm, count + items));
  TRY(copy_bytes(vm, this->data() + count * item_size, data.substr(0, items * item_size)));
  count += items;
  return {};
}

Result<void> Array::append_item(Vm& vm, Value value) {
  char item[sizeof(Value)];
  TRY(store_item(vm, typecode, item, value));
  TRY(grow(vm, count + 1));
  std::memcpy(data() + count * item_size, item, item_size);
  count++;
  return {};
}

namespace {

// ---- filling ----

/// Fills a new array from any iterable.
Result<void> append_items(Vm& vm, Array* self, Value iterable) {
  Iteration items;
  TRY(items.begin(vm, iterable));
  while (true) {
    const Value item = TRY(items.next(vm));
    if (item.is_stop()) return {};
    TRY(self->append_item(vm, item));
  }
}

Result<Value> construct_array(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 1, 2));
  const Str* code = as<Str>(args[0], str_type);
  if (!code) return vm.raise(Error::cant_convert_implicitly, {type_of(args[0]), "str"});
  const char typecode = *code->data();
  if (item_size(typecode) == 0) return vm.raise(Error::bad_typecode);
  Array* array = TRY(Array::make_raw(vm, array_type, typecode, 0));
  if (args.size() == 1) return array;
  const bool raw = Text::is_text(args[1]) && !as<Str>(args[1], str_type);
  if (raw && typecode != 'O')
    TRY(array->append(vm, TRY(get_buffer(vm, args[1])).view()));
  else
    TRY(append_items(vm, array, args[1]));
  return array;
}

Result<Value> construct_bytearray(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 0, 3));
  if (args.size() == 0) return TRY(Array::make_bytearray(vm, {}));
  if (const Str* str = as<Str>(args[0], str_type)) {
    if (args.size() == 1) return vm.raise(Error::encoding_missing);
    const Value encoded = TRY(encode_str(vm, str, args[1]));
    return TRY(Array::make_bytearray(vm, static_cast<Bytes*>(encoded.as_object())->view()));
  }
  const Value index = TRY(as_exact_index(vm, args[0]));
  if (is_int(index)) {
    const int64_t size = TRY(to_int64(vm, index));
    if (size < 0) return vm.raise_with(ValueError_type, Value());
    Array* zeros = TRY(Array::make_raw(vm, bytearray_type, 'B', static_cast<size_t>(size)));
    TRY(fill_bytes(vm, zeros->data(), 0, zeros->count));
    return zeros;
  }
  if (Buffer buffer; find_buffer(args[0], buffer)) return TRY(Array::make_bytearray(vm, buffer.view()));
  Array* array = TRY(Array::make_raw(vm, bytearray_type, 'B', 0));
  TRY(check_length(vm, args[0]));
  TRY(append_items(vm, array, args[0]));
  return array;
}

Result<Value> array_extend(Vm& vm, Args args) {
  Array* self = array_of(args[0]);
  Buffer buffer;
  if (self->typecode != 'O' && find_buffer(args[1], buffer))
    TRY(self->append(vm, buffer.view()));
  else
    TRY(append_items(vm, self, args[1]));
  return Value::none();
}

Result<Value> array_append(Vm& vm, Args args) {
  TRY(array_of(args[0])->append_item(vm, args[1]));
  return Value::none();
}

// ---- operators ----

Result<Value> concatenate(Vm& vm, Array* self, Value other) {
  const std::string_view right = TRY(get_buffer(vm, other)).view();
  const size_t items = right.size() / self->item_size;
  Array* result = TRY(Array::make_raw(vm, *self->shape->type, self->typecode, self->count + items));
  TRY(copy_bytes(vm, result->data(), self->view()));
  TRY(copy_bytes(vm, result->data() + self->view().size(), right.substr(0, items * self->item_size)));
  return result;
}

Result<Value> array_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  TRY(vm.check_stack());
  if (is_comparison(op)) return compare_arrays(vm, op, self, other);
  if (op == BinaryOp::Add && array_of(self)->typecode != 'O') return concatenate(vm, array_of(self), other);
  if (op == BinaryOp::InPlaceAdd) {
    Value arguments[] = {self, other};
    TRY(array_extend(vm, {arguments, 2}));
    return self;
  }
  return Value::not_implemented();
}

Result<size_t> array_length(Vm&, Value self) { return array_of(self)->count; }

/// As in MicroPython, an array cannot be searched for a number, and holds nothing else.
Result<bool> array_contains(Vm& vm, Value, Value item) {
  if (is_int(item) || is_float(native_of(item))) return vm.raise_with(NotImplementedError_type, Value());
  return false;
}

Result<bool> bytearray_contains(Vm& vm, Value self, Value item) {
  return bytes_contain(vm, array_of(self)->view(), item);
}

// ---- items ----

char* item_address(Array* self, size_t index) { return self->data() + index * self->item_size; }

Result<Value> get_slice(Vm& vm, Array* self, const Slice& slice) {
  const SliceRange range = TRY(resolve_plain_slice(vm, slice, self->count));
  Array* part = TRY(Array::make_raw(vm, *self->shape->type, self->typecode, range.count));
  const char* const first = item_address(self, static_cast<size_t>(range.first));
  TRY(copy_bytes(vm, part->data(), {first, range.count * self->item_size}));
  return part;
}

Result<Value> array_get_item(Vm& vm, Value self_value, Value key) {
  Array* self = array_of(self_value);
  if (is_exactly(key, slice_type)) return get_slice(vm, self, *static_cast<Slice*>(key.as_object()));
  const size_t index = TRY(resolve_index(vm, self->shape->type, key, self->count));
  return load_item(vm, self->typecode, item_address(self, index));
}

/// Replaces `count` items from `first` on by those in `source`, which may be bytes of the array itself.
Result<void> replace_items(Vm& vm, Array* self, size_t first, size_t count, std::string_view source) {
  const size_t size = self->item_size;
  const size_t added = source.size() / size;
  const bool is_own = source.data() >= self->data() && source.data() < self->data() + self->view().size();
  if (is_own && added != count) source = TRY(Bytes::make(vm, source))->view();
  TRY(self->grow(vm, self->count - count + added));
  char* const gap = self->data() + first * size;
  if (added != count) TRY(move_bytes(vm, gap + added * size, gap + count * size, (self->count - first - count) * size));
  TRY(move_bytes(vm, gap, source.data(), added * size));
  self->count += added - count;
  return {};
}

Result<void> array_set_item(Vm& vm, Value self_value, Value key, Value value) {
  Array* self = array_of(self_value);
  if (!value) return vm.raise(Error::no_item_deletion, {self->shape->type});
  if (is_exactly(key, slice_type)) {
    const SliceRange range = TRY(resolve_plain_slice(vm, *static_cast<Slice*>(key.as_object()), self->count));
    const std::string_view source = TRY(slice_source(vm, self->typecode, value));
    return replace_items(vm, self, static_cast<size_t>(range.first), range.count, source);
  }
  const size_t index = TRY(resolve_index(vm, self->shape->type, key, self->count));
  char item[sizeof(Value)];
  TRY(store_item(vm, self->typecode, item, value));  // may run Python, which may make the array smaller
  if (index >= self->count) return vm.raise(Error::index_out_of_range, {self->shape->type});
  std::memcpy(item_address(self, index), item, self->item_size);
  return {};
}

Result<Value> array_next_at(Vm& vm, Value self_value, int64_t& cursor) {
  Array* self = array_of(self_value);
  const auto index = static_cast<size_t>(cursor);
  if (index >= self->count) return Value::stop();
  cursor++;
  return load_item(vm, self->typecode, item_address(self, index));
}

bool array_buffer(Value self_value, Buffer& buffer) {
  Array* self = array_of(self_value);
  if (self->typecode == 'O') return false;
  buffer = {self->data(), self->view().size(), self->typecode, true};
  return true;
}

// ---- text ----

Result<void> print_bytearray(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "bytearray(b"));
  TRY(write_quoted_bytes(vm, out, array_of(self)->view()));
  return out.write(vm, ")");
}

Result<void> print_array(Vm& vm, Value self_value, Writer& out, PrintStyle) {
  Array* self = array_of(self_value);
  TRY(vm.check_stack());
  TRY(out.write(vm, "array('"));
  TRY(out.write(vm, {&self->typecode, 1}));
  TRY(out.write(vm, "'"));
  for (size_t i = 0; i < self->count; i++) {
    TRY(out.write(vm, i == 0 ? ", [" : ", "));
    const Value item = TRY(load_item(vm, self->typecode, item_address(self, i)));
    TRY(print(vm, item, out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return out.write(vm, self->count ? "])" : ")");
}

void trace(Object* object, Marker& marker) { marker.mark(static_cast<Array*>(object)->storage); }

constexpr CellKind kArrayKind{.letter = 'A', .trace = trace};

constexpr Member kArrayMembers[] = {
    {"append"_n, native<array_append, 2>},
    {"extend"_n, native<array_extend, 2>},
};

constexpr Member kBytearrayOwnMembers[] = {
    {"append"_n, native<array_append, 2>},    {"extend"_n, native<array_extend, 2>},
    {"decode"_n, native<bytes_decode, 1, 3>}, {"fromhex"_n, native<bytes_fromhex, 2, 2, NativeFunction::kClassMethod>},
    {"hex"_n, native<buffer_hex, 1, 2>},
};
constexpr auto kBytearrayMembers = joined(kTextMembers, kBytearrayOwnMembers);

}  // namespace

constinit const Type array_type{{
    .name = "array"_n,
    .kind = &kArrayKind,
    .members = kArrayMembers,
    .flags = Type::kSequence,
    .slots = {.print = print_array,
              .construct = construct_array,
              .binary = array_binary,
              .length = array_length,
              .get_item = array_get_item,
              .set_item = array_set_item,
              .contains = array_contains,
              .next_at = array_next_at,
              .buffer = array_buffer},
}};

constinit const Type bytearray_type{{
    .name = "bytearray"_n,
    .kind = &kArrayKind,
    .members = kBytearrayMembers,
    .flags = Type::kSequence,
    .slots = {.print = print_bytearray,
              .construct = construct_bytearray,
              .binary = array_binary,
              .length = array_length,
              .get_item = array_get_item,
              .set_item = array_set_item,
              .contains = bytearray_contains,
              .next_at = array_next_at,
              .buffer = array_buffer},
}};

}  // namespace upy
