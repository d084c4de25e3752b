#include "objects/containers/sort.h"

#include <algorithm>
#include <random>
#include <vector>

#include "objects/containers/tuple.h"
#include "objects/numbers/float.h"
#include "support/test_vm.h"

namespace upy {
namespace {

/// An object that compares by its number and counts the comparisons; ones of equal number can be told apart.
struct Counted : Object {
  int64_t number;
  int64_t serial;
};

int comparisons;
int fail_at;  ///< the comparison that raises

Result<Value> counted_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  if (op != BinaryOp::Lt) return Value::not_implemented();
  if (++comparisons == fail_at) return vm.raise(ValueError_type, "stop");
  return Value::boolean(static_cast<Counted*>(self.as_object())->number <
                        static_cast<Counted*>(other.as_object())->number);
}

constinit const Type counted_type{{.name = "object"_n, .kind = &plain_kind, .slots = {.binary = counted_binary}}};

List* make_counted(Vm& vm, const std::vector<int64_t>& numbers) {
  List* list = OK(List::make(vm));
  for (int64_t number : numbers) {
    Counted* object = OK(vm.allocate<Counted>(counted_type));
    object->number = number;
    object->serial = static_cast<int64_t>(list->size);
    EXPECT_TRUE(list->append(vm, object));
  }
  return list;
}

std::vector<std::pair<int64_t, int64_t>> content(List* list) {
  std::vector<std::pair<int64_t, int64_t>> pairs;
  for (Value value : list->view()) {
    auto* object = static_cast<Counted*>(value.as_object());
    pairs.emplace_back(object->number, object->serial);
  }
  return pairs;
}

std::vector<int64_t> random_numbers(size_t size, int64_t range, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int64_t> numbers(size);
  for (int64_t& number : numbers) number = static_cast<int64_t>(random()) % range;
  return numbers;
}

class SortSize : public testing::TestWithParam<size_t> {
 protected:
  void SetUp() override { comparisons = fail_at = 0; }
};

TEST_P(SortSize, IsStableInBothOrders) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  List* list = make_counted(vm, random_numbers(GetParam(), 50, 1));
  auto expected = content(list);
  std::stable_sort(expected.begin(), expected.end(), [](auto& a, auto& b) { return a.first < b.first; });
  ASSERT_TRUE(sort(vm, list, Value(), SortOrder::Ascending));
  EXPECT_EQ(content(list), expected);
  std::stable_sort(expected.begin(), expected.end(), [](auto& a, auto& b) { return a.first > b.first; });
  ASSERT_TRUE(sort(vm, list, Value(), SortOrder::Descending));
  EXPECT_EQ(content(list), expected);
}

TEST_P(SortSize, TakesOnePassOverWhatIsSorted) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  std::vector<int64_t> numbers(GetParam());
  for (size_t i = 0; i < numbers.size(); i++) numbers[i] = static_cast<int64_t>(i);
  ASSERT_TRUE(sort(vm, make_counted(vm, numbers), Value(), SortOrder::Ascending));
  EXPECT_EQ(comparisons, static_cast<int>(numbers.size()) - 1);
  std::reverse(numbers.begin(), numbers.end());
  comparisons = 0;
  ASSERT_TRUE(sort(vm, make_counted(vm, numbers), Value(), SortOrder::Ascending));
  EXPECT_EQ(comparisons, static_cast<int>(numbers.size()) - 1);
}

TEST_P(SortSize, NeedsFewComparisons) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  ASSERT_TRUE(sort(vm, make_counted(vm, random_numbers(GetParam(), 1 << 30, 2)), Value(), SortOrder::Ascending));
  double n = static_cast<double>(GetParam());
  EXPECT_LE(comparisons, n * std::log2(n) + n);
}

