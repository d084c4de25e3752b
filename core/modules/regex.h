#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <string_view>

#include "objects/vm.h"

namespace upy {

/// A regular expression, compiled. RE2 does the work, in time linear in the text, so no pattern hangs an instance.
///
/// Its memory is bounded, too. What the program and its memory of earlier searches may take, 64 KiB at most, is charged
/// to the instance as long as this lives; a search's states, which grow with the program and its groups, while it
/// lasts. Uncharged is what RE2 takes for the length of one call to compile, about as much as the program, and to trace
/// the groups of a match in a text of up to 256 KiB, a few MiB in the worst case.
///
/// The dialect is MicroPython's: a backslash takes any character but those of the classes \d \s \w \D \S \W literally,
/// braces are literals, and ^ and $ are the ends of the whole text. Where MicroPython has no meaning for a pattern,
/// such as (?i), RE2's holds.
class Regex {
 public:
  /// What a character is: a code point of UTF-8, as in a str, or a byte, as in bytes.
  enum class Unit : uint8_t { CodePoint, Byte };
  static constexpr int kMaxGroups = 63;

  /// A new one, which the caller deletes, before the heap ends. ValueError for a bad or too complex pattern,
  /// MemoryError.
  static Result<Regex*> make(Vm& vm, std::string_view source, Unit unit);
  ~Regex() { heap_.discharge(charged_); }
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  /// The number of groups that capture, at most kMaxGroups.
  int groups() const { return program_.NumberOfCapturingGroups(); }
  /// Bytes that it counts as in the instance's memory.
  size_t charged() const { return charged_; }
  /// Looks for the first match that begins at byte `from` or, unless `anchor` says only there, behind it. True: `found`
  /// has the match and its groups, 1 + groups() pieces of `text`; a group that took no part has null data. MemoryError.
  Result<bool> match(Vm& vm, std::string_view text, size_t from, RE2::Anchor anchor, re2::StringPiece* found) const;

 private:
  Regex(Heap& heap, size_t charged, const std::string& pattern, const RE2::Options& options)
      : heap_(heap), charged_(charged), program_(pattern, options) {}

  Heap& heap_;
  const size_t charged_;
  const RE2 program_;
};

}  // namespace upy
