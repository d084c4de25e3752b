#include "objects/runtime/writer.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <utility>

#include "objects/runtime/bulk.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/strings/bytes.h"

namespace upy {

Result<void> Writer::write_int(Vm& vm, int64_t n) {
  char text[24];
  return write(vm, {text, std::to_chars(text, text + sizeof text, n).ptr});
}

Result<void> Writer::write_hex(Vm& vm, uint64_t n) {
  char text[24];
  return write(vm, {text, std::to_chars(text, text + sizeof text, n, 16).ptr});
}

Result<void> StrBuilder::reserve(Vm& vm, size_t bytes) {
  if (bytes <= capacity_ - size_) [[likely]]
    return {};
  size_t wanted;
  if (__builtin_add_overflow(size_, bytes, &wanted) || wanted > Str::kMaxSize) return vm.too_large(bytes);
  const size_t roomy = std::min(std::max(wanted, capacity_ + capacity_ / 2), Str::kMaxSize);
  if (cell_ && vm.heap.lock_depth() == 0 && vm.heap.resize_in_place(cell_, sizeof(Str) + roomy + 1)) {
    capacity_ = roomy;
    return {};
  }
  Str* cell = TRY(Str::make_raw(vm, roomy));
  cell->length = 0;
  TRY(copy_bytes(vm, cell->data(), view()));
  if (cell_) vm.heap.free(cell_);
  cell_ = cell;
  data_ = cell->data();
  capacity_ = roomy;
  return {};
}

Result<char*> StrBuilder::extend(Vm& vm, size_t bytes) {
  TRY(reserve(vm, bytes));
  return data_ + size_;
}

Result<void> StrBuilder::write(Vm& vm, std::string_view text) {
  TRY(reserve(vm, text.size()));
  TRY(copy_bytes(vm, data_ + size_, text));
  size_ += text.size();
  return {};
}

/// The cell, cut to the text, if the text is so long that copying it would cost more than the cell's slack; else null.
Str* StrBuilder::take_cell(Vm& vm) {
  if (!cell_ || size_ <= Heap::kMaxSmall) return nullptr;
  Str* const cell = cell_;
  cell->size = static_cast<uint32_t>(size_);
  cell->data()[size_] = 0;
  vm.heap.resize_in_place(cell, sizeof(Str) + size_ + 1);
  cell_ = nullptr;
  data_ = own_;
  size_ = 0;
  capacity_ = sizeof own_;
  return cell;
}

Result<Str*> StrBuilder::to_str(Vm& vm) {
  Str* const cell = take_cell(vm);
  if (!cell) return Str::make(vm, {data_, std::exchange(size_, 0)});
  assert(is_well_formed(cell->view()));
  cell->length = static_cast<uint32_t>(TRY(count_code_points(vm, cell->view())));
  return cell;
}

Result<Value> StrBuilder::to_bytes(Vm& vm) {
  Str* const cell = take_cell(vm);
  if (!cell) return TRY(Bytes::make(vm, {data_, std::exchange(size_, 0)}));
  return TRY(Bytes::make_from(vm, cell));
}

Result<void> ConsoleWriter::write(Vm& vm, std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(kSlice, text.size()))) {
    TRY(vm.poll_kill());
    vm.ports.console.write(stream_, text.substr(0, kSlice));
  }
  return {};
}

Result<void> TwoWriters::write(Vm& vm, std::string_view text) {
  TRY(first_.write(vm, text));
  return second_ ? second_->write(vm, text) : Result<void>();
}

/// No code point is cut.
Result<void> HostWriter::write(Vm& vm, std::string_view text) {
  size_t fits = end_.empty() ? std::min(text.size(), kKept - beginning_.size()) : 0;
  while (fits > 0 && fits < text.size() && is_continuation(text[fits])) --fits;
  beginning_ += text.substr(0, fits);
  text.remove_prefix(fits);
  return in_slices(vm, text.size(), [&](size_t at, size_t n) {
    end_ += text.substr(at, n);
    if (end_.size() <= 2 * kKept) return;
    size_t cut = end_.size() - kKept;
    while (cut > 0 && is_continuation(end_[cut])) --cut;
    end_.erase(0, cut);
    left_out_ += cut;
  });
}

std::string HostWriter::text() const {
  if (left_out_ == 0 && end_.size() <= kKept) return beginning_ + end_;
  size_t begin = end_.size() - kKept;
  while (begin > 0 && is_continuation(end_[begin])) --begin;
  return beginning_ + "\n[" + std::to_string(left_out_ + begin) + " bytes are left out]\n" + end_.substr(begin);
}

Result<void> warn(Vm& vm, std::string_view text) {
  ConsoleWriter out(Console::Stream::Err);
  TRY(out.write(vm, "Warning: "));
  TRY(out.write(vm, text));
  return out.write(vm, "\n");
}

}  // namespace upy