TEST_P(SortSize, AFailedComparisonLosesNothing) {
  TestVm vm(Config{.heap_bytes = 8 << 20});
  List* list = make_counted(vm, random_numbers(GetParam(), 1000, 3));
  auto before = content(list);
  std::sort(before.begin(), before.end());
  for (fail_at = 1; fail_at < 20000; fail_at = fail_at * 3 / 2 + 1) {
    comparisons = 0;
    List* copy = OK(List::make(vm, list->view()));
    if (sort(vm, copy, Value(), SortOrder::Ascending)) break;
    EXPECT_EQ(raised(vm), "ValueError('stop',)");
    auto after = content(copy);
    std::sort(after.begin(), after.end());
    ASSERT_EQ(after, before);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, SortSize, testing::Values(2, 3, 63, 64, 65, 128, 129, 1000, 5000));

TEST(Sort, ComparesSimpleTypesByValue) {
  TestVm vm;
  std::vector<int64_t> numbers = random_numbers(500, 1000, 4);
  List* ints = OK(List::make(vm));
  List* floats = OK(List::make(vm));
  List* strings = OK(List::make(vm));
  for (int64_t number : numbers) {
    ASSERT_TRUE(ints->append(vm, integer(number)));
    ASSERT_TRUE(floats->append(vm, OK(make_float(vm, static_cast<double>(number) * 1e100))));
    ASSERT_TRUE(strings->append(vm, OK(Str::make(vm, std::to_string(number + 1000)))));
  }
  std::sort(numbers.begin(), numbers.end());
  for (List* list : {ints, floats, strings}) ASSERT_TRUE(sort(vm, list, Value(), SortOrder::Ascending));
  for (size_t i = 0; i < numbers.size(); i++) {
    EXPECT_EQ(ints->items()[i], integer(numbers[i]));
    EXPECT_EQ(as_double(floats->items()[i]), static_cast<double>(numbers[i]) * 1e100);
    EXPECT_EQ(repr(vm, strings->items()[i]), "'" + std::to_string(numbers[i] + 1000) + "'");
  }
}

TEST(Sort, CallsTheKeyOnceForEachItem) {
  TestVm vm;
  List* list = OK(List::make(vm));
  for (int i = 0; i < 200; i++) ASSERT_TRUE(list->append(vm, integer(i)));
  int calls = 0;
  vm.on_call = [&](Value, Args args) -> Result<Value> {
    calls++;
    return integer(-args[0].as_small_int() / 10);
  };
  ASSERT_TRUE(sort(vm, list, Value::none(), SortOrder::Ascending));
  EXPECT_EQ(calls, 200);
  for (int i = 0; i < 200; i++) EXPECT_EQ(list->items()[i], integer((19 - i / 10) * 10 + i % 10));
}

TEST(Sort, AKeyThatRaisesLeavesTheListAsItWas) {
  TestVm vm;
  List* list = OK(List::make(vm));
  for (int i = 0; i < 100; i++) ASSERT_TRUE(list->append(vm, integer(100 - i)));
  vm.on_call = [&](Value, Args args) -> Result<Value> {
    if (args[0] == integer(50)) return vm.raise(ValueError_type, "fifty");
    return args[0];
  };
  EXPECT_FALSE(sort(vm, list, Value::none(), SortOrder::Ascending));
  EXPECT_EQ(raised(vm), "ValueError('fifty',)");
  ASSERT_EQ(list->size, 100u);
  for (int i = 0; i < 100; i++) EXPECT_EQ(list->items()[i], integer(100 - i));
}

TEST(Sort, ChangingTheListMeanwhileIsAnError) {
  TestVm vm;
  List* list = OK(List::make(vm));
  for (int i = 0; i < 100; i++) ASSERT_TRUE(list->append(vm, integer(100 - i)));
  vm.on_call = [&](Value, Args args) -> Result<Value> {
    EXPECT_EQ(list->size, args[0] == integer(100) ? 0u : 1u);
    if (args[0] == integer(100)) TRY(list->append(vm, args[0]));
    return args[0];
  };
  EXPECT_FALSE(sort(vm, list, Value::none(), SortOrder::Ascending));
  EXPECT_EQ(raised(vm), "ValueError('list modified during sort',)");
  ASSERT_EQ(list->size, 100u);
  EXPECT_EQ(list->items()[0], integer(1));
}

TEST(Sort, ShortListsNeedNoMemory) {
  TestVm vm;
  List* list = OK(List::make(vm));
  for (int i = 0; i < 64; i++) ASSERT_TRUE(list->append(vm, integer(i * 37 % 64)));
  vm.heap.set_lock_depth(1);
  ASSERT_TRUE(sort(vm, list, Value(), SortOrder::Ascending));
  vm.heap.set_lock_depth(0);
  for (int i = 0; i < 64; i++) EXPECT_EQ(list->items()[i], integer(i));
}

TEST(Sort, WithoutMemoryTheListStaysAsItWas) {
  TestVm vm;
  List* list = OK(List::make(vm));
  for (int i = 0; i < 65; i++) ASSERT_TRUE(list->append(vm, integer(64 - i)));
  vm.heap.set_lock_depth(1);
  EXPECT_FALSE(sort(vm, list, Value(), SortOrder::Ascending));
  vm.heap.set_lock_depth(0);
  EXPECT_TRUE(vm.take_pending(MemoryError_type));
  ASSERT_EQ(list->size, 65u);
  EXPECT_EQ(list->items()[0], integer(64));
}

}  // namespace
}  // namespace upy
