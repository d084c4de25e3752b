#include "heap/heap.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace upy {

namespace {

constexpr size_t kMinimumBetweenCollections = 256 << 10;
/// After how many cells or values, and pages swept, a collection asks whether it is to be given up.
constexpr size_t kStepsPerCheck = 4096, kPagesPerCheck = 64;

void trace_values(Object* object, Marker& marker) {
  auto* storage = static_cast<ValueStorage*>(object);
  marker.mark(storage->items(), marker.size_of(object) / sizeof(Value) - 1);
}

constexpr CellKind kPlainKind{};
constexpr CellKind kValuesKind{.trace = trace_values};

size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

}  // namespace

constinit const Shape shape_shape{&shape_shape, &kPlainKind, nullptr};
constinit const Shape bytes_storage_shape{&shape_shape, &kPlainKind, nullptr};
constinit const Shape unfilled_storage_shape{&shape_shape, &kPlainKind, nullptr};
constinit const Shape value_storage_shape{&shape_shape, &kValuesKind, nullptr};

// ---- creation ----

Heap::Heap(size_t limit, RootSource& roots, Memory* shared)
    : limit_(round_up(limit, kPageSize)), granted_(shared), roots_(roots) {
  page_count_ = static_cast<uint32_t>(limit_ / kPageSize);
  size_t page_table = round_up(page_count_ * sizeof(Page), kPageSize);
  size_t mark_stack = round_up(limit_ / kBlockSize * sizeof(Object*), kPageSize);  // each cell is pushed at most once
  reserved_ = limit_ + page_table + mark_stack;
  void* memory = mmap(nullptr, reserved_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return;
  base_ = static_cast<char*>(memory);
  pages_ = reinterpret_cast<Page*>(base_ + limit_);
  mark_stack_ = reinterpret_cast<Object**>(base_ + limit_ + page_table);
  std::fill_n(unswept_, kClasses, kNoPage);
}

Heap::~Heap() {
  if (!base_) return;
  for (Object* object : finalizers_) object->shape->kind->finalize(object);
  cell_watch::show(base_, size_t{top_page_} * kPageSize);
  munmap(base_, reserved_);
}

// ---- allocation ----

Object* Heap::fail(Failure why, size_t bytes) {
  failure_ = why;
  failed_bytes_ = bytes;
  failures_++;
  return nullptr;
}

Object* Heap::allocate_slowly(const Shape* shape, size_t bytes) {
  if (gate_) {
    if (lock_depth_ > 0) return fail(Failure::Locked, bytes);
    if (fail_allocation_ && --fail_allocation_ == 0) return fail(Failure::Full, bytes);
    if (collect_every_ && ++stress_count_ % collect_every_ == 0) collect();
  }
  if (bytes > limit_) return fail(Failure::Full, bytes);
  host_refused_ = false;
  if (wants_collection(bytes)) collect();
  auto attempt = [&] { return bytes <= kMaxSmall ? try_small(shape, bytes) : try_large(shape, bytes); };
  Object* object = attempt();
  if (!object && automatic_) {
    collect();
    object = attempt();
  }
  return object ? object : fail(host_refused_ ? Failure::HostFull : Failure::Full, bytes);
}

bool Heap::wants_collection(size_t bytes) const {
  if (!automatic_) return false;
  size_t since = allocated_ - allocated_at_collection_ + bytes;
  return since >= (threshold_ == kOwnPolicy ? std::max(kMinimumBetweenCollections, live_) : threshold_);
}

Object* Heap::try_small(const Shape* shape, size_t bytes) {
  const int size_class = class_of(bytes);
  if (!free_[size_class] && !refill(size_class)) return nullptr;
  return hand_out(free_[size_class], size_class, shape, bytes);
}

Object* Heap::try_large(const Shape* shape, size_t bytes) {
  auto count = static_cast<uint32_t>(round_up(bytes, kPageSize) / kPageSize);
  uint32_t first = take_pages(count);
  if (first == kNoPage) return nullptr;
  pages_[first].use = Use::LargeHead;
  pages_[first].run = count;
  for (uint32_t i = 1; i < count; i++) {
    pages_[first + i].use = Use::LargeTail;
    pages_[first + i].run = i;
  }
  allocated_ += size_t{count} * kPageSize;
  auto* object = reinterpret_cast<Object*>(address(first));
  cell_watch::show(object, sizeof(Object));
  watch_new(object, size_t{count} * kPageSize, shape, bytes);
  object->shape = shape;
  return object;
}

/// Gives the class free cells: from a page that waits to be swept, else from a new page.
bool Heap::refill(int size_class) {
  while (sweep_next(size_class))
    if (free_[size_class]) return true;
  uint32_t page = take_pages(1);
  if (page == kNoPage) return false;
  pages_[page].use = Use::Small;
  pages_[page].size_class = static_cast<uint8_t>(size_class);
  std::memset(pages_[page].marks, 0, sizeof pages_[page].marks);
  cell_watch::show(address(page), kPageSize);
  for (size_t offset = 0; offset + kClassSize[size_class] <= kPageSize; offset += kClassSize[size_class])
    reinterpret_cast<Object*>(address(page) + offset)->shape = nullptr;
  thread_free_cells(page);
  return true;
}

/// The first run of `count` free pages, or kNoPage.
uint32_t Heap::take_pages(uint32_t count) {
  if (size_t{pages_used_ + count} * kPageSize + external_ > limit_) return kNoPage;
  uint32_t length = 0;
  bool lowest = true;  // whether no free page was passed over
  for (uint32_t page = search_from_; page < page_count_; page++) {
    if (page < top_page_ && pages_[page].use != Use::Free) {
      lowest = lowest && length == 0;
      length = 0;
      continue;
    }
    if (++length < count) continue;
    uint32_t first = page + 1 - count;
    if (!touch(first, count)) return kNoPage;
    if (lowest) search_from_ = page + 1;
    top_page_ = std::max(top_page_, page + 1);
    pages_used_ += count;
    return first;
  }
  return kNoPage;
}

/// Notes that pages are about to be touched; false: the host has no memory for them.
bool Heap::touch(uint32_t first, uint32_t count) {
  uint32_t fresh = 0;
  for (uint32_t i = first; i < first + count; i++) fresh += !pages_[i].touched;
  if (!cover(pages_touched_ + fresh, external_)) return false;
  for (uint32_t i = first; i < first + count; i++) pages_[i].touched = true;
  pages_touched_ += fresh;
  return true;
}

bool Heap::cover(size_t touched_pages, size_t external) {
  const bool is_covered = granted_.cover(touched_pages * kPageSize + external);
  host_refused_ |= !is_covered;
  return is_covered;
}

void Heap::give_pages(uint32_t first, uint32_t count) {
  for (uint32_t page = first; page < first + count; page++) {
    pages_[page].use = Use::Free;
    pages_[page].unswept = false;
  }
  cell_watch::hide(address(first), size_t{count} * kPageSize);
  pages_used_ -= count;
  search_from_ = std::min(search_from_, first);
}

/// Puts the free cells of a page in front of its class's list, lowest address first.
void Heap::thread_free_cells(uint32_t page) {
  size_t size = kClassSize[pages_[page].size_class];
  FreeCell*& list = free_[pages_[page].size_class];
  for (size_t offset = kPageSize / size * size; offset >= size; offset -= size) {
    auto* cell = reinterpret_cast<FreeCell*>(address(page) + offset - size);
    if (cell->shape) continue;
    watch_free(cell, size);
    cell->next = list;
    list = cell;
  }
}

// ---- the watch over cells ----

void Heap::watch_new(Object* cell, size_t cell_bytes, const Shape* shape, size_t bytes) {
  cell->shape = shape;
  watch_resized(cell, cell_bytes, bytes);
  cell_watch::fill(cell, bytes);
}

/// Of a cell of values all may be used, as all its words are traced; of any cell what a free one is made of.
void Heap::watch_resized(Object* cell, size_t cell_bytes, size_t bytes) {
  if constexpr (!cell_watch::kOn) return;
  const bool is_values = cell->shape == &value_storage_shape || cell->shape == &unfilled_storage_shape;
  bytes = is_values ? cell_bytes : std::max(bytes, sizeof(FreeCell));
  cell_watch::show(cell, bytes);
  cell_watch::hide(reinterpret_cast<char*>(cell) + bytes, cell_bytes - bytes);
}

/// What the heap itself reads of a free cell may be touched.
void Heap::watch_free(Object* cell, size_t cell_bytes) {
  cell_watch::hide(static_cast<FreeCell*>(cell) + 1, cell_bytes - sizeof(FreeCell));
}

bool Heap::resize_in_place(Object* object, size_t bytes) {
  if (bytes > limit_) return false;
  Page& page = pages_[page_of(object)];
  if (page.use == Use::Small) {
    if (bytes > kClassSize[page.size_class]) return false;
    watch_resized(object, kClassSize[page.size_class], bytes);
    return true;
  }
  auto count = static_cast<uint32_t>(round_up(std::max<size_t>(bytes, 1), kPageSize) / kPageSize);
  uint32_t first = page_of(object);
  if (count < page.run) {
    give_pages(first + count, page.run - count);
    allocated_at_collection_ += size_t{page.run - count} * kPageSize;
    page.run = count;
    watch_resized(object, size_t{count} * kPageSize, bytes);
    return true;
  }
  uint32_t more = count - page.run;
  if (more == 0) {
    watch_resized(object, size_t{count} * kPageSize, bytes);
    return true;
  }
  if (gate_ || first + count > page_count_ || size_t{pages_used_ + more} * kPageSize + external_ > limit_) return false;
  for (uint32_t i = first + page.run; i < first + count; i++)
    if (i < top_page_ && pages_[i].use != Use::Free) return false;
  if (!touch(first + page.run, more)) return false;
  for (uint32_t i = page.run; i < count; i++) {
    pages_[first + i].use = Use::LargeTail;
    pages_[first + i].run = i;
  }
  page.run = count;
  top_page_ = std::max(top_page_, first + count);
  pages_used_ += more;
  allocated_ += size_t{more} * kPageSize;
  watch_resized(object, size_t{count} * kPageSize, bytes);
  return true;
}

void Heap::free(Object* object) {
  uint32_t first = page_of(object);
  Page& page = pages_[first];
  allocated_at_collection_ += size_of(object);
  object->shape = nullptr;
  if (page.use == Use::LargeHead) {
    give_pages(first, page.run);
  } else if (!page.unswept) {
    auto* cell = static_cast<FreeCell*>(object);
    watch_free(cell, kClassSize[page.size_class]);
    cell->next = free_[page.size_class];
    free_[page.size_class] = cell;
  }
}

size_t Heap::size_of(const Object* object) const {
  const Page& page = pages_[page_of(object)];
  return page.use == Use::Small ? kClassSize[page.size_class] : size_t{page.run} * kPageSize;
}

// ---- marking ----

bool Heap::test_and_mark(const Object* object) {
  size_t offset = reinterpret_cast<const char*>(object) - base_;
  uint64_t& word = pages_[offset / kPageSize].marks[offset % kPageSize / (64 * kBlockSize)];
  uint64_t bit = uint64_t{1} << (offset / kBlockSize % 64);
  if (word & bit) return true;
  word |= bit;
  return false;
}

bool Heap::is_marked(const Object* object) const {
  if (!contains(object)) return true;
  size_t offset = reinterpret_cast<const char*>(object) - base_;
  return pages_[offset / kPageSize].marks[offset % kPageSize / (64 * kBlockSize)] >> (offset / kBlockSize % 64) & 1;
}

/// The live cell that a pointer points to or into, or null.
Object* Heap::find_cell(const void* pointer) const {
  if (!contains(pointer)) return nullptr;
  uint32_t page = page_of(pointer);
  if (page >= top_page_) return nullptr;
  const Page& p = pages_[page];
  size_t offset = 0;
  switch (p.use) {
    case Use::Free:
      return nullptr;
    case Use::LargeHead:
      break;
    case Use::LargeTail:
      page -= p.run;
      break;
    case Use::Small: {
      size_t size = kClassSize[p.size_class];
      offset = (reinterpret_cast<uintptr_t>(pointer) - reinterpret_cast<uintptr_t>(base_)) % kPageSize / size * size;
      if (offset + size > kPageSize) return nullptr;
    }
  }
  auto* object = reinterpret_cast<Object*>(address(page) + offset);
  return object->shape ? object : nullptr;
}

Object* Heap::cell_at(const void* address) const {
  Object* cell = find_cell(address);
  return cell && pages_[page_of(cell)].unswept && !is_marked(cell) ? nullptr : cell;
}

void Marker::mark(const Object* object) {
  if (heap_.contains(object) && !heap_.test_and_mark(object)) push(const_cast<Object*>(object));
}

void Marker::mark(const Value* values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    mark(values[i]);
    if (i % kStepsPerCheck == kStepsPerCheck - 1 && gives_up()) return;
  }
}

