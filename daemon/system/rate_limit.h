#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace upyd {

/// Lets so many things pass in a period, and counts those that it holds back. Not for several threads at a time.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  RateLimit(uint32_t most, std::chrono::nanoseconds period) : most_(most), period_(period) {}

  /// Whether one more passes: the number of those held back since the last that did; nothing if it is held back.
  std::optional<uint64_t> pass(Time now) {
    if (now >= period_end_) {
      period_end_ = now + period_;
      passed_ = 0;
    }
    if (passed_ == most_) {
      ++held_back_;
      return std::nullopt;
    }
    ++passed_;
    return take_held_back();
  }
  /// As `pass` tells it, by something that is not limited.
  uint64_t take_held_back() { return std::exchange(held_back_, 0); }

 private:
  const uint32_t most_;
  const std::chrono::nanoseconds period_;
  Time period_end_;
  uint32_t passed_ = 0;  // in this period
  uint64_t held_back_ = 0;
};

}  // namespace upyd
