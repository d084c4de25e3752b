#include "vm/mem_report.h"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "objects/str.h"
#include "vm/interpreter.h"

namespace upy {

namespace {

constexpr size_t kBlocksPerLine = 64;

template <typename... Args>
void append(std::string& text, const char* format, Args... args) {
  char line[160];
  text.append(line, std::snprintf(line, sizeof line, format, args...));
}

/// Draws the heap map: a letter for each block, as MicroPython has it, with runs of free lines folded.
class HeapMap {
 public:
  explicit HeapMap(std::string& text) : text_(text) {}

  void add(size_t blocks, char head, char tail) {
    for (size_t i = 0; i < blocks; i++) {
      line_ += i == 0 ? head : tail;
      if (line_.size() < kBlocksPerLine) continue;
      bool free = line_.find_first_not_of('.') == std::string::npos;
      if (free) {
        size_t whole = (blocks - i - 1) / kBlocksPerLine;  // lines of this run that need not be drawn
        free_lines_ += 1 + whole;
        i += whole * kBlocksPerLine;
        offset_ += whole * kBlocksPerLine * Heap::kBlockSize;
        offset_ += kBlocksPerLine * Heap::kBlockSize;
        line_.clear();
      } else {
        finish_line();
      }
    }
  }
  void finish() {
    if (!line_.empty()) finish_line();
    show_free_lines();
    text_ += '\n';
  }

 private:
  void finish_line() {
    show_free_lines();
    append(text_, "\n%08zx: ", offset_);
    text_ += line_;
    offset_ += kBlocksPerLine * Heap::kBlockSize;
    line_.clear();
  }
  void show_free_lines() {
    if (free_lines_ == 1) append(text_, "\n%08zx: %s", offset_ - kBlocksPerLine * Heap::kBlockSize, std::string(kBlocksPerLine, '.').c_str());
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

}  // namespace

MemInfo report_memory(const Interpreter& vm, Detail detail) {
  // Finishing a sweep is all that the walk changes.
  Heap& heap = const_cast<Heap&>(vm.heap);
  MemInfo info;
  std::string map;
  HeapMap drawing(map);
  heap.walk([&](const HeapBlock& block) {
    size_t blocks = block.size / Heap::kBlockSize;
    if (detail == Detail::Full) {
      if (block.object) drawing.add(blocks, block.object->shape->kind->letter, '=');
      else drawing.add(blocks, '.', '.');
    }
    if (!block.object) {
      info.largest_free = std::max(info.largest_free, block.size);
      return;
    }
    info.one_blocks += blocks == 1;
    info.two_blocks += blocks == 2;
    info.max_block = std::max(info.max_block, blocks);
    size_t bar = bar_of(block.size);
    if (info.size_histogram.size() <= bar) info.size_histogram.resize(bar + 1);
    info.size_histogram[bar]++;
  });
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
  info.stack_used = vm.stack_used();
  info.stack_limit = vm.stack_limit();
  info.interned = vm.strings.count();
  info.interned_bytes = vm.strings.text_bytes();

  append(info.text, "mem: total=%zu, current=%zu, peak=%zu\n", info.allocated, info.heap_used, info.heap_peak);
  append(info.text, "stack: %zu out of %zu\n", info.stack_used, info.stack_limit);
  append(info.text, "GC: total: %zu, used: %zu, free: %zu\n", info.heap_total, info.heap_used, info.heap_free);
  append(info.text, " No. of 1-blocks: %zu, 2-blocks: %zu, max blk sz: %zu, max free sz: %zu\n", info.one_blocks,
         info.two_blocks, info.max_block, info.largest_free / Heap::kBlockSize);
  if (detail == Detail::Full) {
    append(info.text, "GC memory layout; from %zx:", reinterpret_cast<size_t>(heap.base()));
    drawing.finish();
    info.text += map;
  }
  return info;
}

std::string report_strings(const Interpreter& vm, Detail detail) {
  std::string text;
  append(text, "qstr pool: n_pool=1, n_qstr=%zu, n_str_data_bytes=%zu, n_total_bytes=%zu\n", vm.strings.count(),
         vm.strings.text_bytes(), vm.strings.text_bytes() + vm.strings.table_bytes());
  if (detail == Detail::Full) {
    vm.strings.each([&](const Str* str) {
      text += "Q(";
      text += str->view();
      text += ")\n";
    });
  }
  return text;
}

}  // namespace upy
