#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What people type at a terminal. The bytes of keys are those of a VT100 and its descendants, xterm among them.
namespace upy {

enum class Key : uint8_t {
  Text,  ///< a printable character: KeyDecoder::text
  CtrlA,
  CtrlB,
  CtrlC,
  CtrlD,
  CtrlE,
  Enter,
  Tab,
  Backspace,
  Delete,
  Left,
  Right,
  Up,
  Down,
  Home,
  End,
  WordLeft,
  WordRight,
  EraseWordLeft,
  EraseWordRight,
  EraseToStart,
  EraseToEnd,
};

/// Puts bytes together to keys. Bytes that are no key are dropped, and so are sequences that say nothing.
class KeyDecoder {
 public:
  /// Takes a byte, and answers the key that it completes.
  std::optional<Key> take(char byte);
  /// The character of the last Key::Text, in UTF-8.
  std::string_view text() const { return text_; }

 private:
  enum class State : uint8_t { Ground, Escape, Bracket, KeypadO, Utf8 };

  std::optional<Key> take_in_ground(char byte);
  std::optional<Key> take_after_escape(char byte);
  std::optional<Key> take_in_bracket(char byte);
  std::optional<Key> take_in_utf8(char byte);
  std::optional<Key> take_line_end(char byte);

  static constexpr size_t kMostParameters = 16;  ///< bytes of them in a sequence, those after it are not looked at

  State state_ = State::Ground;
  std::string parameters_;  ///< of the sequence that has begun with ESC [
  std::string text_;
  size_t missing_ = 0;  ///< bytes of `text_` still to come
  char line_end_ = 0;   ///< the byte that was an Enter, if it came last: the other one of a pair is none
};

}  // namespace upy
