#include "instances/output_buffer.h"

#include <algorithm>
#include <utility>

namespace upyd {

using Stream = upy::Console::Stream;

OutputBuffer::OutputBuffer(size_t limit, Timeout timeout, std::function<void()> on_readable)
    : limit_(limit), timeout_(timeout), on_readable_(std::move(on_readable)) {}

void OutputBuffer::write(Stream stream, std::string_view text) {
  if (closed_.load(std::memory_order_relaxed)) return;
  std::unique_lock lock(mutex_);
  while (!text.empty()) {
    if (is_full()) wait_for_room(lock);
    if (closed_) return;
    if (is_full()) return drop(stream, text.size());
    const size_t fits = std::min(text.size(), limit_ - size_);
    append(stream, text.substr(0, fits));
    text.remove_prefix(fits);
    wake_reader(lock);
  }
}

void OutputBuffer::put(OutputPiece piece) {
  std::lock_guard lock(mutex_);
  if (closed_) return;
  size_ += piece.data.size();
  pieces_.push_back(std::move(piece));
}

void OutputBuffer::announce() {
  std::unique_lock lock(mutex_);
  if (!pieces_.empty()) wake_reader(lock);
}

std::optional<OutputPiece> OutputBuffer::take() {
  std::lock_guard lock(mutex_);
  if (pieces_.empty()) {
    reader_waits_ = true;
    return std::nullopt;
  }
  OutputPiece piece = std::move(pieces_.front());
  pieces_.pop_front();
  size_ -= piece.data.size();
  if (is_half_empty()) {
    timed_out_ = false;
    room_.notify_one();
  }
  return piece;
}

void OutputBuffer::stop_waiting() {
  std::lock_guard lock(mutex_);
  timed_out_ = true;
  room_.notify_one();
}

void OutputBuffer::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  pieces_.clear();
  size_ = 0;
  room_.notify_one();
}

void OutputBuffer::wait_for_room(std::unique_lock<std::mutex>& lock) {
  const auto over = [this] { return !is_full() || timed_out_ || closed_; };
  if (!room_.wait_for(lock, timeout_, over)) timed_out_ = true;
}

void OutputBuffer::append(Stream stream, std::string_view text) {
  while (!text.empty()) {
    const bool extends = !pieces_.empty() && pieces_.back().stream == stream && !pieces_.back().dropped &&
                         pieces_.back().data.size() < kLongestPiece;
    if (!extends) pieces_.push_back({stream, {}});
    std::string& data = pieces_.back().data;
    const size_t fits = std::min(text.size(), kLongestPiece - data.size());
    data.append(text.substr(0, fits));
    size_ += fits;
    text.remove_prefix(fits);
  }
}

/// At one place there is one loss of each stream at most.
void OutputBuffer::drop(Stream stream, size_t bytes) {
  auto loss = pieces_.rbegin();
  while (loss != pieces_.rend() && loss->dropped && loss->stream != stream) ++loss;
  if (loss != pieces_.rend() && loss->dropped) {
    loss->dropped += bytes;
  } else {
    pieces_.push_back({stream, {}, bytes});
  }
}

void OutputBuffer::wake_reader(std::unique_lock<std::mutex>& lock) {
  if (!std::exchange(reader_waits_, false)) return;
  lock.unlock();
  on_readable_();
  lock.lock();
}

}  // namespace upyd
