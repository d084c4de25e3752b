#include "objects/runtime/bulk.h"

#include <iterator>

#include "objects/runtime/utf8.h"

namespace upy {

Result<void> move_bytes(Vm& vm, char* to, const char* from, size_t size) {
  if (to <= from) return in_slices(vm, size, [&](size_t at, size_t n) { std::memmove(to + at, from + at, n); });
  return in_slices(vm, size, [&](size_t at, size_t n) {  // from the end
    const size_t start = size - at - n;
    std::memmove(to + start, from + start, n);
  });
}

Result<void> fill_bytes(Vm& vm, char* to, char byte, size_t size) {
  return in_slices(vm, size, [&](size_t at, size_t n) { std::fill_n(to + at, n, byte); });
}

Result<bool> equal_bytes(Vm& vm, std::string_view a, std::string_view b) {
  return a.size() == b.size() && TRY(compare_bytes(vm, a, b)) == 0;
}

Result<int> compare_bytes(Vm& vm, std::string_view a, std::string_view b) {
  int order = 0;
  TRY(in_slices_while(vm, std::min(a.size(), b.size()), [&](size_t at, size_t n) {
    order = a.substr(at, n).compare(b.substr(at, n));
    return order == 0;
  }));
  if (order == 0 && a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return order;
}

Result<size_t> find_byte(Vm& vm, std::string_view text, char byte) {
  size_t found = text.size();
  TRY(in_slices_while(vm, text.size(), [&](size_t at, size_t n) {
    const size_t within = text.substr(at, n).find(byte);
    if (within == std::string_view::npos) return true;
    found = at + within;
    return false;
  }));
  return found;
}

Result<size_t> count_code_points(Vm& vm, std::string_view text) {
  size_t count = 0;
  TRY(in_slices(vm, text.size(), [&](size_t at, size_t n) { count += count_code_points(text.substr(at, n)); }));
  return count;
}

Result<bool> is_well_formed(Vm& vm, std::string_view text) {
  while (true) {
    size_t end = std::min(kSlice, text.size());
    const size_t farthest = std::min(end + kMaxSequence, text.size());
    while (end < farthest && is_continuation(text[end])) end++;  // no sequence is cut
    if (!is_well_formed(text.substr(0, end))) return false;
    text.remove_prefix(end);
    if (text.empty()) return true;
    TRY(vm.poll_kill());
  }
}

Result<size_t> offset_of(Vm& vm, std::string_view text, size_t length, size_t index) {
  if (length == text.size()) return index;
  size_t begin = 0;  // of `text` in the whole one
  while (text.size() > kSlice && index > length / 2) {
    const size_t rest = text.size() - kSlice, count = count_code_points(text.substr(rest));
    if (length - index <= count) return begin + rest + offset_of(text.substr(rest), count, count - (length - index));
    text.remove_suffix(kSlice);
    length -= count;
    TRY(vm.poll_kill());
  }
  while (text.size() > kSlice) {
    const size_t count = count_code_points(text.substr(0, kSlice));
    if (index < count) return begin + offset_of(text.substr(0, kSlice), count, index);
    text.remove_prefix(kSlice);
    begin += kSlice;
    length -= count;
    index -= count;
    TRY(vm.poll_kill());
  }
  return begin + offset_of(text, length, index);
}

Result<uint32_t> hash_bytes(Vm& vm, std::string_view text) {
  uint32_t hash = kHashStart;
  TRY(in_slices(vm, text.size(), [&](size_t at, size_t n) { hash = hash_more(hash, text.substr(at, n)); }));
  return hash ? hash : 1;
}

Result<void> reverse_values(Vm& vm, Value* values, size_t count) {
  constexpr size_t kAtOnce = kSlice / sizeof(Value) / 2;  // from either end
  for (size_t at = 0, half = count / 2; at < half; at += kAtOnce) {
    const size_t n = std::min(kAtOnce, half - at);
    std::swap_ranges(values + at, values + at + n, std::make_reverse_iterator(values + count - at));
    TRY(vm.poll_kill());
  }
  return {};
}

}  // namespace upy
