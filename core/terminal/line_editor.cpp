#include "terminal/line_editor.h"

#include <algorithm>
#include <utility>

namespace upy {

namespace {

constexpr size_t kSpaceIndent = 1;  ///< what a blank makes of the last level that was indented by itself

constexpr size_t kShortRest = 80;  ///< bytes of a line that may be written anew with each key

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<signed char>(c) < 0;
}

std::string move(size_t count, char direction) { return count == 0 ? "" : "\x1b[" + std::to_string(count) + direction; }

}  // namespace

void LineEditor::begin(std::string_view prompt, Part part, size_t levels) {
  prompt_ = prompt;
  part_ = part;
  unsettled_.clear();
  text_.assign(levels * kIndent, ' ');
  just_indented_ = levels > 0;
  refused_indentation_ = false;
  recalled_ = 0;
  draw();
}

/// Shows prompt and line from the start.
void LineEditor::draw() {
  terminal_.send(prompt_);
  layout_.begin(prompt_, terminal_.columns(), text_);
  cursor_ = 0;
  position_ = layout_.position(text_, 0);
  leave_full_row();
  write_up_to(text_.size());
}

void LineEditor::show() {
  const size_t cursor = cursor_;
  draw();
  move_to(cursor);
}

void LineEditor::hide() {
  note_width();
  terminal_.send(move(position_.row, 'A') + "\r\x1b[J");
}

LineEditor::Event LineEditor::take(char byte) {
  const auto key = keys_.take(byte);
  return key ? press(*key) : Event::None;
}

LineEditor::Event LineEditor::press(Key key) {
  note_width();
  if (key != Key::Text) settle();
  if (const Event event = command(key); event != Event::None) return event;
  const bool answered = just_indented_ && take_after_indentation(key);
  just_indented_ = false;
  if (!answered) edit(key);
  return Event::None;
}

/// Keys that end the line, or mean something else while it is empty.
LineEditor::Event LineEditor::command(Key key) {
  if (key == Key::CtrlC) return Event::Cancel;
  if (key == Key::Enter) return finish();
  if (!text_.empty()) return Event::None;
  switch (key) {
    case Key::CtrlA:
      return Event::CtrlA;
    case Key::CtrlB:
      return Event::CtrlB;
    case Key::CtrlD:
      return Event::CtrlD;
    case Key::CtrlE:
      return Event::CtrlE;
    default:
      return Event::None;
  }
}

LineEditor::Event LineEditor::finish() {
  if (layout_.end().row != position_.row) move_to(text_.size());
  terminal_.send("\r\n");
  if (history_) history_->add(text_);
  return Event::Line;
}

void LineEditor::edit(Key key) {
  switch (key) {
    case Key::Text:
      return put(keys_.text());
    case Key::Tab:
      return complete();
    case Key::Backspace:
      return backspace();
    case Key::CtrlD:
    case Key::Delete:
      if (cursor_ < text_.size()) replace(cursor_, cursor_ + character_length(tail()), "");
      break;
    case Key::CtrlB:
    case Key::Left:
      if (cursor_ > 0) move_to(previous_character(text_, cursor_));
      break;
    case Key::Right:
      if (cursor_ < text_.size()) move_to(cursor_ + character_length(tail()));
      break;
    case Key::CtrlA:
    case Key::Home:
      return move_to(0);
    case Key::CtrlE:
    case Key::End:
      return move_to(text_.size());
    case Key::WordLeft:
      return move_to(word_left());
    case Key::WordRight:
      return move_to(word_right());
    case Key::EraseWordLeft:
      return replace(word_left(), cursor_, "");
    case Key::EraseWordRight:
      return replace(cursor_, word_right(), "");
    case Key::EraseToStart:
      return replace(0, cursor_, "");
    case Key::EraseToEnd:
      return replace(cursor_, text_.size(), "");
    case Key::Up:
      return older();
    case Key::Down:
      return newer();
    case Key::Enter:
    case Key::CtrlC:
      break;
  }
}

void LineEditor::put(std::string_view character) {
  if (text_.size() + unsettled_.size() + character.size() > kMostBytes) return;
  if (tail().size() <= kShortRest) return replace(cursor_, cursor_, character);
  unsettled_ += character;
}

void LineEditor::settle() {
  if (unsettled_.empty()) return;
  note_width();
  replace(cursor_, cursor_, std::exchange(unsettled_, {}));
}

/// The first key after an indentation that the editor made: a tab takes it as it is, a blank puts one in place of the
/// last level. Both mean that the person indents the statement.
bool LineEditor::take_after_indentation(Key key) {
  const bool is_blank = key == Key::Text && keys_.text() == " ";
  if (key != Key::Tab && !is_blank) return false;
  refused_indentation_ = true;
  if (is_blank) {
    const size_t offset = text_.size() - kIndent + kSpaceIndent;
    move_to(offset);
    text_.resize(offset);  // blanks need no erasing
    layout_.change(text_, offset);
  }
  return true;
}

