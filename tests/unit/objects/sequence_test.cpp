#include "objects/containers/sequence.h"

#include <vector>

#include "objects/containers/iterator.h"
#include "objects/containers/list.h"
#include "objects/containers/range.h"
#include "objects/containers/slice.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "support/test_vm.h"

namespace upy {
namespace {

List* make_list(Vm& vm, int count) {
  List* list = OK(List::make(vm));
  for (int i = 0; i < count; i++) EXPECT_TRUE(list->append(vm, integer(i)));
  return list;
}

TEST(List, KeepsWhatLiesBehindItsItemsNull) {
  TestVm vm;
  List* list = make_list(vm, 100);
  EXPECT_TRUE(list->remove(vm, 0));
  EXPECT_TRUE(list->remove(vm, 98));
  std::vector<Value> none;
  ASSERT_TRUE(list->replace(vm, 10, 20, none));
  EXPECT_EQ(list->size, 78u);
  for (size_t i = list->size; i < list->capacity; i++) EXPECT_EQ(list->items()[i], Value());
  EXPECT_EQ(list->items()[9], integer(10));
  EXPECT_EQ(list->items()[10], integer(31));
}

TEST(List, GrowsWhereItLiesIfItCan) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  List* list = make_list(vm, 1000);
  ValueStorage* storage = list->storage;
  for (int i = 0; i < 100000; i++) ASSERT_TRUE(list->append(vm, integer(i)));
  EXPECT_EQ(list->storage, storage);
  for (size_t i = list->size; i < list->capacity; i++) ASSERT_EQ(list->items()[i], Value());
}

TEST(List, GivesMemoryBackWhenItGetsShort) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  List* list = make_list(vm, 100000);
  size_t used = vm.heap.used();
  Value pop = *find_attr(vm, list, "pop"_n);
  for (int i = 0; i < 99990; i++) ASSERT_TRUE(vm.call(pop, {}));
  EXPECT_LT(vm.heap.used() + 700000, used);
  EXPECT_EQ(repr(vm, list), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]");
}

TEST(List, ReplacesASliceByMoreAndByFewer) {
  TestVm vm;
  List* list = make_list(vm, 5);
  Value more[] = {integer(10), integer(11), integer(12)};
  ASSERT_TRUE(list->replace(vm, 1, 2, more));
  EXPECT_EQ(repr(vm, list), "[0, 10, 11, 12, 3, 4]");
  ASSERT_TRUE(list->replace(vm, 0, 6, std::span(more, 1)));
  EXPECT_EQ(repr(vm, list), "[10]");
  ASSERT_TRUE(list->replace(vm, 1, 0, more));
  EXPECT_EQ(repr(vm, list), "[10, 10, 11, 12]");
}

TEST(List, ExtendsByItself) {
  TestVm vm;
  List* list = make_list(vm, 4);
  ASSERT_TRUE(list->extend(vm, list));
  EXPECT_EQ(repr(vm, list), "[0, 1, 2, 3, 0, 1, 2, 3]");
}

TEST(List, RepetitionChecksItsSize) {
  TestVm vm;
  Value list = make_list(vm, 3);
  EXPECT_EQ(repr(vm, OK(binary(vm, BinaryOp::Mul, list, integer(3)))), "[0, 1, 2, 0, 1, 2, 0, 1, 2]");
  EXPECT_EQ(repr(vm, OK(binary(vm, BinaryOp::Mul, integer(-1), list))), "[]");
  for (int64_t count : {int64_t{1} << 40, kSmallIntMax}) {
    EXPECT_FALSE(binary(vm, BinaryOp::Mul, list, integer(count)));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
    EXPECT_FALSE(binary(vm, BinaryOp::Mul, OK(Tuple::make(vm, as<List>(list, list_type)->view())), integer(count)));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
  }
}

TEST(List, ThatContainsItselfRaisesWhenShownOrCompared) {
  TestVm vm;
  List* a = make_list(vm, 1);
  List* b = make_list(vm, 1);
  a->items()[0] = a;
  b->items()[0] = b;
  EXPECT_FALSE(to_repr(vm, a));
  EXPECT_TRUE(vm.take_pending(RuntimeError_type));
  a->items()[0] = b;
  b->items()[0] = a;
  EXPECT_FALSE(equal(vm, a, b));
  EXPECT_TRUE(vm.take_pending(RuntimeError_type));
}

TEST(List, RefusesToGrowBeyondTheHeap) {
  TestVm vm;
  List* list = make_list(vm, 1000);
  for (int bits = 20; bits < 62; bits++) {
    EXPECT_FALSE(list->grow(vm, size_t{1} << bits)) << bits;
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
    EXPECT_FALSE(binary(vm, BinaryOp::InPlaceMul, list, integer(int64_t{1} << bits)));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
  }
  EXPECT_FALSE(list->grow(vm, SIZE_MAX));
  EXPECT_TRUE(vm.take_pending(MemoryError_type));
  EXPECT_EQ(list->size, 1000u);
}

// ---- slices ----

struct SliceCase {
  Value start, stop, step;
  size_t length;
  std::vector<int64_t> expected;
};

