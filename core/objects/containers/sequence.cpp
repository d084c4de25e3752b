#include "objects/containers/sequence.h"

#include <algorithm>

#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/writer.h"

namespace upy {

std::span<const Value> items_of(Value self) {
  if (is_exactly(self, list_type)) return static_cast<List*>(self.as_object())->view();
  return static_cast<Tuple*>(self.as_object())->view();
}

Result<void> print_items(Vm& vm, Value self, Writer& out) {
  for (size_t i = 0; i < items_of(self).size(); i++) {
    if (i > 0) TRY(out.write(vm, ", "));
    TRY(print(vm, items_of(self)[i], out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return {};
}

Result<Value> compare_sequences(Vm& vm, BinaryOp op, Value self, Value other) {
  TRY(vm.check_stack());
  bool equality = op == BinaryOp::Eq || op == BinaryOp::Ne;
  if (equality && items_of(self).size() != items_of(other).size()) return Value::boolean(op == BinaryOp::Ne);
  for (size_t i = 0; i < std::min(items_of(self).size(), items_of(other).size()); i++) {
    Value a = items_of(self)[i], b = items_of(other)[i];
    if (a != b && !TRY(equal(vm, a, b))) {
      if (equality) return Value::boolean(op == BinaryOp::Ne);
      return Value::boolean(TRY(truth(vm, TRY(binary(vm, op, a, b)))));
    }
    TRY(vm.poll());
  }
  return Value::boolean(holds(op, items_of(self).size() <=> items_of(other).size()));
}

namespace {

/// Where in [start, stop) the first item stands that equals this one; `stop` if there is none.
Result<size_t> search(Vm& vm, Value self, Value item, size_t start, size_t stop) {
  for (size_t i = start; i < std::min(stop, items_of(self).size()); i++) {
    if (TRY(equal(vm, items_of(self)[i], item))) return i;
    TRY(vm.poll());
  }
  return stop;
}

/// An argument of index(): counted from the end if negative, and clamped to the sequence.
Result<size_t> clamped_index(Vm& vm, Value value, size_t size) {
  int64_t index = TRY(to_int64(vm, value));
  if (index < 0) index += static_cast<int64_t>(size);
  return static_cast<size_t>(std::clamp<int64_t>(index, 0, static_cast<int64_t>(size)));
}

}  // namespace

Result<bool> sequence_contains(Vm& vm, Value self, Value item) {
  return TRY(search(vm, self, item, 0, SIZE_MAX)) != SIZE_MAX;
}

Result<size_t> find_in_sequence(Vm& vm, Value self, Value item, size_t start, size_t stop) {
  size_t at = TRY(search(vm, self, item, start, stop));
  if (at >= stop) return vm.raise(Error::not_in_sequence);
  return at;
}

Result<Value> sequence_count(Vm& vm, Args args) {
  int64_t count = 0;
  for (size_t at = 0; (at = TRY(search(vm, args[0], args[1], at, SIZE_MAX))) != SIZE_MAX; at++) count++;
  return Value::small_int(count);
}

Result<Value> sequence_index(Vm& vm, Args args) {
  size_t size = items_of(args[0]).size();
  size_t start = args.size() > 2 ? TRY(clamped_index(vm, args[2], size)) : 0;
  size_t stop = args.size() > 3 ? TRY(clamped_index(vm, args[3], size)) : size;
  return Value::small_int(static_cast<int64_t>(TRY(find_in_sequence(vm, args[0], args[1], start, stop))));
}

Result<size_t> repeated_size(Vm& vm, size_t size, int64_t count) {
  size_t total;
  if (count <= 0) return size_t{0};
  if (__builtin_mul_overflow(size, static_cast<size_t>(count), &total) || total > SIZE_MAX / sizeof(Value))
    return vm.too_large(SIZE_MAX);
  return total;
}

Result<void> repeat_items(Vm& vm, Value* target, size_t size, size_t total) {
  if (size == 1) return fill_values(vm, target + 1, target[0], total - 1);
  for (size_t done = size; done < total;) {  // each round copies all that is there
    size_t step = std::min(done, total - done);
    TRY(copy_values(vm, target + done, target, step));
    done += step;
  }
  return {};
}

}  // namespace upy
