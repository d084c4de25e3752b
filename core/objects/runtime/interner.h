#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "objects/runtime/result.h"

namespace upy {

class Heap;
class Vm;
struct Str;

/// The interned strings of one instance: the predefined ones, shared and static, and those made at run time, which are
/// held weakly.
class Interner {
 public:
  static constexpr size_t kMaxNameSize = 255;  ///< bytes of the longest text that can be interned

  explicit Interner(Vm& vm) : vm_(vm) {}
  /// The interned string of that text. MemoryError; RuntimeError `name too long`; UnicodeError if it is not UTF-8 in
  /// form.
  Result<const Str*> intern(std::string_view text);
  /// The same; may turn `str` itself into the interned one.
  Result<const Str*> intern(const Str* str);
  /// The interned string of that text if there is one, else null. Never allocates.
  const Str* find(std::string_view text) const;

  /// Number of strings interned at run time, and their bytes with the null bytes.
  size_t count() const { return strings_.size(); }
  size_t text_bytes() const { return text_bytes_; }
  /// Bytes of the tables themselves.
  size_t table_bytes() const { return strings_.capacity() * sizeof(Str*) + index_.capacity() * sizeof(uint32_t); }
  /// Calls visit(const Str*) for each run-time string, oldest first, as long as it answers true.
  template <typename Visit>
  void each(Visit visit) const {
    for (const Str* str : strings_)
      if (!visit(str)) return;
  }
  void drop_dead(Heap& heap);

 private:
  const Str* find(std::string_view text, uint32_t hash) const;
  Result<const Str*> add(Str* str);
  Result<void> grow();
  void enter(size_t number);

  Vm& vm_;
  size_t text_bytes_ = 0;
  std::vector<Str*> strings_;    ///< oldest first; weak
  std::vector<uint32_t> index_;  ///< by hash, open addressing, at most half full: position in strings_ plus 1; 0: empty
};

}  // namespace upy
