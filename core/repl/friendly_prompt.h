#pragma once

#include "repl/source_text.h"
#include "repl/turn.h"

namespace upy {

/// The prompt for people: a line or several are edited, run and answered, and texts pasted.
class FriendlyPrompt {
 public:
  FriendlyPrompt(ReplSurroundings& surroundings, History& history)
      : surroundings_(surroundings), editor_(surroundings, &history), source_(surroundings) {}

  /// Says who is there, and asks.
  void greet();
  Turn take(char byte);
  /// As LineEditor::settle.
  void settle() { editor_.settle(); }
  /// The line that is being edited leaves the screen, and comes back. A text that is being pasted stays.
  void hide();
  void show();
  /// Forgets what was typed and asks anew.
  void cancel();

 private:
  enum class State { First, Further, Paste };

  void ask();
  void ask_further();
  Turn take_line();
  Turn take_pasted(char byte);
  Turn run(InputKind kind);

  ReplSurroundings& surroundings_;
  LineEditor editor_;
  SourceText source_;
  State state_ = State::First;
  bool indents_ = true;   ///< further lines of the statement
  char pasted_last_ = 0;  ///< of a pasted text, the byte before
};

}  // namespace upy
