#include "instances/output_buffer.h"

#include <algorithm>
#include <utility>

namespace upyd {

using Stream = upy::Console::Stream;

namespace {

/// In steps, lest each character is counted.
size_t to_be_charged(size_t size) {
  constexpr size_t kStep = 4u << 10;
  return size <= OutputBuffer::kUncharged ? 0 : (size - OutputBuffer::kUncharged + kStep - 1) / kStep * kStep;
}

}  // namespace

OutputBuffer::OutputBuffer(size_t limit, Timeout timeout, std::function<void()> on_readable, Charge charge)
    : limit_(limit), timeout_(timeout), on_readable_(std::move(on_readable)), charge_(std::move(charge)) {}

void OutputBuffer::write(Stream stream, std::string_view text) {
  if (closed_.load(std::memory_order_relaxed)) return;
  std::unique_lock lock(mutex_);
  while (!text.empty()) {
    if (is_full()) wait_for_room(lock);
    if (closed_) return;
    if (is_full()) return drop(stream, text.size());
    const size_t fits = covered(std::min(text.size(), limit_ - size_));
    append(stream, text.substr(0, fits));
    text.remove_prefix(fits);
    wake_reader(lock);
  }
}

/// How many of so many bytes more the charge covers.
size_t OutputBuffer::covered(size_t bytes) {
  if (charge_.try_set(std::max(to_be_charged(size_ + bytes), charge_.amount()))) return bytes;
  is_refused_ = true;
  return std::min(bytes, std::max(kUncharged + charge_.amount(), size_) - size_);
}

void OutputBuffer::put(OutputPiece piece) {
  std::lock_guard lock(mutex_);
  if (closed_) return;
  size_ += piece.data.size();
  charge_.set_anyway(std::max(to_be_charged(size_), charge_.amount()));
  pieces_.push_back(std::move(piece));
}

void OutputBuffer::announce() {
  std::unique_lock lock(mutex_);
  if (!pieces_.empty()) wake_reader(lock);
}

/// A piece stays charged until the next is taken: it may be long until it is sent.
std::optional<OutputPiece> OutputBuffer::take() {
  std::lock_guard lock(mutex_);
  charge_.set_anyway(to_be_charged(size_));
  is_refused_ = false;
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
  charge_.set_anyway(0);
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
