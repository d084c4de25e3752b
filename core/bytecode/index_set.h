#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace upy {

/// A set of the indexes 0 .. size - 1, as data-flow analyses carry it along the code.
class IndexSet {
 public:
  explicit IndexSet(size_t size) : words_((size + 63) / 64) {}

  bool has(size_t index) const { return words_[index / 64] >> (index % 64) & 1; }
  void add(size_t index) { words_[index / 64] |= uint64_t{1} << (index % 64); }
  void remove(size_t index) { words_[index / 64] &= ~(uint64_t{1} << (index % 64)); }

  /// Removes `first` and all above it.
  void remove_from(size_t first) {
    if (first / 64 >= words_.size()) return;
    words_[first / 64] &= (uint64_t{1} << (first % 64)) - 1;
    std::fill(words_.begin() + first / 64 + 1, words_.end(), 0);
  }

  /// Removes what is in `other`, a set of the same size.
  void subtract(const IndexSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }

  /// Keeps what is in `other` too, a set of the same size; whether that removed anything.
  bool intersect(const IndexSet& other) {
    bool changed = false;
    for (size_t i = 0; i < words_.size(); ++i) {
      const uint64_t common = words_[i] & other.words_[i];
      changed |= common != words_[i];
      words_[i] = common;
    }
    return changed;
  }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace upy
