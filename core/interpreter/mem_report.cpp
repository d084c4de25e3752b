#include "interpreter/mem_report.h"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "interpreter/interpreter.h"
#include "objects/runtime/str.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

constexpr size_t kBlocksPerLine = 64;
constexpr size_t kLongestPiece = 4096;  ///< bytes of a text that is written piece by piece

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

/// What is done between two steps of a report, which may end it: a poll for a kill, which the host leaves to the
/// script.
using Poll = Result<void> (*)(Interpreter&);
bool is_kill_asked(const Interpreter& vm) { return vm.reasons.load(std::memory_order_relaxed) & kReasonKill; }
Result<void> poll_for_host(Interpreter& vm) { return is_kill_asked(vm) ? Result<void>(Failure{}) : Result<void>(); }
Result<void> poll_for_kill(Interpreter& vm) { return vm.poll_kill(); }

/// Calls visit(block), a Result<void>, for each block of the heap.
template <typename Visit>
Result<void> each_block(Interpreter& vm, Poll poll, Visit visit) {
  Result<void> outcome;
  vm.heap.walk([&](const HeapBlock& block) {
    outcome = visit(block);
    if (outcome) outcome = poll(vm);
    return static_cast<bool>(outcome);
  });
  return outcome;
}

/// Counts the allocations of the heap.
Result<void> take_census(Interpreter& vm, Poll poll, MemInfo& info) {
  return each_block(vm, poll, [&](const HeapBlock& block) -> Result<void> {
    if (!block.object) {
      info.largest_free = std::max(info.largest_free, block.size);
      return {};
    }
    const size_t blocks = block.size / Heap::kBlockSize;
    info.one_blocks += blocks == 1;
    info.two_blocks += blocks == 2;
    info.max_block = std::max(info.max_block, blocks);
    const size_t bar = bar_of(block.size);
    if (info.size_histogram.size() <= bar) info.size_histogram.resize(bar + 1);
    info.size_histogram[bar]++;
    return {};
  });
}

char letter_of(const HeapBlock& block) { return block.object ? block.object->shape->kind->letter : '.'; }

void fill_figures(const Interpreter& vm, MemInfo& info) {
  const Heap& heap = vm.heap;
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
}

std::string summary_of(const MemInfo& info) {
  std::string text;
  append(text, "mem: total=%zu, current=%zu, peak=%zu\n", info.allocated, info.heap_used, info.heap_peak);
  append(text, "stack: %zu out of %zu\n", info.stack_used, info.stack_limit);
  append(text, "GC: total: %zu, used: %zu, free: %zu\n", info.heap_total, info.heap_used, info.heap_free);
  append(text, " No. of 1-blocks: %zu, 2-blocks: %zu, max blk sz: %zu, max free sz: %zu\n", info.one_blocks,
         info.two_blocks, info.max_block, info.largest_free / Heap::kBlockSize);
  return text;
}

/// Draws the map of the heap into `text`, and calls flush(), a Result<void>, between two pieces of it.
template <typename Flush>
Result<void> draw_map(Interpreter& vm, Poll poll, std::string& text, Flush flush) {
  constexpr size_t kPiece = 64 * kBlocksPerLine;  // blocks of a long run that are drawn at once
  append(text, "GC memory layout; from %zx:", reinterpret_cast<size_t>(vm.heap.base()));
  HeapMap drawing(text);
  TRY(each_block(vm, poll, [&](const HeapBlock& block) -> Result<void> {
    const char head = letter_of(block), tail = block.object ? '=' : '.';
    const size_t blocks = block.size / Heap::kBlockSize;
    for (size_t at = 0; at < blocks; at += kPiece) {
      drawing.add(std::min(kPiece, blocks - at), at == 0 ? head : tail, tail);
      TRY(flush());
    }
    return {};
  }));
  drawing.finish();
  return flush();
}

std::string strings_summary_of(const QstrInfo& info) {
  std::string text;
  append(text, "qstr pool: n_pool=%zu, n_qstr=%zu, n_str_data_bytes=%zu, n_total_bytes=%zu\n", info.pools, info.count,
         info.data_bytes, info.total_bytes);
  return text;
}

QstrInfo count_strings(const Interpreter& vm) {
  const size_t bytes = vm.strings.text_bytes();
  return {
      .pools = 1, .count = vm.strings.count(), .data_bytes = bytes, .total_bytes = bytes + vm.strings.table_bytes()};
}

}  // namespace

std::optional<MemInfo> report_memory(const Interpreter& interpreter, Detail detail) {
  auto& vm = const_cast<Interpreter&>(interpreter);  // finishing a sweep is all that is changed
  MemInfo info;
  if (!vm.heap.sweep_unless_given_up() || !take_census(vm, poll_for_host, info)) return std::nullopt;
  fill_figures(vm, info);
  info.text = summary_of(info);
  if (detail == Detail::Summary) return info;
  const Result<void> mapped = each_block(vm, poll_for_host, [&](const HeapBlock& block) -> Result<void> {
    info.map_kinds += letter_of(block);
    info.map_blocks.push_back(static_cast<uint32_t>(block.size / Heap::kBlockSize));
    return {};
  });
  if (!mapped || !draw_map(vm, poll_for_host, info.text, [] { return Result<void>(); })) return std::nullopt;
  return info;
}

std::optional<QstrInfo> report_strings(const Interpreter& vm, Detail detail) {
  QstrInfo info = count_strings(vm);
  info.text = strings_summary_of(info);
  if (detail == Detail::Summary) return info;
  vm.strings.each([&](const Str* str) {
    info.strings.emplace_back(str->view());
    info.text += "Q(" + info.strings.back() + ")\n";
    return !is_kill_asked(vm);
  });
  if (is_kill_asked(vm)) return std::nullopt;
  return info;
}

Result<void> write_memory_report(Interpreter& vm, Detail detail, Writer& out) {
  if (!vm.heap.sweep_unless_given_up()) return vm.poll_kill();
  MemInfo info;
  TRY(take_census(vm, poll_for_kill, info));
  fill_figures(vm, info);
  TRY(out.write(vm, summary_of(info)));
  if (detail == Detail::Summary) return {};
  std::string text;
  return draw_map(vm, poll_for_kill, text, [&]() -> Result<void> {
    if (text.size() < kLongestPiece && !text.ends_with("\n")) return {};
    TRY(out.write(vm, text));
    text.clear();
    return {};
  });
}

Result<void> write_strings_report(Interpreter& vm, Detail detail, Writer& out) {
  TRY(out.write(vm, strings_summary_of(count_strings(vm))));
  Result<void> written;
  if (detail == Detail::Full)
    vm.strings.each([&](const Str* str) {
      std::string line = "Q(";
      written = out.write(vm, (line += str->view()) += ")\n");
      return static_cast<bool>(written);
    });
  return written;
}

}  // namespace upy
