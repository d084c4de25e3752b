#include "terminal/layout.h"

#include <algorithm>

namespace upy {

namespace {

constexpr size_t kMarkBytes = 64;  ///< from one mark to the next, at least

}  // namespace

void Layout::begin(std::string_view prompt, size_t width, std::string_view text) {
  width_ = width;
  const size_t columns = columns_.of(prompt);
  const Position start = width == 0 ? Position{0, columns} : Position{columns / width, columns % width};
  marks_ = {{0, start}};
  change(text, 0);
}

void Layout::change(std::string_view text, size_t offset) {
  while (marks_.back().offset > offset) marks_.pop_back();
  auto [at, position] = marks_.back();
  while (text.size() - at > kMarkBytes) {
    const size_t length = kMarkBytes + character_length(text.substr(at + kMarkBytes - 1)) - 1;
    position = advance(position, text.substr(at, length));
    at += length;
    marks_.push_back({at, position});
  }
  end_ = advance(position, text.substr(at));
}

Layout::Position Layout::position(std::string_view text, size_t offset) const {
  const auto next = std::ranges::upper_bound(marks_, offset, {}, &Mark::offset);
  const Mark& mark = *std::prev(next);
  return advance(mark.position, text.substr(mark.offset, offset - mark.offset));
}

/// Where a text ends that is written at a place. A character that has no room in a row goes to the next.
Layout::Position Layout::advance(Position from, std::string_view text) const {
  if (width_ == 0) return {0, from.column + columns_.of(text)};
  while (!text.empty()) {
    const size_t length = character_length(text);
    const size_t columns = columns_.of_character(text.substr(0, length));
    if (from.column + columns > width_) from = {from.row + 1, 0};
    from.column += columns;
    if (from.column == width_) from = {from.row + 1, 0};
    text.remove_prefix(length);
  }
  return from;
}

}  // namespace upy
