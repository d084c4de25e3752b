#include "repl/friendly_prompt.h"

#include <utility>

#include "compiler/front/incomplete.h"

namespace upy {

namespace {

constexpr char kCtrlC = 3, kCtrlD = 4;

/// The last line of a text, and what stands before it.
struct LastLine {
  std::string_view before, line;
};

LastLine last_line_of(std::string_view text) {
  const size_t newline = text.rfind('\n');
  if (newline == text.npos) return {{}, text};
  return {text.substr(0, newline), text.substr(newline + 1)};
}

bool is_blank(std::string_view line) { return line.find_first_not_of(' ') == line.npos; }

/// By how many levels the line after these is to be indented: as the last one, and one more after a colon. Two blank
/// lines say that there is enough.
size_t levels_after(std::string_view source) {
  const auto [before, line] = last_line_of(source);
  if (is_blank(line) && !before.empty() && is_blank(last_line_of(before).line)) return 0;
  const size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  return blanks / LineEditor::kIndent + (line.ends_with(':') ? 1 : 0);
}

}  // namespace

void FriendlyPrompt::greet() {
  surroundings_.send(surroundings_.banner());
  surroundings_.send("\r\nType \"help()\" for more information.\r\n");
  ask();
}

void FriendlyPrompt::ask() {
  source_.clear();
  state_ = State::First;
  indents_ = true;
  editor_.begin(surroundings_.prompt(LineEditor::Part::First), LineEditor::Part::First, 0);
}

void FriendlyPrompt::ask_further() {
  const size_t levels = indents_ ? levels_after(source_.view()) : 0;
  source_.add('\n');
  state_ = State::Further;
  editor_.begin(surroundings_.prompt(LineEditor::Part::Further), LineEditor::Part::Further, levels);
}

void FriendlyPrompt::hide() {
  if (state_ != State::Paste) editor_.hide();
}

void FriendlyPrompt::show() {
  if (state_ != State::Paste) editor_.show();
}

void FriendlyPrompt::cancel() {
  surroundings_.send("\r\n");
  ask();
}

Turn FriendlyPrompt::take(char byte) {
  using Event = LineEditor::Event;
  if (state_ == State::Paste) return take_pasted(byte);
  const Event event = editor_.take(byte);
  if (event == Event::Line) return take_line();
  if (event == Event::Cancel) return (cancel(), Turn::ReadOn);
  if (event == Event::CtrlD && state_ == State::Further) return run(InputKind::Statement);
  if (state_ == State::Further) return Turn::ReadOn;
  switch (event) {
    case Event::CtrlA:
      surroundings_.send("\r\n");
      return Turn::Raw;
    case Event::CtrlB:
      surroundings_.send("\r\n");
      return Turn::Friendly;
    case Event::CtrlD:
      surroundings_.send("\r\n");
      return Turn::SoftReset;
    case Event::CtrlE:
      surroundings_.send("\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
      state_ = State::Paste;
      pasted_last_ = 0;
      return Turn::ReadOn;
    default:
      return Turn::ReadOn;
  }
}

Turn FriendlyPrompt::take_line() {
  if (state_ == State::First && editor_.text().empty()) return (ask(), Turn::ReadOn);
  source_.add(editor_.text());
  if (editor_.refused_indentation()) indents_ = false;
  if (source_.is_too_long() || !is_incomplete(source_.view())) return run(InputKind::Statement);
  ask_further();
  return Turn::ReadOn;
}

/// A pasted text is shown as it comes; CR, LF or both end its lines.
Turn FriendlyPrompt::take_pasted(char byte) {
  if (byte == kCtrlC) return (cancel(), Turn::ReadOn);
  if (byte == kCtrlD) {
    surroundings_.send("\r\n");
    return run(InputKind::Pasted);
  }
  const char before = std::exchange(pasted_last_, byte);
  if (byte == '\n' && before == '\r') return Turn::ReadOn;
  const bool ends_line = byte == '\r' || byte == '\n';
  source_.add(ends_line ? '\n' : byte);
  surroundings_.send(ends_line ? std::string_view("\r\n=== ") : std::string_view(&byte, 1));
  return Turn::ReadOn;
}

Turn FriendlyPrompt::run(InputKind kind) {
  if (source_.run(kind, "") == RunEnd::Exits) return Turn::Exit;
  ask();
  return Turn::ReadOn;
}

}  // namespace upy
