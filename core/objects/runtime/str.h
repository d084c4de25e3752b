#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "bytecode/utf8.h"
#include "objects/runtime/result.h"
#include "objects/runtime/type.h"

namespace upy {

extern const Type str_type;

/// What the hash of bytes begins with, before any of them, and how it goes on.
constexpr uint32_t kHashStart = 2166136261u;
constexpr uint32_t hash_more(uint32_t hash, std::string_view text) {
  for (char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return hash;
}

/// The hash of a string's bytes; never 0.
constexpr uint32_t hash_bytes(std::string_view text) {
  const uint32_t hash = hash_more(kHashStart, text);
  return hash ? hash : 1;
}

/// What count_code_points does at run time.
size_t count_code_points_by_words(std::string_view text);

/// The number of code points of a UTF-8 text.
constexpr size_t count_code_points(std::string_view text) {
  if (!std::is_constant_evaluated()) return count_code_points_by_words(text);
  size_t count = 0;
  for (char c : text) count += !is_continuation(c);
  return count;
}

/// An immutable string: well-formed UTF-8 (objects/runtime/utf8.h) with a null byte behind. At most kMaxSize bytes.
///
/// Interned strings are unique in their instance: equal ones have the same address. Names (of attributes, globals,
/// keywords, …) are always interned and compared by address. Predefined strings are interned, static and read-only.
struct Str : Object {
  uint32_t hash_;   ///< 0: not yet computed
  uint32_t size;    ///< in bytes
  uint32_t length;  ///< in code points; equal to size if all is ASCII
  bool interned;
  uint8_t reserved[3] = {};
  static constexpr size_t kMaxSize = UINT32_MAX - 32;  ///< bytes of the longest

  constexpr Str(const Shape* shape, uint32_t hash, uint32_t size, uint32_t length, bool interned)
      : Object{shape}, hash_(hash), size(size), length(length), interned(interned) {}

  const char* data() const { return reinterpret_cast<const char*>(this + 1); }
  char* data() { return reinterpret_cast<char*>(this + 1); }
  std::string_view view() const { return {data(), size}; }
  bool is_ascii() const { return size == length; }
  /// Static strings know theirs, so only cells of the heap are ever written to. For texts of any length: hash_of
  /// (objects/runtime/bulk.h).
  uint32_t hash() const { return hash_ ? hash_ : const_cast<Str*>(this)->hash_ = hash_bytes(view()); }

  /// A new string with undefined content of `size` bytes (the null byte is set); the caller fills it and sets `length`.
  static Result<Str*> make_raw(Vm& vm, size_t size);
  /// A string of that text, which must be well-formed UTF-8 (objects/runtime/utf8.h) and may lie in the heap. New, but
  /// for the empty string and those of one ASCII character, which are static: never write to the result.
  static Result<Str*> make(Vm& vm, std::string_view text);
};
static_assert(sizeof(Str) == 24);

/// Whether the two strings have the same text. For any length: objects/runtime/bulk.h.
inline bool equal(const Str* a, const Str* b) {
  if (a == b) return true;
  if (a->size != b->size || (a->interned && b->interned)) return false;
  return a->view() == b->view();
}

template <size_t N>
struct FixedText {
  char text[N];
  constexpr FixedText(const char (&literal)[N]) { std::copy_n(literal, N, text); }
  constexpr explicit FixedText(char c) requires(N == 2) : text{c, 0} {}
  constexpr std::string_view view() const { return {text, N - 1}; }
};

/// A predefined string.
template <size_t N>
struct StaticStr : Str {
  char text[N];
  constexpr StaticStr(const FixedText<N>& literal)
      : Str(&str_type.root, hash_bytes(literal.view()), N - 1, count_code_points(literal.view()), true) {
    std::copy_n(literal.text, N, text);
  }
};

template <FixedText text>
inline constexpr StaticStr<sizeof text.text> static_str{text};

/// The strings of one ASCII character, by its code. Like the predefined strings they are interned.
extern const std::array<const Str*, 128> ascii_strs;

constexpr std::string_view kPredefinedTexts[] = {
#define STR(text) text,
#include "defs/strings.def"
#undef STR
};

constexpr bool is_predefined(std::string_view text) {
  for (auto known : kPredefinedTexts)
    if (known == text) return true;
  return false;
}

/// "append"_n: the predefined string of that text.
template <FixedText text>
consteval const Str* operator""_n() {
  static_assert(is_predefined(text.view()), "add this string to core/defs/strings.def");
  return &static_str<text>;
}

}  // namespace upy
