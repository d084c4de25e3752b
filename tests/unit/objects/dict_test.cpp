#include "objects/containers/dict.h"

#include <random>
#include <vector>

#include "objects/containers/list.h"
#include "objects/containers/set.h"
#include "objects/containers/tuple.h"
#include "support/test_vm.h"

namespace upy {
namespace {

std::vector<int64_t> keys_of(Dict* dict) {
  std::vector<int64_t> keys;
  size_t at = 0;
  while (Dict::Entry* entry = dict->next(at)) keys.push_back(entry->key.as_small_int());
  return keys;
}

/// A dict in insertion order, the slow and obvious way.
struct Model {
  std::vector<std::pair<int64_t, int64_t>> entries;

  int64_t* find(int64_t key) {
    for (auto& [k, v] : entries)
      if (k == key) return &v;
    return nullptr;
  }
  void set(int64_t key, int64_t value) {
    if (int64_t* found = find(key))
      *found = value;
    else
      entries.emplace_back(key, value);
  }
  bool remove(int64_t key) {
    return std::erase_if(entries, [&](auto& entry) { return entry.first == key; }) > 0;
  }
};

class DictModel : public testing::TestWithParam<int64_t> {};

TEST_P(DictModel, RandomOperationsAgreeWithTheModel) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  Model model;
  std::mt19937_64 random(static_cast<uint64_t>(GetParam()));
  for (int step = 0; step < 6000; step++) {
    int64_t key = static_cast<int64_t>(random() % static_cast<uint64_t>(GetParam()));
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
        ASSERT_TRUE(dict->set(vm, integer(key), integer(step)));
        model.set(key, step);
        break;
      case 3:
      case 4:
      case 5:
        EXPECT_EQ(OK(dict->remove(vm, integer(key))), model.remove(key));
        break;
      case 6:
        if (!model.entries.empty()) {  // the oldest
          EXPECT_TRUE(OK(dict->remove(vm, integer(model.entries.front().first))));
          model.entries.erase(model.entries.begin());
        }
        break;
      default: {
        Value value = OK(dict->get(vm, integer(key)));
        int64_t* expected = model.find(key);
        ASSERT_EQ(!value.is_absent(), expected != nullptr);
        if (expected) {
          EXPECT_EQ(value.as_small_int(), *expected);
        }
      }
    }
    ASSERT_EQ(dict->count, model.entries.size());
    if (step % 64 != 0) continue;
    std::vector<int64_t> expected;
    for (auto& [k, v] : model.entries) expected.push_back(k);
    ASSERT_EQ(keys_of(dict), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(KeyRanges, DictModel, testing::Values(3, 8, 9, 20, 100, 1000, 3000));

TEST(Dict, FindsNamesByTheirAddress) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  for (int i = 0; i < 100; i++) {
    const Str* name = OK(vm.strings.intern("name" + std::to_string(i)));
    ASSERT_TRUE(dict->set(vm, name, integer(i)));
    for (int j = 0; j <= i; j++) {
      const Str* earlier = OK(vm.strings.intern("name" + std::to_string(j)));
      ASSERT_EQ(dict->get(earlier), integer(j));
    }
  }
  EXPECT_EQ(dict->find("append"_n), nullptr);
  EXPECT_FALSE(dict->remove("append"_n));
  EXPECT_TRUE(dict->remove(OK(vm.strings.intern("name50"))));
  EXPECT_EQ(dict->get(OK(vm.strings.intern("name50"))), Value());
  EXPECT_EQ(dict->get(OK(vm.strings.intern("name51"))), integer(51));
}

TEST(Dict, FindsANameUnderAKeyThatIsNotInterned) {
  TestVm vm;
  for (int others : {0, 20}) {
    Dict* dict = OK(Dict::make(vm));
    for (int i = 0; i < others; i++) ASSERT_TRUE(dict->set(vm, integer(i), integer(i)));
    ASSERT_TRUE(dict->set(vm, OK(Str::make(vm, "append")), integer(7)));
    EXPECT_EQ(dict->get("append"_n), integer(7));
    ASSERT_TRUE(dict->set(vm, "append"_n, integer(8)));
    EXPECT_EQ(dict->count, static_cast<uint32_t>(others + 1));
    EXPECT_EQ(OK(dict->get(vm, Value(OK(Str::make(vm, "append"))))), integer(8));
  }
}

TEST(Dict, VersionMovesWithEntriesAndNotWithValues) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  uint32_t version = dict->version;
  auto moved = [&] { return std::exchange(version, dict->version) != dict->version; };
  ASSERT_TRUE(dict->set(vm, "append"_n, integer(1)));
  EXPECT_TRUE(moved());
  Value* slot = dict->find("append"_n);
  ASSERT_TRUE(dict->set(vm, "append"_n, integer(2)));
  EXPECT_FALSE(moved());
  EXPECT_EQ(*slot, integer(2));
  ASSERT_TRUE(dict->set(vm, integer(5), integer(2)));
  EXPECT_TRUE(moved());
  EXPECT_FALSE(OK(dict->remove(vm, integer(6))));
  EXPECT_FALSE(moved());
  EXPECT_TRUE(OK(dict->remove(vm, integer(5))));
  EXPECT_TRUE(moved());
  dict->clear();
  EXPECT_TRUE(moved());
  ASSERT_TRUE(dict->reserve(vm, 100));
  EXPECT_TRUE(moved());
}

TEST(Dict, KeysCompareByValue) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  Value pair[] = {integer(1), "key"_n};
  ASSERT_TRUE(dict->set(vm, Value(OK(Tuple::make(vm, pair))), integer(1)));
  EXPECT_EQ(OK(dict->get(vm, Value(OK(Tuple::make(vm, pair))))), integer(1));
  ASSERT_TRUE(dict->set(vm, Value::boolean(true), integer(2)));
  EXPECT_EQ(OK(dict->get(vm, integer(1))), integer(2));
  ASSERT_TRUE(dict->set(vm, Value::none(), integer(3)));
  EXPECT_EQ(OK(dict->get(vm, Value::none())), integer(3));
}

