#include "objects/strings/memoryview.h"

#include <algorithm>

#include "objects/model/attributes.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/array_items.h"
#include "objects/strings/codec.h"
#include "objects/strings/text.h"

namespace upy {
namespace {

MemoryView* self_of(Value self) { return static_cast<MemoryView*>(self.as_object()); }

/// The items that the view shows now.
bool view_buffer(Value self_value, Buffer& buffer) {
  const MemoryView* self = self_of(self_value);
  if (!find_buffer(self->owner, buffer)) return false;
  const size_t offset = std::min(self->offset, buffer.size);
  const size_t available = (buffer.size - offset) / self->item_size;
  buffer.data += offset;
  buffer.size = std::min(self->count, available) * self->item_size;
  buffer.typecode = self->typecode;
  return true;
}

Buffer shown(Value self) {
  Buffer result;
  view_buffer(self, result);
  return result;
}

}  // namespace

Result<MemoryView*> MemoryView::make(Vm& vm, Value owner, size_t offset, size_t count, char typecode) {
  MemoryView* view = TRY(vm.allocate<MemoryView>(memoryview_type));
  view->owner = owner;
  view->offset = offset;
  view->count = count;
  view->typecode = typecode;
  view->item_size = static_cast<uint8_t>(upy::item_size(typecode));
  return view;
}

namespace {

Result<Value> view_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 1, 1));
  const Value owner = native_of(args[0]);
  if (is_exactly(owner, memoryview_type)) {
    const MemoryView* other = self_of(owner);
    return TRY(MemoryView::make(vm, other->owner, other->offset, other->count, other->typecode));
  }
  const Buffer buffer = TRY(get_buffer(vm, owner));
  return TRY(MemoryView::make(vm, owner, 0, buffer.size / item_size(buffer.typecode), buffer.typecode));
}

Result<Value> view_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  return is_comparison(op) ? compare_arrays(vm, op, self, other) : Result<Value>(Value::not_implemented());
}

Result<size_t> view_length(Vm&, Value self) { return shown(self).size / self_of(self)->item_size; }

Result<Value> view_get_item(Vm& vm, Value self_value, Value key) {
  const MemoryView* self = self_of(self_value);
  const size_t count = TRY(view_length(vm, self_value));
  if (is_exactly(key, slice_type)) {
    const SliceRange range = TRY(resolve_plain_slice(vm, *static_cast<Slice*>(key.as_object()), count));
    const size_t offset = self->offset + static_cast<size_t>(range.first) * self->item_size;
    return TRY(MemoryView::make(vm, self->owner, offset, range.count, self->typecode));
  }
  const size_t index = TRY(resolve_index(vm, &memoryview_type, key, count));
  return load_item(vm, self->typecode, shown(self_value).data + index * self->item_size);
}

Result<void> view_set_item(Vm& vm, Value self_value, Value key, Value value) {
  const MemoryView* self = self_of(self_value);
  const Buffer target = shown(self_value);
  if (!value) return vm.raise(Error::no_item_deletion, {&memoryview_type});
  if (!target.writable) return vm.raise(Error::no_item_assignment, {&memoryview_type});
  const size_t count = target.size / self->item_size;
  if (is_exactly(key, slice_type)) {
    const SliceRange range = TRY(resolve_plain_slice(vm, *static_cast<Slice*>(key.as_object()), count));
    const std::string_view source = TRY(slice_source(vm, self->typecode, value));
    if (source.size() != range.count * self->item_size) return vm.raise(Error::incompatible_sides);
    return move_bytes(vm, target.data + static_cast<size_t>(range.first) * self->item_size, source.data(),
                      source.size());
  }
  const size_t index = TRY(resolve_index(vm, &memoryview_type, key, count));
  char item[sizeof(Value)];
  TRY(store_item(vm, self->typecode, item, value));  // may run Python, which may make the owner smaller
  const Buffer now = shown(self_value);
  if (index >= now.size / self->item_size) return vm.raise(Error::index_out_of_range, {&memoryview_type});
  std::memcpy(now.data + index * self->item_size, item, self->item_size);
  return {};
}

Result<Value> view_next_at(Vm& vm, Value self_value, int64_t& cursor) {
  const MemoryView* self = self_of(self_value);
  const Buffer items = shown(self_value);
  const size_t at = static_cast<size_t>(cursor) * self->item_size;
  if (at >= items.size) return Value::stop();
  cursor++;
  return load_item(vm, self->typecode, items.data + at);
}

Result<Value> view_get_attr(Vm&, Value self, const Str* name) {
  if (name == "itemsize"_n) return Value::small_int(self_of(self)->item_size);
  return Value::absent();
}

void trace(Object* object, Marker& marker) { marker.mark(static_cast<MemoryView*>(object)->owner); }

constexpr CellKind kMemoryViewKind{.trace = trace};

constexpr Member kMembers[] = {
    {"hex"_n, native<buffer_hex, 1, 2>},
};

}  // namespace

constinit const Type memoryview_type{{
    .name = "memoryview"_n,
    .kind = &kMemoryViewKind,
    .members = kMembers,
    .flags = Type::kSequence,
    .slots = {.construct = view_construct,
              .binary = view_binary,
              .length = view_length,
              .get_item = view_get_item,
              .set_item = view_set_item,
              .next_at = view_next_at,
              .get_attr = view_get_attr,
              .buffer = view_buffer},
}};

}  // namespace upy
