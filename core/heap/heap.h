#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "heap/cell_watch.h"
#include "heap/object.h"
#include "port/memory_grant.h"

/// The garbage-collected heap of one instance.
///
/// Address space for the whole limit is reserved at creation; the kernel commits a page when it is first touched, and
/// before that the host is asked for it, who may have shared out all there is. The heap is cut into pages of 4 KiB. A
/// page holds cells of one size class, or belongs to the run of pages of one large cell. Every cell begins with its
/// Object header; a null header means the cell is free. Cells never move.
///
/// A collection finishes the sweep of the last one, marks from the roots, gives pages without a marked cell back to the
/// pool at once, and leaves the rest to be swept one page at a time when the allocator next needs a cell of that size.
/// While it sweeps and marks it may be given up (RootSource::gives_up): then it has freed nothing, and all is as
/// before.
///
/// The heap itself is traced precisely, through CellKind::trace. Roots are what RootSource marks; it scans the native
/// stack and the value stack conservatively, so a word that looks like a pointer to or into a live cell keeps it.
/// Hence native code may hold plain pointers in local variables, but no cell may be referred to from malloc'd memory
/// other than through a RootSource.
namespace upy {

class Heap;

/// Marks cells during a collection.
class Marker {
 public:
  void mark(Value value) {
    if (value.is_object()) mark(value.as_object());
  }
  /// `object` is null, static, or the exact start of a cell.
  void mark(const Object* object);
  void mark(const Value* values, size_t count);
  /// Marks every cell that a word in [low, high) points to or into, whatever the words are.
  void scan(const void* low, const void* high);
  /// Whether the collection has been given up: what else there is to mark need not be. To be asked now and then where a
  /// cell is traced that may be large.
  bool gives_up();
  /// Bytes of the cell that begins at `object`.
  size_t size_of(const Object* object) const;

 private:
  friend class Heap;
  explicit Marker(Heap& heap) : heap_(heap) {}
  void push(Object* object);
  void drain();
  Heap& heap_;
  Object** top_ = nullptr;
  bool given_up_ = false;
};

/// Who knows the roots of a heap, and its weak references.
class RootSource {
 public:
  virtual void mark_roots(Marker& marker) = 0;
  /// Drops weak references to cells for which Heap::is_marked is false.
  virtual void drop_dead(Heap& heap) = 0;
  /// The time in nanoseconds, for Heap::collection_ns.
  virtual int64_t now_ns() = 0;
  /// Whether a collection is to end at once, with nothing freed.
  virtual bool gives_up() = 0;

 protected:
  ~RootSource() = default;
};

/// What a walk over the heap shows of one cell or free run.
struct HeapBlock {
  size_t offset;         ///< from the heap's start, in bytes
  size_t size;           ///< in bytes
  const Object* object;  ///< null: free
};

class Heap {
 public:
  static constexpr size_t kPageSize = 4096;
  static constexpr size_t kBlockSize = 16;  ///< what all sizes are rounded up to
  static constexpr size_t kMaxSmall = 2048;
  static constexpr int kClasses = 20;

  /// Reserves `limit` bytes of address space. `ok()` tells whether that worked. `shared`: what its memory is taken
  /// from, if there is an end of that.
  Heap(size_t limit, RootSource& roots, Memory* shared = nullptr);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  bool ok() const { return base_ != nullptr; }

  /// A new cell of at least `bytes` with its header set and the rest undefined, or null: see failure(). The caller
  /// fills in what `shape` traces before it allocates again.
  Object* allocate(const Shape* shape, size_t bytes) {
    if (bytes <= kMaxSmall && !gate_) [[likely]] {
      int size_class = class_of(bytes);
      if (FreeCell* cell = free_[size_class]) [[likely]] {
        return hand_out(cell, size_class, shape, bytes);
      }
    }
    return allocate_slowly(shape, bytes);
  }

  /// Grows or shrinks a storage cell where it lies if that is possible without moving it: true if it now has `bytes`.
  bool resize_in_place(Object* object, size_t bytes);
  /// Frees a storage cell that its only owner gives up. The collector would, later.
  void free(Object* object);
  /// Bytes of the cell, at least what was asked for.
  size_t size_of(const Object* object) const;
  /// The cell that an address, which may be any, lies in; null if none does, or one that nothing refers to any more.
  Object* cell_at(const void* address) const;
  /// Whether the pointer lies within the heap (static and stack objects do not).
  bool contains(const void* pointer) const {
    return static_cast<size_t>(static_cast<const char*>(pointer) - base_) < limit_;
  }

