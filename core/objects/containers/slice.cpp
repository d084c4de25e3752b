#include "objects/containers/slice.h"

#include <algorithm>
#include <new>

#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

Result<Slice*> Slice::keep(Vm& vm) const { return new (TRY(vm.allocate<Slice>(slice_type))) Slice(start, stop, step); }

namespace {

/// A part of a slice that is not None. Unlike to_int64 it never calls Python, so no sequence changes meanwhile.
Result<int64_t> to_part(Vm& vm, Value value) {
  if (!is_int(value)) return vm.raise(Error::cant_convert_to, {type_of(value), "int"});
  return to_int64(vm, value);
}

/// Where a slice starts or stops: negative positions count from the end, all are clamped to [low, high].
Result<int64_t> to_position(Vm& vm, Value value, int64_t absent, int64_t length, int64_t low, int64_t high) {
  if (value.is_none()) return absent;
  int64_t position = TRY(to_part(vm, value));
  if (position < 0) position += length;
  return std::clamp(position, low, high);
}

}  // namespace

Result<SliceIndices> slice_indices(Vm& vm, const Slice& slice, int64_t length) {
  int64_t step = slice.step.is_none() ? 1 : TRY(to_part(vm, slice.step));
  if (step == 0) return vm.raise(Error::zero_slice_step);
  int64_t low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
  int64_t start = TRY(to_position(vm, slice.start, step > 0 ? low : high, length, low, high));
  int64_t stop = TRY(to_position(vm, slice.stop, step > 0 ? high : low, length, low, high));
  return SliceIndices{start, stop, step};
}

Result<SliceRange> resolve_slice(Vm& vm, const Slice& slice, size_t length) {
  SliceIndices part = TRY(slice_indices(vm, slice, static_cast<int64_t>(length)));
  auto distance = static_cast<uint64_t>(part.step > 0 ? part.stop - part.start : part.start - part.stop);
  bool empty = part.step > 0 ? part.stop <= part.start : part.stop >= part.start;
  auto stride = part.step > 0 ? static_cast<uint64_t>(part.step) : -static_cast<uint64_t>(part.step);
  if (empty) return SliceRange{part.start, part.step, 0, part.start};
  return SliceRange{part.start, part.step, (distance - 1) / stride + 1, part.stop};
}

Result<SliceRange> resolve_plain_slice(Vm& vm, const Slice& slice, size_t length) {
  SliceRange range = TRY(resolve_slice(vm, slice, length));
  if (range.step != 1) return vm.raise(Error::only_step_one);
  return range;
}

Result<size_t> resolve_index(Vm& vm, const Type* type, Value index, size_t length) {
  std::optional<int64_t> position = index.is_small_int() ? index.as_small_int() : int64_of(index);
  if (!position && !is_int(index)) return vm.raise(Error::bad_index_type, {type, type_of(index)});
  if (!position) return vm.raise(Error::index_out_of_range, {type});
  size_t at = static_cast<size_t>(*position) + (*position < 0 ? length : 0);  // wraps if it lies before the start
  if (at >= length) return vm.raise(Error::index_out_of_range, {type});
  return at;
}

namespace {

void trace(Object* object, Marker& marker) {
  auto* slice = static_cast<Slice*>(object);
  marker.mark(&slice->start, 3);
}
constexpr CellKind kKind{.trace = trace};

Slice* self_slice(Value self) { return static_cast<Slice*>(self.as_object()); }

Result<void> slice_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  TRY(out.write(vm, "slice("));
  TRY(print(vm, self_slice(self)->start, out, PrintStyle::Repr));
  TRY(out.write(vm, ", "));
  TRY(print(vm, self_slice(self)->stop, out, PrintStyle::Repr));
  TRY(out.write(vm, ", "));
  TRY(print(vm, self_slice(self)->step, out, PrintStyle::Repr));
  return out.write(vm, ")");
}

Result<Value> slice_get_attr(Vm&, Value self, const Str* name) {
  if (name == "start"_n) return self_slice(self)->start;
  if (name == "stop"_n) return self_slice(self)->stop;
  if (name == "step"_n) return self_slice(self)->step;
  return Value::absent();
}

/// slice.indices(length): (start, stop, step) for a sequence of that length.
Result<Value> slice_indices_method(Vm& vm, Args args) {
  int64_t length = TRY(to_int64(vm, args[1]));
  if (length < 0) return vm.raise(ValueError_type, "length should not be negative");
  SliceIndices indices = TRY(slice_indices(vm, *self_slice(args[0]), length));
  Value parts[] = {TRY(make_int(vm, indices.start)), TRY(make_int(vm, indices.stop)), TRY(make_int(vm, indices.step))};
  return TRY(Tuple::make(vm, parts));
}

constexpr Member kMembers[] = {
    {"indices"_n, native<slice_indices_method, 2>},
};

}  // namespace

constinit const Type slice_type{{
    .name = "slice"_n,
    .kind = &kKind,
    .members = kMembers,
    .slots = {.print = slice_print, .get_attr = slice_get_attr},
}};

}  // namespace upy
