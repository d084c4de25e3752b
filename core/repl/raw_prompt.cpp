#include "repl/raw_prompt.h"

namespace upy {

namespace {

constexpr char kCtrlA = 1, kCtrlB = 2, kCtrlC = 3, kCtrlD = 4, kCtrlE = 5;
constexpr std::string_view kEnd = "\x04", kWindowTaken = "\x01";

}  // namespace

void RawPrompt::greet() {
  source_.clear();
  pasting_ = false;
  surroundings_.send("raw REPL; CTRL-B to exit\r\n");
  ask();
}

void RawPrompt::ask() { surroundings_.send(">"); }

Turn RawPrompt::take(char byte) {
  if (pasting_) return take_pasted(byte);
  switch (byte) {
    case kCtrlA:
      return take_command();
    case kCtrlB:
      source_.clear();
      surroundings_.send("\r\n");
      return Turn::Friendly;
    case kCtrlC:
      cancel();
      return Turn::ReadOn;
    case kCtrlD:
      surroundings_.send("OK");
      if (!source_.is_empty()) return run();
      surroundings_.send("\r\n");
      return Turn::SoftReset;
    default:
      source_.add(byte);
      return Turn::ReadOn;
  }
}

/// Ctrl-A: greets anew, or takes what stands before it as a command, which begins with Ctrl-E.
Turn RawPrompt::take_command() {
  const std::string_view text = source_.view();
  const char command = text.size() == 2 && text[0] == kCtrlE ? text[1] : '\0';
  source_.clear();
  if (command == '\0') {
    greet();
  } else if (command == 'A') {
    begin_paste();
  } else {
    surroundings_.send({"R\x00>", 3});  // no such command
  }
  return Turn::ReadOn;
}

void RawPrompt::begin_paste() {
  pasting_ = true;
  window_ = kWindow;
  surroundings_.send("R\x01");
  constexpr char kSize[] = {kWindow & 0xff, kWindow >> 8};
  surroundings_.send({kSize, sizeof kSize});
  surroundings_.send(kWindowTaken);
}

void RawPrompt::end_paste() {
  pasting_ = false;
  surroundings_.send(kEnd);
}

Turn RawPrompt::take_pasted(char byte) {
  if (byte == kCtrlD) {
    end_paste();
    return run();
  }
  if (byte == kCtrlC) return (cancel(), Turn::ReadOn);
  source_.add(byte);
  if (--window_ > 0) return Turn::ReadOn;
  window_ = kWindow;
  surroundings_.send(kWindowTaken);
  return Turn::ReadOn;
}

/// A raw paste that is cancelled counts as a run that was interrupted.
void RawPrompt::cancel() {
  source_.clear();
  if (!pasting_) return;
  end_paste();
  surroundings_.send(kEnd);
  surroundings_.send_text("KeyboardInterrupt: \n");
  surroundings_.send(kEnd);
  ask();
}

Turn RawPrompt::run() {
  const RunEnd end = source_.run(InputKind::Program, kEnd);
  surroundings_.send(kEnd);
  if (end == RunEnd::Exits) return Turn::Exit;
  ask();
  return Turn::ReadOn;
}

}  // namespace upy
