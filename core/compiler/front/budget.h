#pragma once

#include <algorithm>
#include <cstddef>

namespace upy {

/// The memory that a compilation may still use. A soft limit: what exceeds it is noticed, not prevented, so whoever
/// charges in a loop asks `exhausted` there and ends.
class Budget {
 public:
  /// `bytes`: what may be charged before the budget counts as exhausted.
  explicit Budget(size_t bytes) : left_(bytes) {}

  /// Notes that `bytes` more are used.
  void charge(size_t bytes) {
    exhausted_ |= bytes > left_;
    left_ -= std::min(bytes, left_);
  }
  /// Whether more was charged than there was.
  bool exhausted() const { return exhausted_; }

 private:
  size_t left_;
  bool exhausted_ = false;
};

}  // namespace upy
