#pragma once

#include <memory>

#include "output_buffer.h"

namespace upyd {

/// The latest output of an instance that nobody reads, so that the next reader can have it. When it is full the oldest
/// is lost, and the loss is told first.
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

/// The standard streams of an instance: during a run its buffer, else what is kept for the next one. Standard input is
/// empty. The instance's thread only.
class InstanceConsole final : public upy::Console {
 public:
  void write(Stream stream, std::string_view text) override;
  ptrdiff_t read(char* buffer, size_t size) override;

  /// Output goes to `buffer` from now on, first what was unread.
  void attach(std::shared_ptr<OutputBuffer> buffer);
  /// Output is kept for the next reader from now on.
  void detach();

 private:
  std::shared_ptr<OutputBuffer> buffer_;
  std::unique_ptr<UnreadOutput> unread_;  // made when there is some
};

}  // namespace upyd
