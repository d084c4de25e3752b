#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace upy {

/// The lines that were typed, the newest last.
class History {
 public:
  /// Keeps that many.
  explicit History(size_t limit) : limit_(limit) {}

  /// Adds a line, unless it is empty, or the last one again.
  void add(std::string_view line);
  size_t size() const { return lines_.size(); }
  /// The line that many before the end: 0 is the newest.
  const std::string& back(size_t age) const { return lines_[lines_.size() - 1 - age]; }
  const std::deque<std::string>& lines() const { return lines_; }

 private:
  const size_t limit_;
  std::deque<std::string> lines_;
};

}  // namespace upy
