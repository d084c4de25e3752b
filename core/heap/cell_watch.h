#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UPY_CELLS_POISONED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define UPY_CELLS_POISONED 1
#endif
#ifdef UPY_CELLS_POISONED
#include <sanitizer/asan_interface.h>
#endif

/// What lets tests see how cells of the heap are used, in builds with AddressSanitizer or assertions. There what is not
/// in use can't be touched (with AddressSanitizer), and new memory is full of words that are neither null nor a value:
/// who reads a cell before it is written, behind its end or after its death is told so at once. Elsewhere all of this
/// is nothing.
namespace upy::cell_watch {

#if defined(UPY_CELLS_POISONED) || !defined(NDEBUG)
inline constexpr bool kOn = true;
#else
inline constexpr bool kOn = false;
#endif

/// An address that no process has, as a Value: an object.
inline constexpr uint64_t kUnwritten = 0xfbad'f00d'fbad'f008;
/// More of a new cell than that is not filled: it would take memory that nobody touches.
inline constexpr size_t kMostFilled = 64 << 10;

/// Nobody may touch it from now on.
inline void hide([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#ifdef UPY_CELLS_POISONED
  ASAN_POISON_MEMORY_REGION(begin, bytes);
#endif
}

/// The opposite.
inline void show([[maybe_unused]] const void* begin, [[maybe_unused]] size_t bytes) {
#ifdef UPY_CELLS_POISONED
  ASAN_UNPOISON_MEMORY_REGION(begin, bytes);
#endif
}

/// Fills memory that is about to be handed out.
inline void fill(void* begin, size_t bytes) {
  if constexpr (kOn)
    std::fill_n(static_cast<uint64_t*>(begin), std::min(bytes, kMostFilled) / sizeof(uint64_t), kUnwritten);
}

}  // namespace upy::cell_watch
