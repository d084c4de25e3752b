#pragma once

#include <termios.h>

#include <cstdint>

#include "upyctl/forced_exit.h"

namespace upyctl {

/// What reaches the instance of what is typed at a terminal.
enum class Typed {
  Lines,   ///< each with Enter, as the terminal's own editing (echo, Backspace) has made it; Ctrl-D ends the input
  Keys,    ///< each at once, without echo
  Prompt,  ///< the same, and Ctrl-C too; and the terminal shows what comes as it is
};

/// Has the terminal at standard input hand over what is typed, as long as it lives; then the terminal is as it was.
/// Does nothing to what is no terminal.
class TerminalInput {
 public:
  explicit TerminalInput(Typed typed);
  ~TerminalInput();
  TerminalInput(const TerminalInput&) = delete;
  TerminalInput& operator=(const TerminalInput&) = delete;

  bool is_terminal() const { return is_terminal_; }
  /// Sets it anew: the process was stopped meanwhile, and others have used the terminal.
  void set_again() const;

 private:
  termios settings_for(Typed typed) const;

  void put_back(int when) const;

  termios before_, now_;
  bool is_terminal_;
  const BeforeForcedExit before_forced_exit_;
};

/// Leaves the console, and so the prompt.
inline constexpr char kLeave = 0x1d;  // Ctrl-]

/// How wide the terminal is where the standard output goes; 0: it is none.
uint32_t terminal_columns();

}  // namespace upyctl