  /// Why the last allocation failed.
  enum class Failure { None, Locked, Full, HostFull };
  Failure failure() const { return failure_; }
  size_t failed_bytes() const { return failed_bytes_; }
  uint64_t failures() const { return failures_; }  ///< how many failed

  /// Frees what nothing refers to, unless it is given up.
  void collect();
  /// Sweeps what the last collection has left to be swept. False if it was given up.
  bool sweep_unless_given_up();
  bool is_marked(const Object* object) const;  ///< in RootSource::drop_dead; true for what is not in the heap
  /// Has CellKind::finalize called when the object dies, or with the heap.
  void add_finalizer(Object* object) { finalizers_.push_back(object); }

  /// The lock of micropython.heap_lock: while its depth is above 0 every allocation fails.
  int lock_depth() const { return lock_depth_; }
  void set_lock_depth(int depth);
  /// gc.disable(): no collection but by `collect`.
  bool automatic() const { return automatic_; }
  void set_automatic(bool on) { automatic_ = on; }
  /// gc.threshold(): collect after that many bytes were allocated, 0: at every allocation; kOwnPolicy: as the heap sees
  /// fit.
  static constexpr size_t kOwnPolicy = SIZE_MAX;
  size_t threshold() const { return threshold_; }
  void set_threshold(size_t bytes) { threshold_ = bytes; }
  /// Stress: collect before every Nth allocation; fail the Nth from now, once. 0 is off.
  void set_stress(uint32_t collect_every, uint32_t fail_allocation);

  /// Charges memory that a library holds for the instance. False, and nothing charged: over the limit.
  bool charge(size_t bytes);
  void discharge(size_t bytes);

  size_t limit() const { return limit_; }
  size_t used() const { return live_ + (allocated_ - allocated_at_collection_); }
  size_t available() const { return limit_ - used() - external_ > limit_ ? 0 : limit_ - used() - external_; }
  size_t peak() const { return peak_ > used() ? peak_ : used(); }
  size_t allocated() const { return allocated_; }
  size_t external() const { return external_; }
  size_t committed() const { return size_t{pages_touched_} * kPageSize; }
  uint64_t collections() const { return collections_; }
  int64_t collection_ns() const { return collection_ns_; }  ///< time spent in them
  const void* base() const { return base_; }
  /// Gives pages that hold nothing back to the system.
  void trim();
  /// Calls `visit` for each cell and each free run, by address, as long as it answers true. Finishes a pending sweep
  /// first. Whether all of them were shown.
  template <typename Visit>
  bool walk(Visit visit);

 private:
  friend class Marker;
  struct FreeCell : Object {
    FreeCell* next;
  };
  enum class Use : uint8_t { Free, Small, LargeHead, LargeTail };
  struct Page {
    Use use;
    uint8_t size_class;  ///< Small
    bool touched;        ///< committed by the kernel
    bool unswept;        ///< Small: waits in its class's list
    uint32_t run;        ///< LargeHead: pages of the run; LargeTail: pages back to the head
    uint32_t next;       ///< Small: the next page of the list; kNoPage at its end
    uint64_t marks[4];   ///< one bit for each block where a marked cell begins
  };
  static constexpr uint32_t kNoPage = UINT32_MAX;
  static constexpr uint16_t kClassSize[kClasses] = {16,  32,  48,  64,  80,  96,  112, 128,  160,  192,
                                                    224, 256, 320, 384, 512, 672, 816, 1024, 1360, 2048};
  struct ClassTable {
    uint8_t of[kMaxSmall / kBlockSize + 1];
  };
  static constexpr ClassTable make_class_table() {
    ClassTable table{};
    int size_class = 0;
    for (size_t blocks = 0; blocks <= kMaxSmall / kBlockSize; blocks++) {
      while (kClassSize[size_class] < blocks * kBlockSize) size_class++;
      table.of[blocks] = static_cast<uint8_t>(size_class);
    }
    return table;
  }
  static const ClassTable kClassTable;
  static int class_of(size_t bytes) { return kClassTable.of[(bytes + kBlockSize - 1) / kBlockSize]; }

