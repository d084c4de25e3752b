#pragma once

#include <deque>

#include "instances/output_buffer.h"

namespace upyd {

/// The latest output of an instance that nobody reads, so that the next reader can have it. When it is full the oldest
/// is lost, and the loss is told first. Not thread-safe.
class UnreadOutput {
 public:
  static constexpr size_t kLimit = 4u << 10;

  void keep(upy::Console::Stream stream, std::string_view text);
  /// Hands all of it over and is empty again.
  void move_to(OutputBuffer& buffer);

 private:
  void lose_oldest(size_t bytes);

  std::deque<OutputPiece> pieces_;
  size_t size_ = 0;
  uint64_t lost_[2] = {0, 0};  // bytes, by stream
};

}  // namespace upyd
