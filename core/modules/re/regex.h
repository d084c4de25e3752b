#pragma once

#include <cstdint>
#include <string_view>

#include "objects/runtime/vm.h"

namespace upy {

/// Whether \w takes the character.
bool is_word_character(uint32_t c);

/// A regular expression, compiled: a cell of the heap.
///
/// It is matched by going through the text once, character by character, with all the places of the expression that the
/// text may have led to so far (Thompson, Regular Expression Search Algorithm; with groups: Pike). So the time is
/// linear in the text, whatever the expression, and each character is an occasion to look up.
///
/// The dialect is MicroPython's: braces are literals, a dot is any character, ^ and $ are the ends of the whole text,
/// and a backslash takes any character literally but those of the classes \d \s \w \D \S \W. What MicroPython documents
/// as missing is as in CPython: the assertions \A \Z \b \B and the characters \a \f \n \r \t \v \x41. Beyond that,
/// (?P<name>...) is a group by its number, and (?i) ignores the case of what follows it in its group, for letters of
/// ASCII.
struct Regex : Object {
  /// What a character is: a code point of UTF-8, as in a str, or a byte, as in bytes.
  enum class Unit : uint8_t { CodePoint, Byte };
  /// Where a match may begin.
  enum class Anchor : uint8_t { Nowhere, Start };
  static constexpr uint32_t kMaxGroups = 63;

  /// A piece of a text, in bytes.
  struct Span {
    static constexpr uint32_t kNowhere = UINT32_MAX;  ///< both bounds of a group that took no part
    uint32_t begin = kNowhere, end = kNowhere;
  };

  /// A new one. ValueError for a bad or too complex pattern, MemoryError.
  static Result<Regex*> make(Vm& vm, std::string_view source, Unit unit);
  /// Looks for the first match that begins at byte `from` or, unless `anchor` says only there, behind it. True: `found`
  /// has the match and its groups, 1 + groups spans. Polls; what a callback does, matching again included, does no
  /// harm. MemoryError if there is no memory for the places of a large expression; small ones bring theirs.
  Result<bool> find(Vm& vm, std::string_view text, size_t from, Anchor anchor, Span* found);
  /// Bytes that it takes.
  size_t bytes(Vm& vm) const;
  /// Gives a new one the room for its searches, unless that is large.
  Result<void> keep_room(Vm& vm);

  struct Instruction {
    enum class Op : uint8_t {
      Char,   ///< goes on behind the character `x`
      Any,    ///< goes on behind any character
      Set,    ///< goes on behind a character of the set `x`
      Jump,   ///< goes on at `x`, counted from here
      Split,  ///< goes on at `x` and, if that leads nowhere, at `y`, both counted from here
      Save,   ///< notes where bound `x` of the groups lies: the begin of group n is bound 2n, its end 2n + 1
      Begin,  ///< goes on at the beginning of the text
      End,    ///< goes on at the end of the text
      Edge,   ///< goes on at the beginning or the end of a word
      Inner,  ///< goes on anywhere else
      Match,
    } op;
    int32_t x = 0, y = 0;
  };
  /// A set of characters: those of ASCII one by one, others as ranges [first, last] in order, or what lies between
  /// these.
  struct Set {
    uint64_t ascii[2] = {};
    uint32_t first_range = 0, range_count = 0;
    bool negated = false;
  };
  struct Range {
    uint32_t first, last;
  };

  ByteStorage* room;  ///< for the places of a search; null while one is under way, and if it is too large to be kept
  Unit unit;
  uint32_t groups;  ///< how many, the whole match not counted
  uint32_t instruction_count, set_count, range_count;
  uint64_t first_bytes[4];  ///< a bit for each byte that a match can begin with; all, if it can be empty

  Instruction* instructions() { return reinterpret_cast<Instruction*>(this + 1); }
  Set* sets() { return reinterpret_cast<Set*>(instructions() + (instruction_count + 1) / 2 * 2); }
  Range* ranges() { return reinterpret_cast<Range*>(sets() + set_count); }
};

}  // namespace upy
