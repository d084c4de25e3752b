#pragma once

#include "port/memory.h"

namespace upy {

/// Memory of a host that has so much of it.
class BoundedMemory final : public Memory {
 public:
  explicit BoundedMemory(size_t bytes) : left(bytes) {}

  bool take(size_t bytes) override {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  }
  void give_back(size_t bytes) override { left += bytes; }

  size_t left;
};

}  // namespace upy