/// Takes a character away, or a level of an indentation.
void LineEditor::backspace() {
  if (cursor_ == 0) return;
  const bool in_indentation = cursor_ >= kIndent && text_.find_first_not_of(' ') >= cursor_;
  replace(in_indentation ? cursor_ - kIndent : previous_character(text_, cursor_), cursor_, "");
}

// ---- completion ----

void LineEditor::complete() {
  const std::string_view head = std::string_view(text_).substr(0, cursor_);
  const bool indents = head.empty() ? part_ == Part::Further : head.back() == ' ';
  Completion completion;
  if (indents)
    completion.common.assign(kIndent, ' ');
  else
    completion = terminal_.complete(head);
  if (text_.size() + completion.common.size() > kMostBytes) return;
  if (completion.common.empty()) return show_candidates(completion.candidates);
  replace(cursor_, cursor_, completion.common);
}

/// Shows them in columns below the line, and the line anew.
void LineEditor::show_candidates(const std::vector<std::string>& candidates) {
  constexpr size_t kWidth = 16, kLongest = 4 * kWidth, kLeastGap = 2;
  if (candidates.empty()) return;
  size_t used = kLongest;
  for (const std::string& candidate : candidates) {
    size_t column = (used + kWidth - 1) / kWidth * kWidth;
    if (column < used + kLeastGap) column += kWidth;
    const bool fits = column + candidate.size() <= kLongest;
    terminal_.send(fits ? std::string(column - used, ' ') : "\r\n");
    terminal_.send(candidate);
    used = candidate.size() + (fits ? column : 0);
  }
  terminal_.send("\r\n");
  show();
}

// ---- history ----

void LineEditor::recall(size_t age) {
  if (recalled_ == 0) draft_ = text_;
  recalled_ = age;
  replace(0, text_.size(), age == 0 ? draft_ : history_->back(age - 1));
}

void LineEditor::older() {
  if (history_ && recalled_ < history_->size()) recall(recalled_ + 1);
}

void LineEditor::newer() {
  if (recalled_ > 0) recall(recalled_ - 1);
}

// ---- what the terminal shows ----

/// Puts a text in place of that between two offsets, the first one not behind the cursor, and the cursor behind it.
void LineEditor::replace(size_t begin, size_t end, std::string_view with) {
  if (begin == end && with.empty()) return;
  const Position old_end = layout_.end();
  move_to(begin);
  text_.replace(begin, end - begin, with);
  layout_.change(text_, begin);
  const Position new_end = layout_.end();
  if (std::max(old_end, new_end).row == position_.row) {
    if (new_end < old_end) terminal_.send("\x1b[K");
  } else if (old_end != position_) {
    terminal_.send("\x1b[J");  // a wide character may leave the last column of a row as it was
  }
  write_up_to(text_.size());
  move_to(begin + with.size());
}

void LineEditor::move_to(size_t offset) {
  if (offset >= cursor_) return write_up_to(offset);
  const Position position = layout_.position(text_, offset);
  move_back(position_, position);
  cursor_ = offset;
  position_ = position;
}

void LineEditor::move_back(Position from, Position to) {
  constexpr size_t kFewSteps = 4;  // for which backspaces are no longer than a sequence
  if (to.row != from.row) {
    terminal_.send(move(from.row - to.row, 'A') + "\r" + move(to.column, 'C'));
    return;
  }
  const size_t steps = from.column - to.column;
  terminal_.send(steps <= kFewSteps ? std::string(steps, '\b') : move(steps, 'D'));
}

/// Having filled a row, a terminal waits with the next one until there is something to write into it.
void LineEditor::leave_full_row() {
  if (position_.row > 0 && position_.column == 0) terminal_.send("\r\n");
}

/// Moves the cursor on by writing what it passes.
void LineEditor::write_up_to(size_t offset) {
  const std::string_view text = std::string_view(text_).substr(cursor_, offset - cursor_);
  if (text.empty()) return;
  terminal_.send(text);
  cursor_ = offset;
  position_ = layout_.position(text_, offset);
  leave_full_row();
}

/// Where the cursor is if the terminal has another width by now.
void LineEditor::note_width() {
  const size_t width = terminal_.columns();
  if (width == layout_.width()) return;
  layout_.begin(prompt_, width, text_);
  position_ = layout_.position(text_, cursor_);
}

// ---- words ----

size_t LineEditor::word_left() const {
  size_t offset = cursor_;
  while (offset > 0 && !is_word(text_[offset - 1])) offset--;
  while (offset > 0 && is_word(text_[offset - 1])) offset--;
  return offset;
}

size_t LineEditor::word_right() const {
  size_t offset = cursor_;
  while (offset < text_.size() && !is_word(text_[offset])) offset++;
  while (offset < text_.size() && is_word(text_[offset])) offset++;
  return offset;
}

}  // namespace upy