bool Marker::gives_up() { return given_up_ |= heap_.roots_.gives_up(); }

void Marker::push(Object* object) { *top_++ = object; }

__attribute__((no_sanitize("address"))) void Marker::scan(const void* low, const void* high) {
  size_t steps = 0;
  for (auto* word = static_cast<void* const*>(low); word < high; word++) {
    if (Object* object = heap_.find_cell(*word)) mark(object);
    if (++steps % kStepsPerCheck == 0 && gives_up()) return;
  }
}

size_t Marker::size_of(const Object* object) const { return heap_.size_of(object); }

void Marker::drain() {
  for (size_t steps = 0; top_ != heap_.mark_stack_; steps++) {
    if (steps % kStepsPerCheck == 0 && gives_up()) return;
    Object* object = *--top_;
    heap_.live_ += heap_.size_of(object);
    mark(object->shape);
    if (auto* trace = object->shape->kind->trace) trace(object, *this);
  }
}

// ---- collection ----

void Heap::collect() {
  int64_t begin = roots_.now_ns();
  if (!sweep_unless_given_up() || !mark_all()) return;
  collections_++;
  roots_.drop_dead(*this);
  run_finalizers();
  reclaim_pages();
  if constexpr (cell_watch::kOn) finish_sweep();  // so that what died is not touched any more
  allocated_at_collection_ = allocated_;
  collection_ns_ += roots_.now_ns() - begin;
}