TEST(Dict, UnhashableKeysRaise) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  Value list = OK(List::make(vm));
  EXPECT_FALSE(dict->set(vm, list, list));
  EXPECT_EQ(raised(vm), "TypeError(\"unsupported type for __hash__: 'list'\",)");
  EXPECT_TRUE(OK(dict->get(vm, list)).is_absent());  // an empty dict does not ask
  ASSERT_TRUE(dict->set(vm, integer(1), integer(1)));
  EXPECT_FALSE(dict->get(vm, list));
}

TEST(Dict, TakingTheOldestOrTheNewestEntryIsCheap) {
  TestVm vm(Config{.heap_bytes = 16 << 20});
  Dict* dict = OK(Dict::make(vm));
  constexpr int kCount = 50000;  // quadratic work would take minutes
  for (int i = 0; i < kCount; i++) ASSERT_TRUE(dict->set(vm, integer(i), integer(i)));
  for (int i = 0; i < kCount / 2; i++) {
    size_t at = 0;
    ASSERT_EQ(dict->next(at)->key, integer(i));
    dict->remove_at(static_cast<int64_t>(at) - 1);
    ASSERT_EQ(dict->entries()[dict->used - 1].key, integer(kCount - 1 - i));
    dict->remove_at(dict->used - 1);
  }
  EXPECT_EQ(dict->count, 0u);
  EXPECT_EQ(dict->used, 0u);
}

TEST(Dict, AddingAndTakingAgainAndAgainNeedsNoMoreRoom) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm, 100));
  Object* table = dict->table;
  for (int i = 0; i < 100000; i++) {
    ASSERT_TRUE(dict->set(vm, integer(i), integer(i)));
    if (i >= 50) {
      ASSERT_TRUE(OK(dict->remove(vm, integer(i - 50))));
    }
  }
  EXPECT_EQ(dict->table, table);
  EXPECT_EQ(dict->count, 50u);
}

TEST(Dict, SurvivesCollections) {
  TestVm vm(Config{.collect_every = 7});
  Dict* dict = OK(Dict::make(vm));
  for (int i = 0; i < 300; i++) {
    Str* key = OK(Str::make(vm, "key " + std::to_string(i)));
    Value value = OK(Str::make(vm, "value " + std::to_string(i)));
    ASSERT_TRUE(dict->set(vm, Value(key), value));
  }
  for (int i = 0; i < 300; i++) {
    Value value = OK(dict->get(vm, Value(OK(Str::make(vm, "key " + std::to_string(i))))));
    ASSERT_EQ(repr(vm, value), "'value " + std::to_string(i) + "'");
  }
}

