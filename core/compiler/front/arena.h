#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "port/memory_grant.h"

namespace upy {

/// The memory of one compilation: objects are carved from large chunks and all die together with the arena, so they
/// must need no destructor.
///
/// The budget is a soft limit. Allocating never fails; once more than the budget was handed out, `exhausted` tells so
/// and the compilation is to end in a MemoryError. Whoever allocates in a loop asks it there: the parser at each token.
/// What lies beyond the budget is then no more than a single token or list, which the length of the source bounds. It
/// is exhausted, too, when the host has none left of the memory that it shares out.
class Arena {
 public:
  /// `budget`: the bytes that may be handed out before the arena counts as exhausted. `shared`: what they are taken
  /// from, if there is an end of that.
  explicit Arena(size_t budget, Memory* shared = nullptr) : budget_(budget), granted_(shared) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Uninitialized memory of `size` bytes, aligned to `alignment` (a power of two, at most that of max_align_t).
  void* allocate(size_t size, size_t alignment) {
    uintptr_t start = (next_ + alignment - 1) & ~(alignment - 1);
    if (size > limit_ - start || start > limit_) start = add_chunk(size);
    next_ = start + size;
    return reinterpret_cast<void*>(start);
  }

  /// A new T, constructed from `arguments`.
  template <class T, class... Arguments>
  T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
  }

  /// A copy of `items` in the arena.
  template <class T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    T* first = static_cast<T*>(allocate(items.size_bytes(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), first);
    return {first, items.size()};
  }

  /// A copy of `text` in the arena.
  std::string_view copy(std::string_view text) {
    std::span<const char> bytes = copy(std::span<const char>(text.data(), text.size()));
    return {bytes.data(), bytes.size()};
  }

  /// Bytes taken from the system so far, what is still unused of the last chunk not counted.
  size_t used() const { return reserved_ - (limit_ - next_); }
  /// Whether more than the budget was handed out, or than the host had left.
  bool exhausted() const { return used() > budget_ || host_refused_; }
  bool host_refused() const { return host_refused_; }

 private:
  uintptr_t add_chunk(size_t size);

  size_t budget_;
  MemoryGrant granted_;
  bool host_refused_ = false;
  size_t reserved_ = 0;
  uintptr_t next_ = 0;
  uintptr_t limit_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

}  // namespace upy
