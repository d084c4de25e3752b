#include "interpreter/mem_report.h"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "objects/runtime/str.h"
#include "interpreter/interpreter.h"

namespace upy {

namespace {

constexpr size_t kBlocksPerLine = 64;

template <typename... Args>
void append(std::string& text, const char* format, Args... args) {
  char line[160];
  text.append(line, std::snprintf(line, sizeof line, format, args...));
}

/// Draws the heap map as MicroPython has it: a letter for each block, with two and more free lines folded.
class HeapMap {
 public:
  explicit HeapMap(std::string& text) : text_(text) {}

  void add(size_t blocks, char head, char tail) {
    for (size_t i = 0; i < blocks; i++) {
      line_ += i == 0 ? head : tail;
      if (line_.size() < kBlocksPerLine) continue;
      const bool is_free = line_.find_first_not_of('.') == std::string::npos;
      if (!is_free) {
        finish_line();
        continue;
      }
      const size_t whole = (blocks - i - 1) / kBlocksPerLine;  // lines of this run that need not be drawn
      free_lines_ += 1 + whole;
      offset_ += (1 + whole) * kBytesPerLine;
      i += whole * kBlocksPerLine;
      line_.clear();
    }
  }
  void finish() {
    if (!line_.empty()) finish_line();
    show_free_lines();
    text_ += '\n';
  }

 private:
  static constexpr size_t kBytesPerLine = kBlocksPerLine * Heap::kBlockSize;

  void finish_line() {
    show_free_lines();
    append(text_, "\n%08zx: ", offset_);
    text_ += line_;
    offset_ += kBytesPerLine;
    line_.clear();
  }
  void show_free_lines() {
    if (free_lines_ == 1) {
      append(text_, "\n%08zx: ", offset_ - kBytesPerLine);
      text_.append(kBlocksPerLine, '.');
    }
    if (free_lines_ > 1) append(text_, "\n       (%zu lines all free)", free_lines_);
    free_lines_ = 0;
  }

  std::string& text_;
  std::string line_;
  size_t offset_ = 0;
  size_t free_lines_ = 0;
};

/// Which bar of the histogram a cell belongs to: up to 16 << n bytes.
size_t bar_of(size_t size) { return std::bit_width((size - 1) / Heap::kBlockSize); }

/// Counts the allocations of the heap, and keeps its map if that is wanted.
void take_census(Heap& heap, Detail detail, MemInfo& info) {
  heap.walk([&](const HeapBlock& block) {
    const size_t blocks = block.size / Heap::kBlockSize;
    if (detail == Detail::Full) {
      info.map_kinds += block.object ? block.object->shape->kind->letter : '.';
      info.map_blocks.push_back(static_cast<uint32_t>(blocks));
    }
    if (!block.object) {
      info.largest_free = std::max(info.largest_free, block.size);
      return;
    }
    info.one_blocks += blocks == 1;
    info.two_blocks += blocks == 2;
    info.max_block = std::max(info.max_block, blocks);
    const size_t bar = bar_of(block.size);
    if (info.size_histogram.size() <= bar) info.size_histogram.resize(bar + 1);
    info.size_histogram[bar]++;
  });
}

void draw_map(const Heap& heap, MemInfo& info) {
  append(info.text, "GC memory layout; from %zx:", reinterpret_cast<size_t>(heap.base()));
  HeapMap drawing(info.text);
  for (size_t i = 0; i < info.map_kinds.size(); i++)
    drawing.add(info.map_blocks[i], info.map_kinds[i], info.map_kinds[i] == '.' ? '.' : '=');
  drawing.finish();
}

}  // namespace

MemInfo report_memory(const Interpreter& vm, Detail detail) {
  // Finishing a sweep is all that the census changes.
  Heap& heap = const_cast<Heap&>(vm.heap);
  MemInfo info;
  take_census(heap, detail, info);
  info.heap_total = heap.limit();
  info.heap_used = heap.used();
  info.heap_free = heap.available();
  info.heap_committed = heap.committed();
  info.heap_peak = heap.peak();
  info.allocated = heap.allocated();
  info.external = heap.external();
  info.collections = heap.collections();
  info.failures = heap.failures();
  info.collection_ns = heap.collection_ns();
  info.stack_used = vm.stacks_used();
  info.stack_limit = vm.stacks_limit();

  append(info.text, "mem: total=%zu, current=%zu, peak=%zu\n", info.allocated, info.heap_used, info.heap_peak);
  append(info.text, "stack: %zu out of %zu\n", info.stack_used, info.stack_limit);
  append(info.text, "GC: total: %zu, used: %zu, free: %zu\n", info.heap_total, info.heap_used, info.heap_free);
  append(info.text, " No. of 1-blocks: %zu, 2-blocks: %zu, max blk sz: %zu, max free sz: %zu\n", info.one_blocks,
         info.two_blocks, info.max_block, info.largest_free / Heap::kBlockSize);
  if (detail == Detail::Full) draw_map(heap, info);
  return info;
}

QstrInfo report_strings(const Interpreter& vm, Detail detail) {
  QstrInfo info{.pools = 1, .count = vm.strings.count(), .data_bytes = vm.strings.text_bytes()};
  info.total_bytes = info.data_bytes + vm.strings.table_bytes();
  append(info.text, "qstr pool: n_pool=%zu, n_qstr=%zu, n_str_data_bytes=%zu, n_total_bytes=%zu\n", info.pools,
         info.count, info.data_bytes, info.total_bytes);
  if (detail == Detail::Summary) return info;
  vm.strings.each([&](const Str* str) {
    info.strings.emplace_back(str->view());
    info.text += "Q(" + info.strings.back() + ")\n";
  });
  return info;
}

}  // namespace upy
