#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "objects/result.h"

namespace upy {

class Heap;
class Vm;
struct Str;

/// The interned strings of one instance: the predefined ones, shared and static, and those made at run time, which are
/// held weakly.
class Interner {
 public:
  explicit Interner(Vm& vm) : vm_(vm) {}
  /// The interned string of that text. MemoryError; RuntimeError `name too long` for 256 bytes and more.
  Result<const Str*> intern(std::string_view text);
  /// The same; may turn `str` itself into the interned one.
  Result<const Str*> intern(const Str* str);
  /// The interned string of that text if there is one, else null. Never allocates.
  const Str* find(std::string_view text) const;

  /// Number of strings interned at run time, and their bytes with the null bytes.
  size_t count() const { return count_; }
  size_t text_bytes() const;
  /// Bytes of the table itself.
  size_t table_bytes() const { return table_.capacity() * sizeof(Str*); }
  /// Calls visit(const Str*) for each run-time string, oldest first.
  template <typename Visit>
  void each(Visit visit) const;
  void drop_dead(Heap& heap);

 private:
  Vm& vm_;
  std::vector<Str*> table_;  ///< open addressing by hash; weak
  size_t count_ = 0;
};

}  // namespace upy
