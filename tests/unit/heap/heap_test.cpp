#include "heap/heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "support/bounded_memory.h"

namespace upy {
namespace {

/// Roots are what the test puts into `roots`; nothing is scanned conservatively.
class HeapTest : public testing::Test, protected RootSource {
 protected:
  static constexpr size_t kLimit = 256u << 10;

  void mark_roots(Marker& marker) override { marker.mark(roots.data(), roots.size()); }
  void drop_dead(Heap& heap) override {
    std::erase_if(weak, [&](const Object* object) { return !heap.is_marked(object); });
  }
  int64_t now_ns() override { return now += 5; }
  bool gives_up() override { return looks_left > 0 && --looks_left == 0; }

  Object* bytes(size_t size) { return heap.allocate(&bytes_storage_shape, size); }
  /// Storage of values, all null.
  ValueStorage* values(size_t count) {
    auto* storage =
        static_cast<ValueStorage*>(heap.allocate(&value_storage_shape, sizeof(Object) + count * sizeof(Value)));
    if (storage) std::fill_n(storage->items(), heap.size_of(storage) / sizeof(Value) - 1, Value());
    return storage;
  }
  std::set<const Object*> cells() {
    std::set<const Object*> found;
    heap.walk([&](const HeapBlock& block) {
      if (block.object) found.insert(block.object);
      return true;
    });
    return found;
  }