TEST(Slice, SelectsWhatPythonSelects) {
  TestVm vm;
  Value none = Value::none();
  for (const SliceCase& each : std::initializer_list<SliceCase>{
           {none, none, none, 3, {0, 1, 2}},
           {integer(1), none, none, 3, {1, 2}},
           {integer(-2), integer(-1), none, 3, {1}},
           {integer(5), integer(9), none, 3, {}},
           {integer(2), integer(1), none, 3, {}},
           {none, none, integer(2), 5, {0, 2, 4}},
           {none, none, integer(-1), 3, {2, 1, 0}},
           {none, none, integer(-2), 4, {3, 1}},
           {integer(-10), none, integer(-1), 3, {}},
           {none, integer(-20), integer(-1), 1, {0}},
           {integer(1), none, integer(kSmallIntMax), 4, {1}},
           {none, none, integer(kSmallIntMin), 4, {3}},
           {none, none, integer(-1), 0, {}},
       }) {
    SliceRange range = OK(resolve_slice(vm, Slice(each.start, each.stop, each.step), each.length));
    std::vector<int64_t> selected;
    for (size_t i = 0; i < range.count; i++) selected.push_back(range.first + static_cast<int64_t>(i) * range.step);
    EXPECT_EQ(selected, each.expected);
  }
}

TEST(Slice, RefusesBadParts) {
  TestVm vm;
  Value none = Value::none();
  EXPECT_FALSE(resolve_slice(vm, Slice(none, none, integer(0)), 3));
  EXPECT_EQ(raised(vm), "ValueError(\"slice step can't be zero\",)");
  EXPECT_FALSE(resolve_slice(vm, Slice("append"_n, none, none), 3));
  EXPECT_EQ(raised(vm), "TypeError(\"can't convert str to int\",)");
}

TEST(Slice, IndicesStayWithinTheSequence) {
  TestVm vm;
  const Type* type = &list_type;
  EXPECT_EQ(OK(resolve_index(vm, type, integer(0), 3)), 0u);
  EXPECT_EQ(OK(resolve_index(vm, type, integer(-3), 3)), 0u);
  EXPECT_EQ(OK(resolve_index(vm, type, Value::boolean(true), 3)), 1u);
  for (int64_t index : {int64_t{3}, int64_t{-4}, kSmallIntMax, kSmallIntMin}) {
    EXPECT_FALSE(resolve_index(vm, type, integer(index), 3));
    EXPECT_EQ(raised(vm), "IndexError('list index out of range',)");
  }
  EXPECT_FALSE(resolve_index(vm, type, "append"_n, 3));
  EXPECT_EQ(raised(vm), "TypeError('list indices must be integers, not str',)");
}

// ---- ranges ----

TEST(Range, CountsItsItemsAtTheLimits) {
  auto length = [](int64_t start, int64_t stop, int64_t step) {
    Range range;
    range.start = start;
    range.stop = stop;
    range.step = step;
    return range.length();
  };
  EXPECT_EQ(length(0, 10, 3), 4u);
  EXPECT_EQ(length(10, 0, -3), 4u);
  EXPECT_EQ(length(10, 0, 3), 0u);
  EXPECT_EQ(length(0, 0, 1), 0u);
  EXPECT_EQ(length(INT64_MIN, INT64_MAX, 1), UINT64_MAX);
  EXPECT_EQ(length(INT64_MAX, INT64_MIN, -1), UINT64_MAX);
  EXPECT_EQ(length(INT64_MAX, INT64_MIN, INT64_MIN), 2u);
  EXPECT_EQ(length(INT64_MIN, INT64_MAX, INT64_MAX), 3u);
}

TEST(Range, KnowsItsMembersWithoutGoingThroughThem) {
  TestVm vm;
  Value range = OK(Range::make(vm, 10, INT64_MAX, 3));
  EXPECT_TRUE(OK(contains(vm, range, integer(10 + 3 * (int64_t{1} << 60)))));
  EXPECT_FALSE(OK(contains(vm, range, integer(11))));
  EXPECT_FALSE(OK(contains(vm, range, integer(7))));
  Value down = OK(Range::make(vm, 10, -10, -4));
  EXPECT_TRUE(OK(contains(vm, down, integer(-6))));
  EXPECT_FALSE(OK(contains(vm, down, integer(-10))));
}

// ---- iteration ----

TEST(Iterator, StaysAtItsEnd) {
  TestVm vm;
  List* list = make_list(vm, 1);
  Value iterator = OK(get_iter(vm, list));
  EXPECT_EQ(OK(get_next(vm, iterator)), integer(0));
  EXPECT_TRUE(OK(get_next(vm, iterator)).is_stop());
  ASSERT_TRUE(list->append(vm, integer(1)));
  EXPECT_TRUE(OK(get_next(vm, iterator)).is_stop());
}

TEST(Iteration, NeedsNoMemoryAndPolls) {
  TestVm vm;
  Value range = OK(Range::make(vm, 0, 100000, 1));
  int polls = 0;
  vm.on_poll = [&]() -> Result<void> {
    polls++;
    return {};
  };
  vm.reasons = kReasonMail;
  vm.heap.set_lock_depth(1);
  EXPECT_FALSE(OK(contains_by_iteration(vm, range, Value::none())));
  vm.heap.set_lock_depth(0);
  EXPECT_GE(polls, 100000);
}

TEST(Iteration, APollMayEndIt) {
  TestVm vm;
  Value range = OK(Range::make(vm, 0, INT64_MAX, 1));
  vm.on_poll = [&]() -> Result<void> { return vm.raise(KeyboardInterrupt_type, ""); };
  vm.reasons = kReasonInterrupt;
  EXPECT_FALSE(contains_by_iteration(vm, range, Value::none()));
  EXPECT_TRUE(vm.take_pending(KeyboardInterrupt_type));
}

}  // namespace
}  // namespace upy
