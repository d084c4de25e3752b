#pragma once

#include <compare>
#include <cstddef>
#include <string_view>
#include <vector>

#include "terminal/columns.h"

namespace upy {

/// Where the characters of a text are on a terminal, behind a prompt. Some places on the way are kept, so that what an
/// edit costs does not depend on how much stands before it.
class Layout {
 public:
  /// Counted from the start of the prompt.
  struct Position {
    size_t row = 0, column = 0;
    bool operator==(const Position&) const = default;
    auto operator<=>(const Position&) const = default;
  };

  /// From now on it is of a text behind that prompt, on a terminal of so many columns; 0: that is not known, and all is
  /// in one row.
  void begin(std::string_view prompt, size_t width, std::string_view text);
  /// The text is another from an offset on.
  void change(std::string_view text, size_t offset);

  size_t width() const { return width_; }
  /// Where an offset of `text` is, which is the one that was given last.
  Position position(std::string_view text, size_t offset) const;
  /// Where the text ends.
  Position end() const { return end_; }

 private:
  struct Mark {
    size_t offset = 0;
    Position position;
  };

  Position advance(Position from, std::string_view text) const;

  const Columns columns_;
  size_t width_ = 0;
  std::vector<Mark> marks_{Mark()};  ///< in order; the first one is the start of the text
  Position end_;
};

}  // namespace upy
