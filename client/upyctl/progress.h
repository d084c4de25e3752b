#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "upyctl/terminal.h"

namespace upyctl {

/// How far a copy is: one line on the error stream, if that is a terminal and the copy takes long enough to be watched.
class Progress {
 public:
  /// `total` is the number of bytes that will be told of.
  Progress(const Terminal& terminal, uint64_t total);
  /// Takes the line away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So many more bytes are copied, of that file.
  void add(const std::string& file, uint64_t bytes);

 private:
  using Clock = std::chrono::steady_clock;

  const Terminal& terminal_;
  const uint64_t total_;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point next_;  // when the line changes next
  uint64_t done_ = 0;
  bool is_shown_ = false;
};

/// How far a copy is: `done` of `total` bytes after so many seconds.
struct CopiedSoFar {
  uint64_t done = 0, total = 0;
  double seconds = 0;
};

/// The line for it: a name, a bar, a percentage, the speed; on a narrow terminal what there is room for.
std::string progress_line(const std::string& file, const CopiedSoFar& copied, size_t columns);

}  // namespace upyctl