/// Marks what can be reached, and sums up its size. False if that was given up.
bool Heap::mark_all() {
  peak_ = peak();
  clear_marks();
  const size_t live = std::exchange(live_, 0);
  Marker marker(*this);
  marker.top_ = mark_stack_;
  roots_.mark_roots(marker);
  marker.drain();
  if (marker.given_up_) live_ = live;
  return !marker.given_up_;
}

void Heap::clear_marks() {
  for (uint32_t page = 0; page < top_page_; page++) std::memset(pages_[page].marks, 0, sizeof pages_[page].marks);
}

void Heap::run_finalizers() {
  std::erase_if(finalizers_, [this](Object* object) {
    if (is_marked(object)) return false;
    object->shape->kind->finalize(object);
    return true;
  });
}

/// Frees the pages on which nothing is marked; the others wait to be swept.
void Heap::reclaim_pages() {
  std::fill_n(free_, kClasses, nullptr);
  std::fill_n(unswept_, kClasses, kNoPage);
  for (uint32_t page = top_page_; page-- > 0;) {
    Page& p = pages_[page];
    bool marked = p.marks[0] | p.marks[1] | p.marks[2] | p.marks[3];
    if (p.use == Use::LargeHead && !marked) give_pages(page, p.run);
    if (p.use != Use::Small) continue;
    if (!marked) {
      give_pages(page, 1);
      continue;
    }
    p.unswept = true;
    p.next = unswept_[p.size_class];
    unswept_[p.size_class] = page;
  }
}

