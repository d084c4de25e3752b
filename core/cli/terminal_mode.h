#pragma once

namespace upy {

/// How the terminal at standard input treats what is typed. However the process ends, but by SIGKILL, the terminal is
/// then as it was before.
class TerminalMode {
 public:
  enum class Mode {
    Lines,          ///< as it was: lines are edited and shown by the terminal, Ctrl-C is a signal
    Keys,           ///< each key comes as it is, Ctrl-C too, and is not shown
    KeysAndSignal,  ///< the same, but Ctrl-C is a signal
  };

  /// Starts with Lines. There is one at a time.
  TerminalMode();
  ~TerminalMode();
  TerminalMode(const TerminalMode&) = delete;
  TerminalMode& operator=(const TerminalMode&) = delete;

  void set(Mode mode);
};

}  // namespace upy