  std::vector<Value> roots;
  std::set<const Object*> weak;
  int64_t now = 0;
  size_t looks_left = 0;  ///< the collection is given up at the last one; 0: never
  Heap heap{kLimit, *this};
};

TEST_F(HeapTest, CellsAreAlignedDistinctAndLargeEnough) {
  heap.set_automatic(false);
  std::map<char*, size_t> taken;
  for (size_t size = 1; size < 4000; size += 97) {
    Object* cell = bytes(size);
    ASSERT_NE(cell, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(cell) % Heap::kBlockSize, 0u);
    EXPECT_GE(heap.size_of(cell), size);
    EXPECT_TRUE(heap.contains(cell));
    taken[reinterpret_cast<char*>(cell)] = heap.size_of(cell);
  }
  const char* end = nullptr;
  for (const auto& [start, size] : taken) {
    EXPECT_GE(start, end);
    end = start + size;
  }
}

TEST_F(HeapTest, CollectingKeepsWhatRootsReach) {
  ValueStorage* root = values(2);
  ValueStorage* middle = values(1);
  Object* leaf = bytes(3000);
  Object* garbage = bytes(40);
  root->items()[1] = Value(middle);
  middle->items()[0] = Value(leaf);
  roots = {Value::small_int(1), Value(root)};
  heap.collect();
  EXPECT_EQ(cells(), (std::set<const Object*>{root, middle, leaf}));
  EXPECT_FALSE(cells().contains(garbage));
}

TEST_F(HeapTest, RingsThatNothingReachesDie) {
  ValueStorage* a = values(1);
  ValueStorage* b = values(1);
  a->items()[0] = Value(b);
  b->items()[0] = Value(a);
  heap.collect();
  EXPECT_TRUE(cells().empty());
  EXPECT_EQ(heap.used(), 0u);
}

TEST_F(HeapTest, LongChainsAreMarkedWithoutRecursion) {
  ValueStorage* last = values(1);
  roots = {Value(last)};
  size_t count = 1;
  for (; count < 5000; ++count) {
    ValueStorage* next = values(1);
    if (!next) break;
    next->items()[0] = roots[0];
    roots[0] = Value(next);
  }
  EXPECT_EQ(count, 5000u);
  heap.collect();
  EXPECT_EQ(cells().size(), count);
}

TEST_F(HeapTest, AnInnerPointerKeepsACellWhenScanned) {
  Object* cell = bytes(100);
  struct Scanner final : RootSource {
    void mark_roots(Marker& marker) override { marker.scan(&word, &word + 1); }
    void drop_dead(Heap&) override {}
    int64_t now_ns() override { return 0; }
    bool gives_up() override { return false; }
    const char* word = nullptr;
  } scanner;
  Heap scanned(kLimit, scanner);
  Object* kept = scanned.allocate(&bytes_storage_shape, 5000);
  scanner.word = reinterpret_cast<char*>(kept) + 4500;
  scanned.collect();
  EXPECT_EQ(scanned.used(), scanned.size_of(kept));
  scanner.word = reinterpret_cast<char*>(cell);  // of another heap
  scanned.collect();
  EXPECT_EQ(scanned.used(), 0u);
}

TEST_F(HeapTest, AnyAddressIsLookedUp) {
  heap.set_automatic(false);
  const size_t sizes[] = {16, 100, 2000, 9000};
  std::vector<char*> kept, dead;
  for (size_t size : sizes) {
    kept.push_back(reinterpret_cast<char*>(bytes(size)));
    dead.push_back(reinterpret_cast<char*>(bytes(size)));
    roots.push_back(Value(reinterpret_cast<Object*>(kept.back())));
  }
  for (char* cell : dead) EXPECT_EQ(reinterpret_cast<char*>(heap.cell_at(cell + 9)), cell);
  heap.collect();  // leaves the small ones to be swept
  for (size_t i = 0; i < std::size(sizes); i++) {
    EXPECT_EQ(reinterpret_cast<char*>(heap.cell_at(kept[i])), kept[i]);
    EXPECT_EQ(reinterpret_cast<char*>(heap.cell_at(kept[i] + sizes[i] - 1)), kept[i]);
    EXPECT_EQ(heap.cell_at(dead[i]), nullptr);
    EXPECT_EQ(heap.cell_at(dead[i] + sizes[i] - 1), nullptr);
  }
  heap.walk([](const HeapBlock&) { return true; });  // sweeps
  for (size_t i = 0; i < std::size(sizes); i++) {
    EXPECT_EQ(reinterpret_cast<char*>(heap.cell_at(kept[i] + 8)), kept[i]);
    EXPECT_EQ(heap.cell_at(dead[i] + 8), nullptr);
  }
  const char* base = static_cast<const char*>(heap.base());
  for (const char* foreign : {static_cast<const char*>(nullptr), base - 1, base + kLimit, base + kLimit - 1})
    EXPECT_EQ(heap.cell_at(foreign), nullptr);
}

/// Wherever that happens, the heap is as it was, and the next collection frees what this one would have.
TEST_F(HeapTest, ACollectionMayBeGivenUp) {
  heap.set_automatic(false);
  constexpr size_t kCells = 5000;
  for (size_t give_up_at = 1;; give_up_at++) {
    roots.clear();
    heap.collect();
    ValueStorage* list = values(kCells);
    roots = {Value(list)};
    for (size_t i = 0; i < kCells; i++) list->items()[i] = Value(bytes(16));
    for (size_t i = 0; i < kCells; i++) bytes(16);  // garbage
    const size_t used = heap.used();
    const std::set<const Object*> before = cells();
    looks_left = give_up_at;
    heap.collect();
    const bool given_up = looks_left == 0;
    looks_left = 0;
    if (given_up) {
      EXPECT_EQ(heap.used(), used);
      EXPECT_EQ(cells(), before);
      bytes(16);
      heap.collect();
    }
    EXPECT_EQ(cells().size(), kCells + 1);
    EXPECT_EQ(heap.used(), kCells * 16 + heap.size_of(list));
    if (!given_up) {
      EXPECT_GT(give_up_at, 3u);
      return;
    }
  }
}

TEST_F(HeapTest, MemoryIsUsedAgain) {
  for (int i = 0; i < 100'000; ++i) ASSERT_NE(bytes(static_cast<size_t>(16 + i % 4000)), nullptr);
  EXPECT_GT(heap.collections(), 0u);
  EXPECT_GT(heap.collection_ns(), 0);
  EXPECT_LE(heap.peak(), kLimit);
}

TEST_F(HeapTest, AFullHeapFailsAndRecovers) {
  while (Object* cell = bytes(1000)) roots.push_back(Value(cell));
  EXPECT_EQ(heap.failure(), Heap::Failure::Full);
  EXPECT_EQ(heap.failed_bytes(), 1000u);
  EXPECT_EQ(heap.failures(), 1u);
  roots.clear();
  EXPECT_NE(bytes(1000), nullptr);
  EXPECT_EQ(bytes(kLimit + 1), nullptr);
  EXPECT_EQ(bytes(SIZE_MAX - 7), nullptr);
}

TEST_F(HeapTest, ALockedHeapGivesNothing) {
  heap.set_lock_depth(1);
  EXPECT_EQ(bytes(16), nullptr);
  EXPECT_EQ(heap.failure(), Heap::Failure::Locked);
  heap.set_lock_depth(0);
  EXPECT_NE(bytes(16), nullptr);
}

TEST_F(HeapTest, StressFailsTheNthAllocationOnce) {
  heap.set_stress(0, 3);
  EXPECT_NE(bytes(16), nullptr);
  EXPECT_NE(bytes(16), nullptr);
  EXPECT_EQ(bytes(16), nullptr);
  EXPECT_NE(bytes(16), nullptr);
}

TEST_F(HeapTest, StressCollectsAtEveryAllocation) {
  heap.set_stress(1, 0);
  const uint64_t before = heap.collections();
  for (int i = 0; i < 10; ++i) bytes(16);
  EXPECT_EQ(heap.collections(), before + 10);
}

TEST_F(HeapTest, NothingIsCollectedByItselfWhenThatIsOff) {
  heap.set_automatic(false);
  while (bytes(1000) != nullptr) {
  }
  EXPECT_EQ(heap.collections(), 0u);
  heap.collect();
  EXPECT_NE(bytes(1000), nullptr);
}

TEST_F(HeapTest, FinalizersRunOnceWhenTheObjectDies) {
  static int finalized;  // what a CellKind does has no state
  finalized = 0;
  static const CellKind kind{.finalize = [](Object*) { ++finalized; }};
  static const Shape shape(&shape_shape, &kind, nullptr);
  Object* object = heap.allocate(&shape, 32);
  heap.add_finalizer(object);
  roots = {Value(object)};
  heap.collect();
  EXPECT_EQ(finalized, 0);
  roots.clear();
  heap.collect();
  EXPECT_EQ(finalized, 1);
  heap.collect();
  EXPECT_EQ(finalized, 1);
}

TEST_F(HeapTest, WeakReferencesToTheDeadAreDropped) {
  Object* kept = bytes(16);
  Object* lost = bytes(16);
  roots = {Value(kept)};
  weak = {kept, lost};
  heap.collect();
  EXPECT_EQ(weak, (std::set<const Object*>{kept}));
}

TEST_F(HeapTest, FreedCellsAreUsedAgainAtOnce) {
  const size_t before = heap.used();
  Object* cell = bytes(64);
  heap.free(cell);
  EXPECT_EQ(heap.used(), before);
  EXPECT_EQ(bytes(64), cell);
}

TEST_F(HeapTest, ResizingInPlaceKeepsWhatItHolds) {
  Object* cell = bytes(8000);
  auto* data = static_cast<ByteStorage*>(cell)->data();
  std::memset(data, 'x', 4000);
  if (heap.resize_in_place(cell, 20'000)) {
    EXPECT_GE(heap.size_of(cell), 20'000u);
  }
  ASSERT_TRUE(heap.resize_in_place(cell, 5000));
  EXPECT_LT(heap.size_of(cell), 20'000u);
  EXPECT_GE(heap.size_of(cell), 5000u);
  EXPECT_EQ(std::string(data, 4000), std::string(4000, 'x'));
}

TEST_F(HeapTest, NothingGrowsInPlaceBeyondTheLimit) {
  Object* cell = bytes(8000);
  const size_t size = heap.size_of(cell);
  for (const size_t wanted : {kLimit + 1, (size_t{1} << 32) * Heap::kPageSize, SIZE_MAX / 2, SIZE_MAX})
    EXPECT_FALSE(heap.resize_in_place(cell, wanted)) << wanted;
  EXPECT_EQ(heap.size_of(cell), size);
}

#if !defined(NDEBUG)
TEST_F(HeapTest, NewCellsHoldNoValues) {
  for (const size_t size : {24, 64, 8000}) {
    auto* words = reinterpret_cast<uint64_t*>(static_cast<ByteStorage*>(bytes(size))->data());
    EXPECT_EQ(words[0], cell_watch::kUnwritten) << size;
    EXPECT_EQ(words[size / 8 - 2], cell_watch::kUnwritten) << size;
  }
}
#endif

#ifdef UPY_CELLS_POISONED
/// Whether AddressSanitizer would tell of a touch.
bool is_hidden(const void* place) { return __asan_address_is_poisoned(place); }

TEST_F(HeapTest, WhatIsNotInUseCannotBeTouched) {
  for (const size_t size : {40, 100, 2000, 8000}) {
    auto* cell = bytes(size);
    auto* begin = reinterpret_cast<char*>(cell);
    EXPECT_FALSE(is_hidden(begin + size - 1)) << size;
    if (heap.size_of(cell) > size) {
      EXPECT_TRUE(is_hidden(begin + size)) << size;
    }
    if (size > 2000) {
      ASSERT_TRUE(heap.resize_in_place(cell, size - 100));
      EXPECT_TRUE(is_hidden(begin + size - 1));
    }
    heap.free(cell);
    EXPECT_TRUE(is_hidden(begin + 24)) << size;
  }
  Object* dies = bytes(64);
  Object* lives = bytes(64);
  roots = {lives};
  heap.collect();
  EXPECT_TRUE(is_hidden(reinterpret_cast<char*>(dies) + 24));
  EXPECT_FALSE(is_hidden(reinterpret_cast<char*>(lives) + 24));
}
#endif

TEST_F(HeapTest, ExternalMemoryCountsAgainstTheLimit) {
  const size_t available = heap.available();
  ASSERT_TRUE(heap.charge(100'000));
  EXPECT_EQ(heap.external(), 100'000u);
  EXPECT_EQ(heap.available(), available - 100'000);
  EXPECT_FALSE(heap.charge(kLimit));
  EXPECT_EQ(heap.external(), 100'000u);
  heap.discharge(100'000);
  EXPECT_EQ(heap.available(), available);
}

TEST_F(HeapTest, AWalkShowsEveryByteOnce) {
  for (size_t size : {16u, 300u, 5000u, 64u, 2000u}) roots.push_back(Value(bytes(size)));
  bytes(128);
  heap.collect();
  size_t end = 0;
  heap.walk([&](const HeapBlock& block) {
    EXPECT_EQ(block.offset, end);
    end = block.offset + block.size;
    return true;
  });
  EXPECT_EQ(end, heap.limit());
  int blocks = 0;
  EXPECT_FALSE(heap.walk([&](const HeapBlock&) { return ++blocks < 2; }));
  EXPECT_EQ(blocks, 2) << "a walk can be ended";
  EXPECT_EQ(cells().size(), roots.size());
}

TEST_F(HeapTest, AWalkCanBeEnded) {
  for (int i = 0; i < 3; i++) roots.push_back(Value(bytes(64)));
  int seen = 0;
  EXPECT_FALSE(heap.walk([&](const HeapBlock&) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
}

TEST_F(HeapTest, TrimmingGivesPagesBack) {
  std::memset(static_cast<ByteStorage*>(bytes(200'000))->data(), 1, 190'000);
  heap.collect();
  const size_t committed = heap.committed();
  heap.trim();
  EXPECT_LT(heap.committed(), committed);
  EXPECT_NE(bytes(200'000), nullptr);
}

TEST_F(HeapTest, TakesNoMoreThanTheHostHas) {
  constexpr size_t kShared = 64u << 10;
  BoundedMemory memory(kShared);
  {
    Heap shared(kLimit, *this, &memory);
    shared.set_automatic(false);
    const auto page = [&] { return shared.allocate(&bytes_storage_shape, Heap::kPageSize); };
    Object* last = nullptr;
    size_t pages = 0;
    while (Object* const cell = page()) {
      last = cell;
      ++pages;
    }
    EXPECT_EQ(pages, kShared / Heap::kPageSize);
    EXPECT_EQ(shared.failure(), Heap::Failure::HostFull);
    EXPECT_EQ(memory.left, 0u);
    EXPECT_FALSE(shared.resize_in_place(last, 2 * Heap::kPageSize));
    EXPECT_FALSE(shared.charge(1));
    shared.free(last);
    EXPECT_NE(page(), nullptr) << "what was touched is there";
    shared.collect();
    shared.trim();
    EXPECT_EQ(shared.committed(), 0u);
    EXPECT_EQ(memory.left, kShared);
    EXPECT_TRUE(shared.charge(10'000));
    EXPECT_EQ(memory.left, kShared - (16u << 10));
    shared.discharge(10'000);
    EXPECT_EQ(memory.left, kShared);
    EXPECT_NE(page(), nullptr);
  }
  EXPECT_EQ(memory.left, kShared);
}

TEST_F(HeapTest, OfAHeapThatIsFullTheHostIsNotToBlame) {
  BoundedMemory memory(SIZE_MAX);
  Heap shared(kLimit, *this, &memory);
  shared.set_automatic(false);
  while (shared.allocate(&bytes_storage_shape, 3000)) {
  }
  EXPECT_EQ(shared.failure(), Heap::Failure::Full);
}

}  // namespace
}  // namespace upy
