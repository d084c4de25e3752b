#pragma once

#include <algorithm>
#include <cstddef>

#include "port/memory_grant.h"

namespace upy {

/// The memory that a compilation may still use. A soft limit: what exceeds it is noticed, not prevented, so whoever
/// charges in a loop asks `exhausted` there and ends.
class Budget {
 public:
  /// `bytes`: what may be charged before the budget counts as exhausted. `shared`: what they are taken from, if there
  /// is an end of that.
  explicit Budget(size_t bytes, Memory* shared = nullptr) : left_(bytes), granted_(shared) {}

  /// Notes that `bytes` more are used.
  void charge(size_t bytes) {
    exhausted_ |= bytes > left_;
    left_ -= std::min(bytes, left_);
    charged_ += bytes;
    host_refused_ |= !granted_.cover(charged_);
  }
  /// Whether more was charged than there was, of its own or of the host's.
  bool exhausted() const { return exhausted_ || host_refused_; }
  bool host_refused() const { return host_refused_; }

 private:
  size_t left_;
  MemoryGrant granted_;
  size_t charged_ = 0;
  bool host_refused_ = false;
  bool exhausted_ = false;
};

}  // namespace upy
