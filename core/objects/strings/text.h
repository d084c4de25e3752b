#pragma once

#include <string_view>

#include "objects/containers/slice.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"

/// What str, bytes and bytearray share. Their methods are written once, over Text: self seen as bytes, with items that
/// are code points for str and bytes for the others.
namespace upy {

/// A new str, bytes or bytearray whose bytes are still to be filled in.
struct NewText {
  Value value;
  char* data;
};

/// Self of a method that str, bytes and bytearray share. Lives on the native stack only.
class Text {
 public:
  enum class Kind : uint8_t { Str, Bytes, ByteArray };

  /// `self` must be exactly a str, a bytes or a bytearray.
  explicit Text(Value self) : self_(self), kind_(kind_of(self)) {}
  /// Whether `value`, or the native part of an instance, is one of the three.
  static bool is_text(Value value);

  Value self() const { return self_; }
  Kind kind() const { return kind_; }
  bool is_str() const { return kind_ == Kind::Str; }
  /// Its bytes now. Those of a bytearray stay readable, but may be out of date, once Python code has run.
  std::string_view view() const {
    if (kind_ == Kind::Str) return static_cast<Str*>(self_.as_object())->view();
    if (kind_ == Kind::Bytes) return static_cast<Bytes*>(self_.as_object())->view();
    return array_of(self_)->view();
  }

  /// Number of items; the item at a byte offset; the byte offset of an item.
  size_t length() const;
  Result<size_t> item_at(Vm& vm, size_t offset) const;
  Result<size_t> offset_of(Vm& vm, size_t item) const;
  /// The byte offset for an index argument of a slice or search, clamped to the text; `none` for None and the null
  /// Value.
  Result<size_t> clamped_offset(Vm& vm, Value index, size_t none) const;

  /// The bytes of an argument that must be of the same kind (bytes and bytearrays are); TypeError.
  Result<std::string_view> argument(Vm& vm, Value value) const;

  /// Another text of the same kind, of that content, which may lie in the heap.
  Result<Value> make(Vm& vm, std::string_view content) const;
  /// The same of `size` bytes to be filled in and handed to `finish`. MemoryError for any size that cannot be had.
  Result<NewText> make_raw(Vm& vm, size_t size) const;
  Result<Value> finish(Vm& vm, const NewText& text) const;
  /// The same where the number of items is known.
  Value finish(const NewText& text, size_t length) const {
    if (is_str()) static_cast<Str*>(text.value.as_object())->length = static_cast<uint32_t>(length);
    return text.value;
  }
  /// The same of what a builder has collected.
  Result<Value> make_from(Vm& vm, StrBuilder& builder) const;
  /// Self, or a copy if it is mutable.
  Result<Value> unchanged(Vm& vm) const;
  /// The bytes from `begin` to `end` of `all`, which was this text's view; as `unchanged` if that is all of them.
  Result<Value> part(Vm& vm, std::string_view all, size_t begin, size_t end) const;

 private:
  static Kind kind_of(Value self) {
    if (is_exactly(self, str_type)) return Kind::Str;
    return is_exactly(self, bytes_type) ? Kind::Bytes : Kind::ByteArray;
  }

  Value self_;
  Kind kind_;
};

/// Fills a new text piece by piece. The pieces were measured before; if a callback has changed what they come from
/// since, they do not fit any more: RuntimeError.
class TextFiller {
 public:
  TextFiller(const NewText& text, size_t size) : out_(text.data), left_(size) {}
  Result<void> put(Vm& vm, std::string_view piece) {
    if (piece.size() > left_) [[unlikely]]
      return changed(vm);
    TRY(copy_bytes(vm, out_, piece));
    out_ += piece.size();
    left_ -= piece.size();
    return {};
  }
  /// Checks that all is filled.
  Result<void> finish(Vm& vm) { return left_ ? changed(vm) : Result<void>(); }

 private:
  static Failure changed(Vm& vm);

  char* out_;
  size_t left_;
};

/// Where `needle` first (last) occurs in `haystack`; npos if nowhere. Polls in long texts.
Result<size_t> find_first(Vm& vm, std::string_view haystack, std::string_view needle);
Result<size_t> find_last(Vm& vm, std::string_view haystack, std::string_view needle);

/// Writes `unit` `count` times in a row to `out`. Polls.
Result<void> fill_repeated(Vm& vm, char* out, std::string_view unit, size_t count);

/// Writes a text in quotes with escapes, as repr does: control characters, quotes, and what is no character in a str,
/// or all bytes from 0x80 in others.
Result<void> write_quoted_str(Vm& vm, Writer& out, std::string_view text);
Result<void> write_quoted_bytes(Vm& vm, Writer& out, std::string_view bytes);

// ---- characters: like MicroPython's, these know ASCII only ----
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
inline constexpr char kHexDigits[] = "0123456789abcdef";
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
/// The value of a hexadecimal digit, -1 if it is none.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace upy
