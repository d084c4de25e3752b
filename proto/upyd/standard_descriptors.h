#pragma once

#include <fcntl.h>

/// To be included where the `main` of a program is.
///
/// Who starts a program may have closed descriptors 0 to 2. What is opened next would get their numbers, and all that
/// is meant for the standard streams: gRPC opens some before `main`. So they are opened before any library does
/// anything, in a way that makes each use of them an error.
namespace upyd {

inline void keep_standard_descriptors() {
  for (const int number : {0, 1, 2}) {
    if (fcntl(number, F_GETFD) < 0) (void)open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY);
  }
}

[[gnu::section(".preinit_array"), gnu::used]] static void (*const kBeforeLibraries)() = keep_standard_descriptors;

}  // namespace upyd