TEST(Dict, AFailedAllocationLeavesItIntact) {
  TestVm vm;
  Dict* dict = OK(Dict::make(vm));
  int count = 0;
  while (dict->used < dict->capacity() || count < 30) {
    ASSERT_TRUE(dict->set(vm, integer(count), integer(count)));
    count++;
  }
  vm.heap.set_lock_depth(1);
  EXPECT_FALSE(dict->set(vm, integer(count), integer(count)));
  EXPECT_TRUE(vm.take_pending(MemoryError_type));
  ASSERT_TRUE(dict->set(vm, integer(0), integer(-1)));  // replacing needs no memory
  vm.heap.set_lock_depth(0);
  EXPECT_EQ(dict->count, static_cast<uint32_t>(count));
  for (int i = 1; i < count; i++) EXPECT_EQ(OK(dict->get(vm, integer(i))), integer(i));
}

// ---- keys whose comparison changes the dict ----

Dict* mutated;
int comparisons;

Result<uint64_t> same_hash(Vm&, Value) { return uint64_t{42}; }

TEST(Dict, StartsAgainWhenAComparisonMovedTheEntry) {
  static constinit const Type kType{{.name = "object"_n,
                                     .kind = &plain_kind,
                                     .slots = {.binary = [](Vm& vm, BinaryOp op, Value, Value) -> Result<Value> {
                                                 if (op != BinaryOp::Eq) return Value::not_implemented();
                                                 if (comparisons++ < 3) {
                                                   mutated->clear();
                                                   for (int i = 0; i < 50; i++)
                                                     TRY(mutated->set(vm, integer(i), integer(i)));
                                                 }
                                                 return Value::boolean(false);
                                               },
                                               .hash = same_hash}}};
  TestVm vm;
  mutated = OK(Dict::make(vm));
  comparisons = 0;
  ASSERT_TRUE(mutated->set(vm, Value(OK(vm.allocate<Object>(kType))), integer(1)));
  ASSERT_TRUE(mutated->set(vm, Value(OK(vm.allocate<Object>(kType))), integer(2)));
  EXPECT_EQ(comparisons, 2);  // with the first key, then with 42, which is where it was when the table is filled again
  EXPECT_EQ(mutated->count, 51u);
}

/// As many changes within one comparison as 32 bits can count are noticed too.
TEST(Dict, StartsAgainWhenAComparisonChangedItVeryOften) {
  static constinit const Type kType{{.name = "object"_n,
                                     .kind = &plain_kind,
                                     .slots = {.binary = [](Vm&, BinaryOp op, Value, Value) -> Result<Value> {
                                                 if (op != BinaryOp::Eq) return Value::not_implemented();
                                                 const uint64_t before = mutated->version;
                                                 mutated->clear();
                                                 mutated->version = before;
                                                 mutated->version += uint64_t{1} << 32;
                                                 return Value::boolean(false);
                                               },
                                               .hash = same_hash}}};
  TestVm vm;
  mutated = OK(Dict::make(vm));
  ASSERT_TRUE(mutated->set(vm, Value(OK(vm.allocate<Object>(kType))), integer(1)));
  EXPECT_EQ(OK(mutated->get(vm, Value(OK(vm.allocate<Object>(kType))))), Value::absent());
}

// ---- sets share the table ----

TEST(Set, TakesTheOldestFirst) {
  TestVm vm;
  Set* set = OK(Set::make(vm));
  for (int i = 0; i < 20; i++) ASSERT_TRUE(set->add(vm, integer(i * 7 % 20)));
  for (int i = 0; i < 20; i++) {
    size_t at = 0;
    EXPECT_EQ(set->next(at)->key, integer(i * 7 % 20));
    set->remove_at(static_cast<int64_t>(at) - 1);
  }
  EXPECT_EQ(repr(vm, set), "set()");
}

}  // namespace
}  // namespace upy
