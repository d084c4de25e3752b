#pragma once

#include <cstdint>

namespace upyd {

/// What the system tells of this process; 0 where it does not tell.
struct ProcessFigures {
  uint64_t resident_bytes = 0;
  uint64_t virtual_bytes = 0;
  uint32_t threads = 0;
  int64_t cpu_ns = 0;
  uint64_t open_files = 0;      ///< descriptors
  uint64_t max_open_files = 0;  ///< as many as there may be
};
ProcessFigures process_figures();

}  // namespace upyd
