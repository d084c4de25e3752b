#pragma once

#include <cstdint>
#include <optional>

#include "upyctl/terminal_settings.h"

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

  bool is_terminal() const { return settings_.has_value(); }
  /// As TerminalSettings::set_again.
  void set_again() const;

 private:
  std::optional<TerminalSettings> settings_;
};

/// Leaves the console, and so the prompt.
inline constexpr char kLeave = 0x1d;  // Ctrl-]

/// How wide the terminal is where the standard output goes; 0: it is none.
uint32_t terminal_columns();

}  // namespace upyctl
