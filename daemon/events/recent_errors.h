#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "access/owners.h"
#include "reactor/timestamp.h"

namespace upyd {

/// What went wrong lately in scripts of all instances, those that are gone included, and in upyd: the latest few. One
/// that goes wrong over and over takes the place of its own errors alone, as long as it has the most. Any thread.
class RecentErrors {
 public:
  static constexpr size_t kMost = 16;
  /// Of a line that is longer the beginning is kept.
  static constexpr size_t kLongestText = 256;

  /// In place of an instance: of upyd itself.
  static constexpr const char* kOwn = "";

  struct Error {
    Moment time;
    std::string instance;
    std::string owner;    ///< whose it was then
    uint64_t run_id = 0;  ///< 0: a callback, or upyd itself
    std::string text;     ///< one line
  };

  /// `owners` must outlive it.
  explicit RecentErrors(const Owners& owners) : owners_(owners) {}

  /// Keeps the last line of a report, which of a traceback says the most. What there is no memory for is not kept.
  void add(const std::string& instance, uint64_t run_id, std::string_view report);
  /// That line, as it is kept.
  static std::string line_of(std::string_view report);
  /// The latest last.
  std::vector<Error> all() const;

 private:
  std::deque<Error>::const_iterator superfluous() const;

  const Owners& owners_;
  mutable std::mutex mutex_;
  std::deque<Error> errors_;
};

}  // namespace upyd
