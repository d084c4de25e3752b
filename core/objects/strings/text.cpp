#include "objects/strings/text.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"

namespace upy {
namespace {

Str* as_str(Value value) { return static_cast<Str*>(value.as_object()); }

}  // namespace

bool Text::is_text(Value value) {
  value = native_of(value);
  return is_exactly(value, str_type) || is_exactly(value, bytes_type) || is_exactly(value, bytearray_type);
}

size_t Text::length() const { return is_str() ? as_str(self_)->length : view().size(); }

Result<size_t> Text::item_at(Vm& vm, size_t offset) const {
  return is_str() && !as_str(self_)->is_ascii() ? count_code_points(vm, view().substr(0, offset))
                                                : Result<size_t>(offset);
}

Result<size_t> Text::offset_of(Vm& vm, size_t item) const {
  return is_str() ? upy::offset_of(vm, view(), as_str(self_)->length, item) : Result<size_t>(item);
}

Result<size_t> Text::clamped_offset(Vm& vm, Value index, size_t none) const {
  if (!index || index.is_none()) return none;
  if (!is_int(index))
    return vm.raise(Error::bad_index_type, {is_str() ? ErrorArg("string") : type_of(self_), type_of(index)});
  const auto items = static_cast<int64_t>(length());
  int64_t item = TRY(to_int64(vm, index));
  if (item < 0) item += items;
  return offset_of(vm, static_cast<size_t>(std::clamp<int64_t>(item, 0, items)));
}

Result<std::string_view> Text::argument(Vm& vm, Value value) const {
  const Value native = native_of(value);
  if (is_text(native)) {
    const Text other(native);
    if (other.is_str() == is_str()) return other.view();
  }
  const bool is_a_str = is_exactly(native, str_type);
  return vm.raise(Error::cant_convert_implicitly, {type_of(value), is_a_str ? "bytes" : "str"});
}

Result<Value> Text::make(Vm& vm, std::string_view content) const {
  switch (kind_) {
    case Kind::Str:
      return TRY(Str::make(vm, content));
    case Kind::Bytes:
      return TRY(Bytes::make(vm, content));
    case Kind::ByteArray:
      break;
  }
  return TRY(Array::make_bytearray(vm, content));
}

Result<NewText> Text::make_raw(Vm& vm, size_t size) const {
  switch (kind_) {
    case Kind::Str: {
      Str* str = TRY(Str::make_raw(vm, size));
      return NewText{str, str->data()};
    }
    case Kind::Bytes: {
      Bytes* bytes = TRY(Bytes::make_raw(vm, size));
      return NewText{bytes, bytes->data()};
    }
    case Kind::ByteArray:
      break;
  }
  Array* array = TRY(Array::make_raw(vm, bytearray_type, 'B', size));
  return NewText{array, array->data()};
}

Result<Value> Text::finish(Vm& vm, const NewText& text) const {
  return is_str() ? finish(text, TRY(count_code_points(vm, as_str(text.value)->view()))) : text.value;
}

Result<Value> Text::make_from(Vm& vm, StrBuilder& builder) const {
  if (is_str()) return TRY(builder.to_str(vm));
  return kind_ == Kind::Bytes ? builder.to_bytes(vm) : make(vm, builder.view());
}

Result<Value> Text::unchanged(Vm& vm) const {
  if (kind_ == Kind::ByteArray) return make(vm, view());
  return self_;
}

Result<Value> Text::part(Vm& vm, std::string_view all, size_t begin, size_t end) const {
  if (begin == 0 && end == all.size()) return unchanged(vm);
  return make(vm, all.substr(begin, end - begin));
}

Failure TextFiller::changed(Vm& vm) { return vm.raise(Error::text_changed); }

namespace {

/// Where the greatest suffix of a text begins, by the order of bytes or, if `reversed`, the opposite one; and the
/// period of that suffix.
struct Suffix {
  size_t begin = 0, period = 1;
};
Result<Suffix> greatest_suffix(Vm& vm, std::string_view text, bool reversed) {
  Suffix greatest;
  for (size_t candidate = 1, same = 0; candidate + same < text.size();) {
    const auto a = static_cast<uint8_t>(text[greatest.begin + same]), b = static_cast<uint8_t>(text[candidate + same]);
    if (a == b) {
      if (++same == greatest.period) candidate += std::exchange(same, 0);
    } else if ((a > b) != reversed) {
      candidate += same + 1;
      same = 0;
      greatest.period = candidate - greatest.begin;
    } else {
      greatest = {candidate++, 1};
      same = 0;
    }
    TRY(vm.poll());
  }
  return greatest;
}

/// As find_first, byte by byte: the two-way algorithm (Crochemore and Perrin: Two-way string-matching), which takes
/// linear time and no memory, and looks up meanwhile, as memmem does not.
Result<size_t> find_long(Vm& vm, std::string_view haystack, std::string_view needle) {
  const Suffix by_order = TRY(greatest_suffix(vm, needle, false)), by_other = TRY(greatest_suffix(vm, needle, true));
  const Suffix right = by_order.begin >= by_other.begin ? by_order : by_other;
  const size_t middle = right.begin, size = needle.size();
  const bool periodic = TRY(equal_bytes(vm, needle.substr(0, middle), needle.substr(right.period, middle)));
  const size_t shift = periodic ? right.period : std::max(middle, size - middle + 1);
  size_t known = 0;  // bytes of the needle's front that are known to match
  for (size_t at = 0; at + size <= haystack.size();) {
    size_t i = std::max(middle, known);
    for (; i < size && needle[i] == haystack[at + i]; i++) TRY(vm.poll());
    if (i < size) {
      at += i - middle + 1;
      known = 0;
    } else {
      for (i = middle; i > known && needle[i - 1] == haystack[at + i - 1]; i--) TRY(vm.poll());
      if (i <= known) return at;
      at += shift;
      known = periodic ? size - shift : 0;
    }
    TRY(vm.poll());
  }
  return std::string_view::npos;
}

}  // namespace

Result<size_t> find_first(Vm& vm, std::string_view haystack, std::string_view needle) {
  if (needle.empty()) return size_t{0};
  if (needle.size() > kSlice) return find_long(vm, haystack, needle);
  for (size_t from = 0; haystack.size() - from >= needle.size(); from += kSlice) {
    const size_t window = std::min(haystack.size() - from, kSlice + needle.size() - 1);
    if (const void* found = memmem(haystack.data() + from, window, needle.data(), needle.size()))
      return static_cast<size_t>(static_cast<const char*>(found) - haystack.data());
    if (haystack.size() - from <= kSlice) break;
    TRY(vm.poll());
  }
  return std::string_view::npos;
}

Result<size_t> find_last(Vm& vm, std::string_view haystack, std::string_view needle) {
  if (needle.empty()) return haystack.size();
  if (needle.size() > haystack.size()) return std::string_view::npos;
  for (size_t candidates = haystack.size() - needle.size() + 1; candidates > 0;) {
    TRY(vm.poll());
    const size_t slice = std::min(kSlice, candidates);
    candidates -= slice;
    const void* found = memrchr(haystack.data() + candidates, needle[0], slice);
    if (!found) continue;
    candidates = static_cast<size_t>(static_cast<const char*>(found) - haystack.data());
    if (TRY(equal_bytes(vm, haystack.substr(candidates, needle.size()), needle))) return candidates;
  }
  return std::string_view::npos;
}

Result<void> fill_repeated(Vm& vm, char* out, std::string_view unit, size_t count) {
  const size_t total = unit.size() * count;
  size_t done = std::min(unit.size(), total);
  TRY(copy_bytes(vm, out, unit.substr(0, done)));
  while (done < total) {
    // What is there already is doubled, in pieces of whole units.
    size_t piece = std::min(done, total - done);
    if (piece > kSlice && unit.size() <= kSlice) piece = kSlice / unit.size() * unit.size();
    TRY(copy_bytes(vm, out + done, {out, piece}));
    done += piece;
    TRY(vm.poll_kill());
  }
  return {};
}

namespace {

Result<char> quote_for(Vm& vm, std::string_view text) {
  const bool has_single = TRY(find_byte(vm, text, '\'')) < text.size();
  return has_single && TRY(find_byte(vm, text, '"')) == text.size() ? '"' : '\'';
}

/// The escape of an ASCII character, written to `out`; its length, 0 if it stands for itself.
size_t escape_ascii(char c, char quote, char* out) {
  out[0] = '\\';
  if (c == quote || c == '\\') {
    out[1] = c;
    return 2;
  }
  if (c >= ' ' && c < 0x7f) return 0;
  if (c == '\n' || c == '\r' || c == '\t') {
    out[1] = c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
    return 2;
  }
  out[1] = 'x';
  out[2] = kHexDigits[static_cast<uint8_t>(c) >> 4];
  out[3] = kHexDigits[c & 15];
  return 4;
}

constexpr size_t kMaxEscape = 12;  ///< with the null byte of snprintf

/// Writes `text` in quotes. `escape(at, out, length)` looks at what begins at offset `at`: it sets `length` to its
/// bytes and answers the length of its escape in `out`, 0 if it stands for itself. Callbacks may change the bytes of a
/// bytearray, but not between the look at a byte and its writing.
template <typename Escape>
Result<void> write_quoted(Vm& vm, Writer& out, std::string_view text, char quote, Escape escape) {
  TRY(out.write(vm, {&quote, 1}));
  size_t plain = 0;  // from here to `at` all stands for itself
  size_t length = 1;
  for (size_t at = 0; at < text.size(); at += length) {
    char escaped[kMaxEscape];
    const size_t size = escape(at, escaped, length);
    if (size == 0 && at - plain < kSlice) {
      TRY(vm.poll_kill());
      continue;
    }
    TRY(out.write(vm, text.substr(plain, at - plain)));
    if (size) TRY(out.write(vm, {escaped, size}));
    plain = size ? at + length : at;
    TRY(vm.poll());
  }
  TRY(out.write(vm, text.substr(plain)));
  return out.write(vm, {&quote, 1});
}

}  // namespace

Result<void> write_quoted_str(Vm& vm, Writer& out, std::string_view text) {
  const char quote = TRY(quote_for(vm, text));
  return write_quoted(vm, out, text, quote, [&](size_t at, char* escaped, size_t& length) -> size_t {
    length = sequence_length(text[at]);
    if (length == 1) return escape_ascii(text[at], quote, escaped);
    const uint32_t code_point = decode_utf8(&text[at]);
    if (is_surrogate(code_point)) return static_cast<size_t>(snprintf(escaped, kMaxEscape, "\\u%04x", code_point));
    if (code_point <= kMaxCodePoint) return 0;
    return static_cast<size_t>(snprintf(escaped, kMaxEscape, "\\U%08x", code_point));
  });
}

Result<void> write_quoted_bytes(Vm& vm, Writer& out, std::string_view bytes) {
  const char quote = TRY(quote_for(vm, bytes));
  return write_quoted(vm, out, bytes, quote,
                      [&](size_t at, char* escaped, size_t&) { return escape_ascii(bytes[at], quote, escaped); });
}

}  // namespace upy
