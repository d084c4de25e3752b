#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What a terminal shows of the bytes that it gets: as much of an xterm as a line editor uses. A character that fills a
/// row leaves the cursor there until the next one comes. Characters beyond ASCII are one column wide, those from U+1100
/// on two.
class Screen {
 public:
  explicit Screen(size_t columns) : columns_(columns), rows_(1) {}

  void write(std::string_view bytes) {
    for (const char byte : bytes) take(byte);
  }

  /// The rows down to the last one that shows something, without the blanks at their ends and with newlines between
  /// them.
  std::string shown() const { return text_of(rows_); }
  /// The same with a "|" before the cursor.
  std::string text() const {
    std::vector<Row> rows = rows_;
    Row& row = rows[y_];
    row.resize(std::max(row.size(), x_), " ");
    row.insert(row.begin() + static_cast<ptrdiff_t>(x_), "|");
    return text_of(std::move(rows));
  }
  /// How often it was told something that it does not know, which nobody should do.
  int misunderstood() const { return misunderstood_; }

 private:
  using Row = std::vector<std::string>;  // cells; that behind a wide character is empty

  static std::string text_of(std::vector<Row> rows) {
    std::string text;
    for (Row& row : rows) {
      while (!row.empty() && row.back() == " ") row.pop_back();
      for (const std::string& cell : row) text += cell;
      text += '\n';
    }
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
  static bool is_continuation(char byte) { return (byte & 0xc0) == 0x80; }

  void take(char byte) {
    if (!sequence_.empty()) return take_in_sequence(byte);
    if (is_continuation(byte) && missing_ > 0) {
      character_ += byte;
      if (--missing_ == 0) put(character_);
      return;
    }
    switch (byte) {
      case '\r':
        x_ = 0;
        full_ = false;
        break;
      case '\n':
        if (++y_ == rows_.size()) rows_.emplace_back();
        break;
      case '\b':
        if (x_ > 0) x_--;
        full_ = false;
        break;
      case '\x1b':
        sequence_ = byte;
        break;
      default:
        if (static_cast<unsigned char>(byte) < ' ') {
          misunderstood_++;
          return;
        }
        character_ = byte;
        missing_ = (byte & 0x80) == 0 ? 0 : (byte & 0xe0) == 0xc0 ? 1 : (byte & 0xf0) == 0xe0 ? 2 : 3;
        if (missing_ == 0) put(character_);
    }
  }

  static size_t width_of(const std::string& character) {
    return character.size() > 3 || (character.size() == 3 && static_cast<unsigned char>(character[0]) > 0xe1) ? 2 : 1;
  }

  void put(const std::string& character) {
    const size_t width = width_of(character);
    if (full_ || x_ + width > columns_) {
      take('\r');
      take('\n');
    }
    Row& row = rows_[y_];
    if (row.size() < x_ + width) row.resize(x_ + width, " ");
    row[x_] = character;
    if (width == 2) row[x_ + 1] = "";
    x_ += width;
    full_ = x_ == columns_;
    if (full_) x_ = columns_ - 1;
  }

  void take_in_sequence(char byte) {
    sequence_ += byte;
    if (sequence_.size() == 2 || byte < '@' || byte > '~') return;
    const std::string parameter = sequence_.substr(2, sequence_.size() - 3);
    sequence_.clear();
    if (parameter.find_first_not_of("0123456789") != std::string::npos) {
      misunderstood_++;
      return;
    }
    const size_t count = parameter.empty() ? 1 : std::stoul(parameter);
    full_ = false;
    switch (byte) {
      case 'A':
        y_ -= std::min(count, y_);
        break;
      case 'C':
        x_ = std::min(x_ + count, columns_ - 1);
        break;
      case 'D':
        x_ -= std::min(count, x_);
        break;
      case 'J':
        rows_.resize(y_ + 1);
        [[fallthrough]];
      case 'K':
        rows_[y_].resize(std::min(rows_[y_].size(), x_));
        break;
      default:
        misunderstood_++;
    }
  }

  const size_t columns_;
  std::vector<Row> rows_;
  size_t x_ = 0, y_ = 0;
  bool full_ = false;  // the cursor waits in the last column
  std::string sequence_, character_;
  size_t missing_ = 0;
  int misunderstood_ = 0;
};
