#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>

#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Memory in bulk: single passes over bytes and values whose number a script decides, slice by slice, with a look for a
/// kill between slices (Vm::poll_kill). No Python runs meanwhile, so addresses stay valid. A kill may leave a change
/// half done.
namespace upy {

/// How many bytes are worked on between two looks: a tenth of a millisecond's work, even where all of them are touched
/// for the first time.
constexpr size_t kSlice = 128 << 10;

/// Calls step(at, length) for one slice after the other of `size` bytes.
template <typename Step>
Result<void> in_slices(Vm& vm, size_t size, Step step) {
  for (size_t at = 0; at < size;) {
    if (at > 0) TRY(vm.poll_kill());
    const size_t length = std::min(kSlice, size - at);
    step(at, length);
    at += length;
  }
  return {};
}

/// The same while step answers true.
template <typename Step>
Result<void> in_slices_while(Vm& vm, size_t size, Step step) {
  for (size_t at = 0; at < size;) {
    if (at > 0) TRY(vm.poll_kill());
    const size_t length = std::min(kSlice, size - at);
    if (!step(at, length)) return {};
    at += length;
  }
  return {};
}

// ---- bytes ----

/// Copies to memory that does not overlap.
inline Result<void> copy_bytes(Vm& vm, char* to, std::string_view from) {
  return in_slices(vm, from.size(), [&](size_t at, size_t n) { from.substr(at, n).copy(to + at, n); });
}
/// Copies to memory that may overlap.
Result<void> move_bytes(Vm& vm, char* to, const char* from, size_t size);
Result<void> fill_bytes(Vm& vm, char* to, char byte, size_t size);
Result<bool> equal_bytes(Vm& vm, std::string_view a, std::string_view b);
/// Negative, 0 or positive as `a` comes before, equals or comes after `b`.
Result<int> compare_bytes(Vm& vm, std::string_view a, std::string_view b);
/// Where the first of these bytes stands; the size of `text` if none does.
Result<size_t> find_byte(Vm& vm, std::string_view text, char byte);

/// How many bytes from the front of `text` on satisfy `is`.
template <typename Is>
Result<size_t> count_while(Vm& vm, std::string_view text, Is is) {
  size_t count = 0;
  TRY(in_slices_while(vm, text.size(), [&](size_t at, size_t n) {
    const auto slice = text.substr(at, n);
    const size_t good = std::find_if_not(slice.begin(), slice.end(), is) - slice.begin();
    count += good;
    return good == n;
  }));
  return count;
}

// ---- text ----

/// The number of code points of a text; whether it is well-formed UTF-8 (objects/runtime/utf8.h); its hash.
Result<size_t> count_code_points(Vm& vm, std::string_view text);
Result<bool> is_well_formed(Vm& vm, std::string_view text);
/// As offset_of in objects/runtime/utf8.h.
Result<size_t> offset_of(Vm& vm, std::string_view text, size_t length, size_t index);
Result<uint32_t> hash_bytes(Vm& vm, std::string_view text);
/// str->hash() of a string of any length.
inline Result<uint32_t> hash_of(Vm& vm, const Str* str) {
  if (!str->hash_ && str->size > kSlice) [[unlikely]]
    const_cast<Str*>(str)->hash_ = TRY(hash_bytes(vm, str->view()));
  return str->hash();
}
/// Whether two strings of any length have the same text.
inline Result<bool> equal(Vm& vm, const Str* a, const Str* b) {
  if (a->size != b->size || a->size <= kSlice) [[likely]]
    return equal(a, b);
  return equal_bytes(vm, a->view(), b->view());
}

// ---- values ----

/// As those of bytes.
inline Result<void> copy_values(Vm& vm, Value* to, const Value* from, size_t count) {
  return copy_bytes(vm, reinterpret_cast<char*>(to), {reinterpret_cast<const char*>(from), count * sizeof(Value)});
}
inline Result<void> move_values(Vm& vm, Value* to, const Value* from, size_t count) {
  return move_bytes(vm, reinterpret_cast<char*>(to), reinterpret_cast<const char*>(from), count * sizeof(Value));
}
inline Result<void> fill_values(Vm& vm, Value* to, Value value, size_t count) {
  return in_slices(vm, count * sizeof(Value),
                   [&](size_t at, size_t n) { std::fill_n(to + at / sizeof(Value), n / sizeof(Value), value); });
}
/// Turns their order round.
Result<void> reverse_values(Vm& vm, Value* values, size_t count);

}  // namespace upy
