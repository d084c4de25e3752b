#pragma once

#include <cstddef>

#include "port/memory.h"

namespace upy {

/// What somebody has of memory that is shared with others, in steps of some size; given back with it.
class MemoryGrant {
 public:
  /// `shared`: null: there is no end of it.
  explicit MemoryGrant(Memory* shared) : shared_(shared) {}
  ~MemoryGrant() { give_back_beyond(0); }
  MemoryGrant(const MemoryGrant&) = delete;
  MemoryGrant& operator=(const MemoryGrant&) = delete;

  /// Has it be `bytes` in all, or more. False: the host has no such memory left, and it is as before.
  bool cover(size_t bytes) {
    if (!shared_ || bytes <= granted_) return true;
    const size_t more = (bytes - granted_ + kStep - 1) / kStep * kStep;
    if (!shared_->take(more)) return false;
    granted_ += more;
    return true;
  }
  void give_back_beyond(size_t bytes) {
    if (!shared_ || bytes >= granted_) return;
    shared_->give_back(granted_ - bytes);
    granted_ = bytes;
  }

 private:
  static constexpr size_t kStep = 16u << 10;
  Memory* const shared_;
  size_t granted_ = 0;
};

}  // namespace upy
