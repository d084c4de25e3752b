#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "budget/budget.h"
#include "port/port.h"

namespace upyd {

/// A piece of a script's output: text of one stream, or the number of bytes that were lost at this place.
struct OutputPiece {
  upy::Console::Stream stream;
  std::string data;
  uint64_t dropped = 0;  ///< if not 0, `data` is empty
};

/// What a run has written and its client has not yet read, across both streams in the order of writing.
///
/// It holds a bounded number of bytes, and of pieces: a script may change the stream with each byte. A script that is
/// faster than its client waits for room, but only up to the buffer's timeout; then it goes on, what does not fit is
/// dropped, and the buffer waits no more until the client has read half of it. Every loss is told to the reader at
/// the place where it happened.
class OutputBuffer {
 public:
  using Timeout = std::chrono::nanoseconds;
  static constexpr size_t kLongestPiece = 64u << 10;
  /// So much may wait in any case: short output gets through, whoever has filled what there is for all.
  static constexpr size_t kUncharged = 4u << 10;
  /// So many pieces may wait, and one more for so many bytes of the limit.
  static constexpr size_t kPieces = 64, kBytesPerPiece = 64;

  /// `on_readable` is called, on the writer's thread, when there is something to read after `take` found nothing.
  /// `charge`: what it holds beyond kUncharged is to be covered by that; what can't be waits as what does not fit.
  OutputBuffer(size_t limit, Timeout timeout, std::function<void()> on_readable, Charge charge = {});

  /// Takes text, or as much of it as fits. The writer's thread only.
  void write(upy::Console::Stream stream, std::string_view text);
  /// Puts a piece in, whatever its size, without telling the reader: see announce. Not while a writer writes.
  void put(OutputPiece piece);
  /// Calls `on_readable` if the reader found nothing and there is something now.
  void announce();

  /// The next piece; at most kLongestPiece bytes. The reader's thread only.
  std::optional<OutputPiece> take();

  /// Ends the writer's wait now, as if its timeout had passed. Any thread.
  void stop_waiting();
  /// The reader is gone: what is there and what comes is thrown away. Any thread.
  void close();

 private:
  bool is_full() const { return size_ >= limit_ || pieces_.size() >= most_pieces_ || is_refused_; }
  size_t covered(size_t bytes);
  bool is_half_empty() const { return size_ <= limit_ / 2 && pieces_.size() <= most_pieces_ / 2; }
  void wait_for_room(std::unique_lock<std::mutex>& lock);
  void append(upy::Console::Stream stream, std::string_view text);
  void drop(upy::Console::Stream stream, size_t bytes);
  void wake_reader(std::unique_lock<std::mutex>& lock);

  const size_t limit_;
  const size_t most_pieces_ = kPieces + limit_ / kBytesPerPiece;
  const Timeout timeout_;
  const std::function<void()> on_readable_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<OutputPiece> pieces_;
  size_t size_ = 0;  // bytes in pieces_
  Charge charge_;
  bool is_refused_ = false;  // the charge can't be larger now
  bool timed_out_ = false;
  std::atomic<bool> closed_ = false;  // for a look without the lock: a script may write on for nobody
  bool reader_waits_ = true;          // `take` found nothing since the last on_readable_
};

}  // namespace upyd
