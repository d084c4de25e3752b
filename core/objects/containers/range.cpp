#include "objects/containers/range.h"

#include "objects/containers/slice.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

uint64_t Range::length() const {
  auto from = static_cast<uint64_t>(start), to = static_cast<uint64_t>(stop), by = static_cast<uint64_t>(step);
  if (step > 0) return stop > start ? (to - from - 1) / by + 1 : 0;
  return stop < start ? (from - to - 1) / -by + 1 : 0;
}

Result<Range*> Range::make(Vm& vm, int64_t start, int64_t stop, int64_t step) {
  Range* range = TRY(vm.allocate<Range>(range_type));
  range->start = start;
  range->stop = stop;
  range->step = step;
  return range;
}

Result<RangeBounds> range_bounds(Vm& vm, Args args) {
  TRY(check_arguments(vm, args, 1, 3));
  if (args.size() == 1) return RangeBounds{0, TRY(to_int64(vm, args[0])), 1};
  RangeBounds bounds{TRY(to_int64(vm, args[0])), TRY(to_int64(vm, args[1])), 1};
  if (args.size() == 3) bounds.step = TRY(to_int64(vm, args[2]));
  if (bounds.step == 0) return vm.raise(Error::zero_step);
  return bounds;
}

namespace {

Range* self_range(Value self) { return static_cast<Range*>(self.as_object()); }

Result<Value> range_construct(Vm& vm, const Type*, Args args) {
  RangeBounds bounds = TRY(range_bounds(vm, args));
  return TRY(Range::make(vm, bounds.start, bounds.stop, bounds.step));
}

Result<void> range_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  Range* range = self_range(self);
  TRY(out.write(vm, "range("));
  TRY(out.write_int(vm, range->start));
  TRY(out.write(vm, ", "));
  TRY(out.write_int(vm, range->stop));
  if (range->step != 1) {
    TRY(out.write(vm, ", "));
    TRY(out.write_int(vm, range->step));
  }
  return out.write(vm, ")");
}

/// Whether the two go through the same items.
bool same_items(const Range* a, const Range* b) {
  uint64_t length = a->length();
  if (length != b->length()) return false;
  return length == 0 || (a->start == b->start && (length == 1 || a->step == b->step));
}

Result<Value> range_binary(Vm&, BinaryOp op, Value self, Value other) {
  Range* range = as<Range>(other, range_type);
  if (!range || (op != BinaryOp::Eq && op != BinaryOp::Ne)) return Value::not_implemented();
  return Value::boolean(same_items(self_range(self), range) == (op == BinaryOp::Eq));
}

/// Ranges of the same items have the same hash.
Result<uint64_t> range_hash(Vm&, Value self) {
  Range* range = self_range(self);
  uint64_t length = range->length();
  uint64_t result = length * 0x9e3779b97f4a7c15;
  if (length > 0) result ^= static_cast<uint64_t>(range->start);
  if (length > 1) result ^= static_cast<uint64_t>(range->step) << 32;
  return result;
}

Result<size_t> range_length(Vm&, Value self) { return size_t{self_range(self)->length()}; }

Result<Value> get_slice(Vm& vm, Range* range, const Slice& slice) {
  uint64_t length = range->length();
  if (length > INT64_MAX) return vm.raise(Error::int_too_big);
  SliceIndices part = TRY(slice_indices(vm, slice, static_cast<int64_t>(length)));
  int64_t start = range->at(static_cast<uint64_t>(part.start)), stop = range->at(static_cast<uint64_t>(part.stop));
  int64_t step;
  if (__builtin_mul_overflow(range->step, part.step, &step)) return vm.raise(Error::int_too_big);
  return TRY(Range::make(vm, start, stop, step));
}

Result<Value> range_get_item(Vm& vm, Value self, Value key) {
  Range* range = self_range(self);
  if (is_exactly(key, slice_type)) return get_slice(vm, range, *static_cast<Slice*>(key.as_object()));
  return make_int(vm, range->at(TRY(resolve_index(vm, &range_type, key, range->length()))));
}

bool contains_int(const Range* range, int64_t n) {
  bool inside = range->step > 0 ? n >= range->start && n < range->stop : n <= range->start && n > range->stop;
  if (!inside) return false;
  uint64_t distance = static_cast<uint64_t>(n) - static_cast<uint64_t>(range->start);
  auto by = static_cast<uint64_t>(range->step);
  return range->step > 0 ? distance % by == 0 : -distance % -by == 0;
}

Result<bool> range_contains(Vm& vm, Value self, Value item) {
  Range* range = self_range(self);
  if (is_int(item) && !is_class_instance(item)) {
    const std::optional<int64_t> n = int64_of(item);
    return n && contains_int(range, *n);
  }
  return contains_by_iteration(vm, self, item);
}

Result<Value> range_next_at(Vm& vm, Value self, int64_t& cursor) {
  Range* range = self_range(self);
  auto at = static_cast<uint64_t>(cursor);
  if (at >= range->length()) return Value::stop();
  cursor++;
  return make_int(vm, range->at(at));
}

Result<Value> range_get_attr(Vm& vm, Value self, const Str* name) {
  if (name == "start"_n) return make_int(vm, self_range(self)->start);
  if (name == "stop"_n) return make_int(vm, self_range(self)->stop);
  if (name == "step"_n) return make_int(vm, self_range(self)->step);
  return Value::absent();
}

}  // namespace

constinit const Type range_type{{
    .name = "range"_n,
    .kind = &plain_kind,
    .flags = Type::kSequence,
    .slots = {.print = range_print,
              .construct = range_construct,
              .binary = range_binary,
              .hash = range_hash,
              .length = range_length,
              .get_item = range_get_item,
              .contains = range_contains,
              .next_at = range_next_at,
              .get_attr = range_get_attr},
}};

}  // namespace upy