  char* address(uint32_t page) const { return base_ + size_t{page} * kPageSize; }
  uint32_t page_of(const void* pointer) const {
    return static_cast<uint32_t>((static_cast<const char*>(pointer) - base_) / kPageSize);
  }
  /// The first free cell of its class, as a new one.
  Object* hand_out(FreeCell* cell, int size_class, const Shape* shape, size_t bytes) {
    free_[size_class] = cell->next;
    allocated_ += kClassSize[size_class];
    if constexpr (cell_watch::kOn) watch_new(cell, kClassSize[size_class], shape, bytes);
    cell->shape = shape;
    return cell;
  }
  static void watch_new(Object* cell, size_t cell_bytes, const Shape* shape, size_t bytes);
  static void watch_resized(Object* cell, size_t cell_bytes, size_t bytes);
  static void watch_free(Object* cell, size_t cell_bytes);
  bool test_and_mark(const Object* object);
  Object* find_cell(const void* pointer) const;
  Object* allocate_slowly(const Shape* shape, size_t bytes);
  Object* try_small(const Shape* shape, size_t bytes);
  Object* try_large(const Shape* shape, size_t bytes);
  Object* fail(Failure why, size_t bytes);
  bool wants_collection(size_t bytes) const;
  bool refill(int size_class);
  uint32_t take_pages(uint32_t count);
  bool touch(uint32_t first, uint32_t count);
  bool cover(size_t touched_pages, size_t external);
  void give_pages(uint32_t first, uint32_t count);
  void thread_free_cells(uint32_t page);
  void sweep(uint32_t page);
  bool sweep_next(int size_class);
  void finish_sweep();
  bool mark_all();
  void clear_marks();
  void reclaim_pages();
  void run_finalizers();

  char* base_ = nullptr;
  size_t limit_;
  size_t reserved_ = 0;
  Page* pages_ = nullptr;
  Object** mark_stack_ = nullptr;
  uint32_t page_count_ = 0;
  uint32_t top_page_ = 0;  ///< pages from here on were never used
  uint32_t pages_used_ = 0;
  uint32_t pages_touched_ = 0;
  uint32_t search_from_ = 0;  ///< no free page lies below
  FreeCell* free_[kClasses] = {};
  uint32_t unswept_[kClasses];
  bool gate_ = false;  ///< allocations take the slow path: locked or under stress
  bool automatic_ = true;
  int lock_depth_ = 0;
  size_t threshold_ = kOwnPolicy;
  uint32_t collect_every_ = 0, fail_allocation_ = 0, stress_count_ = 0;
  size_t allocated_ = 0, allocated_at_collection_ = 0, live_ = 0, external_ = 0, peak_ = 0;
  uint64_t collections_ = 0;
  int64_t collection_ns_ = 0;
  MemoryGrant granted_;        ///< covers what is touched, and external_
  bool host_refused_ = false;  ///< since the present allocation began
  Failure failure_ = Failure::None;
  size_t failed_bytes_ = 0;
  uint64_t failures_ = 0;
  RootSource& roots_;
  std::vector<Object*> finalizers_;
};

inline constexpr Heap::ClassTable Heap::kClassTable = Heap::make_class_table();

template <typename Visit>
bool Heap::walk(Visit visit) {
  finish_sweep();
  size_t free_from = 0;
  auto show_free = [&](size_t end) {
    return end <= free_from || visit(HeapBlock{free_from, end - free_from, nullptr});
  };
  for (uint32_t page = 0; page < top_page_; page++) {
    const Page& p = pages_[page];
    size_t step = p.use == Use::Small ? kClassSize[p.size_class] : p.use == Use::LargeHead ? p.run * kPageSize : 0;
    if (step == 0) continue;
    size_t start = size_t{page} * kPageSize;
    for (size_t offset = 0; offset + step <= (step > kPageSize ? step : kPageSize); offset += step) {
      auto* object = reinterpret_cast<Object*>(base_ + start + offset);
      if (!object->shape) continue;
      if (!show_free(start + offset) || !visit(HeapBlock{start + offset, step, object})) return false;
      free_from = start + offset + step;
    }
  }
  return show_free(limit_);
}

}  // namespace upy
