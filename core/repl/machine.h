#pragma once

#include "repl/friendly_prompt.h"
#include "repl/raw_prompt.h"

namespace upy {

/// The prompt: bytes that come in, in the mode that the ones before have brought it to. Runs begin and end while it
/// takes a byte.
class ReplMachine {
 public:
  ReplMachine(ReplSurroundings& surroundings, History& history)
      : friendly_(surroundings, history), raw_(surroundings) {}

  /// Shows the prompt in the present mode, to somebody who has not seen it yet.
  void greet() { is_raw_ ? raw_.greet() : friendly_.greet(); }
  /// What is left to be done: ReadOn, SoftReset or Exit.
  Turn take(char byte) {
    const Turn turn = is_raw_ ? raw_.take(byte) : friendly_.take(byte);
    if (turn != Turn::Raw && turn != Turn::Friendly) return turn;
    is_raw_ = turn == Turn::Raw;
    greet();
    return Turn::ReadOn;
  }
  /// Nothing waits behind what was taken: the screen is to show it.
  void settle() {
    if (!is_raw_) friendly_.settle();
  }
  /// The next greeting is that of friendly mode, which knows of nothing that was typed before.
  void begin_anew() { is_raw_ = false; }
  /// The friendly prompt's line leaves the screen, and comes back.
  void hide() {
    if (!is_raw_) friendly_.hide();
  }
  void show() {
    if (!is_raw_) friendly_.show();
  }
  /// As Ctrl-C does.
  void cancel() { is_raw_ ? raw_.cancel() : friendly_.cancel(); }
  bool is_raw() const { return is_raw_; }

 private:
  FriendlyPrompt friendly_;
  RawPrompt raw_;
  bool is_raw_ = false;
};

}  // namespace upy
