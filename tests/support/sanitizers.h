#pragma once

/// Whether this build watches itself: everything then takes a multiple of its time and memory, so tests that measure
/// allow for that, and those that do very much do less.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