void Heap::sweep(uint32_t page) {
  Page& p = pages_[page];
  p.unswept = false;
  size_t size = kClassSize[p.size_class];
  for (size_t offset = 0; offset + size <= kPageSize; offset += size) {
    size_t block = offset / kBlockSize;
    if (!(p.marks[block / 64] >> (block % 64) & 1)) reinterpret_cast<Object*>(address(page) + offset)->shape = nullptr;
  }
  thread_free_cells(page);
}

/// Sweeps one of the class's pages that wait for it; false if none does.
bool Heap::sweep_next(int size_class) {
  const uint32_t page = unswept_[size_class];
  if (page == kNoPage) return false;
  unswept_[size_class] = pages_[page].next;
  sweep(page);
  return true;
}

void Heap::finish_sweep() {
  for (int size_class = 0; size_class < kClasses; size_class++)
    while (sweep_next(size_class)) continue;
}

bool Heap::sweep_unless_given_up() {
  size_t steps = 0;
  for (int size_class = 0; size_class < kClasses; size_class++) do {
      if (steps++ % kPagesPerCheck == 0 && roots_.gives_up()) return false;
    } while (sweep_next(size_class));
  return true;
}

// ---- settings and figures ----

void Heap::set_lock_depth(int depth) {
  lock_depth_ = depth;
  gate_ = lock_depth_ > 0 || collect_every_ || fail_allocation_;
}

void Heap::set_stress(uint32_t collect_every, uint32_t fail_allocation) {
  collect_every_ = collect_every;
  fail_allocation_ = fail_allocation;
  set_lock_depth(lock_depth_);
}

bool Heap::charge(size_t bytes) {
  if (bytes > limit_ || size_t{pages_used_} * kPageSize + external_ + bytes > limit_) return false;
  if (!cover(pages_touched_, external_ + bytes)) return false;
  external_ += bytes;
  return true;
}

void Heap::discharge(size_t bytes) {
  external_ -= bytes;
  granted_.give_back_beyond(committed() + external_);
}

void Heap::trim() {
  for (uint32_t page = 0; page < top_page_;) {
    uint32_t end = page;
    while (end < top_page_ && pages_[end].use == Use::Free && pages_[end].touched) pages_[end++].touched = false;
    if (end > page) madvise(address(page), size_t{end - page} * kPageSize, MADV_DONTNEED);
    pages_touched_ -= end - page;
    page = std::max(end, page + 1);
  }
  granted_.give_back_beyond(committed() + external_);
  madvise(mark_stack_, reserved_ - (reinterpret_cast<char*>(mark_stack_) - base_), MADV_DONTNEED);
}

}  // namespace upy
