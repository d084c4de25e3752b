#include "terminal/keys.h"

#include "bytecode/utf8.h"

namespace upy {

namespace {

constexpr char kEscape = 27, kDelete = 127;

constexpr char ctrl(char letter) { return static_cast<char>(letter & 0x1f); }

/// How many bytes follow the first one of a character; none if it is no first byte.
size_t bytes_after(char lead) {
  const auto byte = static_cast<uint8_t>(lead);
  if (byte >= 0xf0 && byte < 0xf8) return 3;
  if (byte >= 0xe0) return byte < 0xf0 ? 2 : 0;
  return byte >= 0xc0 ? 1 : 0;
}

/// The control characters beyond ASCII, U+0080 to U+009F.
bool is_control(std::string_view character) {
  return character.size() == 2 && character[0] == '\xc2' && static_cast<uint8_t>(character[1]) < 0xa0;
}

/// A key that means the same behind Escape, which it breaks off: nobody may have Ctrl-C swallowed.
bool is_control_key(char byte) { return static_cast<uint8_t>(byte) < ' ' && byte != '\b'; }

std::optional<Key> key_of_letter(char letter) {
  switch (letter) {
    case 'A':
      return Key::Up;
    case 'B':
      return Key::Down;
    case 'C':
      return Key::Right;
    case 'D':
      return Key::Left;
    case 'H':
      return Key::Home;
    case 'F':
      return Key::End;
    default:
      return {};
  }
}

/// ESC [ number ~.
std::optional<Key> key_of_number(std::string_view number) {
  if (number == "1" || number == "7") return Key::Home;
  if (number == "4" || number == "8") return Key::End;
  if (number == "3") return Key::Delete;
  return {};
}

/// The same keys with Ctrl or Alt held down.
std::optional<Key> by_words(std::optional<Key> key) {
  if (key == Key::Left) return Key::WordLeft;
  if (key == Key::Right) return Key::WordRight;
  return key;
}

/// Whether the parameters of a sequence end in a modifier that has Alt (2) or Ctrl (4) in it, counted from 1.
bool has_modifier(std::string_view parameters) {
  const size_t separator = parameters.rfind(';');
  const std::string_view last = separator == parameters.npos ? parameters : parameters.substr(separator + 1);
  return last.size() == 1 && last[0] >= '1' && last[0] <= '8' && ((last[0] - '1') & 6) != 0;
}

}  // namespace

std::optional<Key> KeyDecoder::take(char byte) {
  switch (state_) {
    case State::Ground:
      return take_in_ground(byte);
    case State::Escape:
      return take_after_escape(byte);
    case State::Bracket:
      return take_in_bracket(byte);
    case State::KeypadO:
      state_ = State::Ground;
      return is_control_key(byte) ? take_in_ground(byte) : key_of_letter(byte);
    case State::Utf8:
      return take_in_utf8(byte);
  }
  return {};
}

std::optional<Key> KeyDecoder::take_in_ground(char byte) {
  if (byte == '\r' || byte == '\n') return take_line_end(byte);
  line_end_ = 0;
  switch (byte) {
    case ctrl('A'):
      return Key::CtrlA;
    case ctrl('B'):
      return Key::CtrlB;
    case ctrl('C'):
      return Key::CtrlC;
    case ctrl('D'):
      return Key::CtrlD;
    case ctrl('E'):
      return Key::CtrlE;
    case ctrl('F'):
      return Key::Right;
    case '\b':
    case kDelete:
      return Key::Backspace;
    case '\t':
      return Key::Tab;
    case ctrl('K'):
      return Key::EraseToEnd;
    case ctrl('N'):
      return Key::Down;
    case ctrl('P'):
      return Key::Up;
    case ctrl('U'):
      return Key::EraseToStart;
    case ctrl('W'):
      return Key::EraseWordLeft;
    case kEscape:
      state_ = State::Escape;
      return {};
  }
  if (static_cast<uint8_t>(byte) < ' ') return {};
  text_.assign(1, byte);
  if (static_cast<uint8_t>(byte) < 0x80) return Key::Text;
  missing_ = bytes_after(byte);
  if (missing_ > 0) state_ = State::Utf8;
  return {};
}

/// CR, LF, and either with the other behind it end one line.
std::optional<Key> KeyDecoder::take_line_end(char byte) {
  const bool is_second = line_end_ != 0 && line_end_ != byte;
  line_end_ = is_second ? 0 : byte;
  if (is_second) return {};
  return Key::Enter;
}

std::optional<Key> KeyDecoder::take_after_escape(char byte) {
  state_ = State::Ground;
  switch (byte) {
    case '[':
      state_ = State::Bracket;
      parameters_.clear();
      return {};
    case 'O':
      state_ = State::KeypadO;
      return {};
    case 'b':
      return Key::WordLeft;
    case 'f':
      return Key::WordRight;
    case 'd':
      return Key::EraseWordRight;
    case '\b':
    case kDelete:
      return Key::EraseWordLeft;
    default:
      return is_control_key(byte) ? take_in_ground(byte) : std::nullopt;
  }
}

/// A control sequence: parameters, and a byte from @ to ~ that ends it. Any other byte breaks it off.
std::optional<Key> KeyDecoder::take_in_bracket(char byte) {
  if (byte >= ' ' && byte < '@') {
    if (parameters_.size() < kMostParameters) parameters_ += byte;
    return {};
  }
  state_ = State::Ground;
  if (byte < '@' || byte > '~') return take_in_ground(byte);
  if (byte == '~') return key_of_number(std::string_view(parameters_).substr(0, parameters_.find(';')));
  return has_modifier(parameters_) ? by_words(key_of_letter(byte)) : key_of_letter(byte);
}

std::optional<Key> KeyDecoder::take_in_utf8(char byte) {
  if (!is_continuation(byte)) {
    state_ = State::Ground;
    return take_in_ground(byte);
  }
  text_ += byte;
  if (--missing_ > 0) return {};
  state_ = State::Ground;
  if (!is_utf8(text_) || is_control(text_)) return {};
  return Key::Text;
}

}  // namespace upy
