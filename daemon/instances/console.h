#pragma once

#include <memory>

#include "instances/console_link.h"
#include "instances/output_buffer.h"

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

/// The standard streams of an instance. Output goes to the run and to the client that has the console; while there is
/// neither it is kept for the next. Input comes from the client that has the console; without one it is at its end. The
/// instance's thread only.
class InstanceConsole final : public upy::Console {
 public:
  void write(Stream stream, std::string_view text) override;
  ptrdiff_t read(char* buffer, size_t size) override;
  Input input() override;
  int input_descriptor() override { return -1; }

  /// A run begins; its buffer gets what was unread first.
  void attach(std::shared_ptr<OutputBuffer> run);
  void detach();
  /// A client gets the console, and what was unread first; null: it leaves it.
  void link(std::shared_ptr<ConsoleLink> client);

 private:
  void hand_over(OutputBuffer& reader);

  std::shared_ptr<OutputBuffer> run_;     // null between runs
  std::shared_ptr<ConsoleLink> client_;   // null if nobody has the console
  std::unique_ptr<UnreadOutput> unread_;  // made when there is some
};

}  // namespace upyd
