#include "compiler/front/arena.h"

#include <algorithm>

namespace upy {

namespace {
constexpr size_t kFirstChunk = 4 << 10;
constexpr size_t kLargestChunk = 256 << 10;
}  // namespace

// Chunks grow with the arena, so that a one-line script costs little and a large one few calls.
uintptr_t Arena::add_chunk(size_t size) {
  const size_t chunk = std::max(size, std::clamp(reserved_, kFirstChunk, kLargestChunk));
  chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk));
  next_ = reinterpret_cast<uintptr_t>(chunks_.back().get());
  limit_ = next_ + chunk;
  reserved_ += chunk;
  host_refused_ |= !granted_.cover(reserved_);
  return next_;
}

}  // namespace upy
