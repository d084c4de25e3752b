#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/history.h"
#include "terminal/keys.h"
#include "terminal/layout.h"

namespace upy {

/// What could come next in a line.
struct Completion {
  std::string common;                   ///< what all candidates go on with: to be inserted
  std::vector<std::string> candidates;  ///< to be shown if there is nothing to insert
};

/// Where a line is edited.
class Terminal {
 public:
  /// Shows bytes as they are.
  virtual void send(std::string_view bytes) = 0;
  /// How wide it is; 0: not known. Then lines count as shorter than that.
  virtual size_t columns() = 0;
  /// What could follow the text before the cursor.
  virtual Completion complete(std::string_view text) = 0;

 protected:
  ~Terminal() = default;
};

/// One line that a person types, shown on a terminal as it changes. What it writes are the bytes that MicroPython
/// writes, as long as the line fits into one of the terminal's.
///
/// Of a text, `cursor_` is the byte before which the next character goes; of the terminal, `position_` is where that
/// is.
class LineEditor {
 public:
  static constexpr size_t kMostBytes = 64 << 10;  ///< of a line; what is typed beyond is dropped
  static constexpr size_t kIndent = 4;            ///< blanks to a level

  /// `history` gets the lines; null: there is none.
  LineEditor(Terminal& terminal, History* history) : terminal_(terminal), history_(history) {}

  /// What a line is part of.
  enum class Part { First, Further };
  /// Starts a line with a prompt and that many levels of indentation; a tab at the start of a further line indents it.
  void begin(std::string_view prompt, Part part, size_t levels);

  /// Takes prompt and line off the terminal, so that others can write there.
  void hide();
  /// Shows them where the cursor is now.
  void show();

  /// What a byte has come to.
  enum class Event {
    None,
    Line,    ///< the line is complete
    Cancel,  ///< Ctrl-C
    CtrlA,   ///< these on an empty line
    CtrlB,
    CtrlD,
    CtrlE,
  };
  Event take(char byte);
  /// Nothing waits behind what was taken: all of it is to be on the screen. What is put before a long rest of a line is
  /// kept for this, so that the rest is written once for a text that is pasted there.
  void settle();

  const std::string& text() const { return text_; }
  /// Whether the person put an indentation right that was made for it, and wants none for this statement.
  bool refused_indentation() const { return refused_indentation_; }

 private:
  using Position = Layout::Position;

  Event press(Key key);
  Event command(Key key);
  void edit(Key key);
  void put(std::string_view character);
  bool take_after_indentation(Key key);
  void backspace();
  void complete();
  void show_candidates(const std::vector<std::string>& candidates);
  void recall(size_t age);
  void older();
  void newer();
  Event finish();

  void replace(size_t begin, size_t end, std::string_view with);
  void move_to(size_t offset);
  void move_back(Position from, Position to);
  void leave_full_row();
  void write_up_to(size_t offset);
  void draw();
  void note_width();
  size_t word_left() const;
  size_t word_right() const;
  std::string_view tail() const { return std::string_view(text_).substr(cursor_); }

  Terminal& terminal_;
  History* const history_;
  KeyDecoder keys_;
  std::string prompt_, text_;
  std::string unsettled_;  ///< typed at the cursor, and neither in the text nor shown
  Layout layout_;          ///< of the text
  Part part_ = Part::First;
  size_t cursor_ = 0;
  Position position_;
  bool just_indented_ = false, refused_indentation_ = false;
  size_t recalled_ = 0;  ///< how far back in the history the line is, from 1; 0: it is none of it
  std::string draft_;    ///< what was typed before going back
};

}  // namespace upy
