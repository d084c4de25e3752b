#include "objects/runtime/utf8.h"

#include <cstring>

#include "objects/runtime/str.h"

namespace upy {

namespace {

/// Texts are gone through by words of 8 bytes.
constexpr size_t kWord = sizeof(uint64_t);

uint64_t word_at(std::string_view text, size_t at) {
  uint64_t word;
  std::memcpy(&word, text.data() + at, kWord);
  return word;
}

/// How many bytes of a word are no continuation bytes.
size_t leads_in(uint64_t word) {
  constexpr uint64_t kLowBits = 0x0101010101010101;
  const uint64_t continuations = word >> 7 & ~(word >> 6) & kLowBits;
  return kWord - (continuations * kLowBits >> 56);  // the product's top byte is the sum of all bytes
}

}  // namespace

size_t ascii_prefix(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t at = 0;
  while (at + kWord <= text.size() && !(word_at(text, at) & kHighBits)) at += kWord;
  while (at < text.size() && !(text[at] & 0x80)) at++;
  return at;
}

bool is_well_formed(std::string_view text) {
  for (size_t at = ascii_prefix(text); at < text.size(); at += ascii_prefix(text.substr(at))) {
    const auto lead = static_cast<uint8_t>(text[at]);
    const size_t end = at + sequence_length(text[at]);
    if (lead < 0xc0 || lead > 0xf7 || end > text.size()) return false;
    for (at++; at < end; at++)
      if (!is_continuation(text[at])) return false;
  }
  return true;
}

uint32_t decode_utf8(const char* text) {
  const size_t length = sequence_length(*text);
  if (length == 1) return static_cast<uint8_t>(*text);
  uint32_t code_point = static_cast<uint8_t>(*text) & (0x7fu >> length);
  for (size_t i = 1; i < length; i++) code_point = code_point << 6 | (static_cast<uint8_t>(text[i]) & 0x3f);
  return code_point;
}

size_t encode_utf8(uint32_t code_point, char* out) {
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  const size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--) {
    out[i] = static_cast<char>(0x80 | (code_point & 0x3f));
    code_point >>= 6;
  }
  out[0] = static_cast<char>((0xf00u >> length & 0xff) | code_point);
  return length;
}

namespace {

/// Where the code point begins that has `index` others between it and `at`, which may lie within one before them.
size_t step_forward(std::string_view text, size_t at, size_t index) {
  for (; at < text.size(); at++)
    if (!is_continuation(text[at]) && index-- == 0) break;
  return at;
}

size_t offset_from_start(std::string_view text, size_t index) {
  size_t at = 0;
  for (; index >= kWord && at + kWord <= text.size(); at += kWord) index -= leads_in(word_at(text, at));
  return step_forward(text, at, index);
}

/// Where the last `count` code points begin.
size_t offset_from_end(std::string_view text, size_t count) {
  size_t at = text.size();
  for (; count > kWord && at >= kWord; at -= kWord) count -= leads_in(word_at(text, at - kWord));
  while (count > 0) count -= !is_continuation(text[--at]);
  return at;
}

}  // namespace

size_t offset_of(std::string_view text, size_t length, size_t index) {
  if (length == text.size()) return index;
  return index <= length / 2 ? offset_from_start(text, index) : offset_from_end(text, length - index);
}

size_t count_code_points_by_words(std::string_view text) {
  size_t count = 0, at = 0;
  for (; at + kWord <= text.size(); at += kWord) count += leads_in(word_at(text, at));
  for (; at < text.size(); at++) count += !is_continuation(text[at]);
  return count;
}

}  // namespace upy
