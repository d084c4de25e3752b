#pragma once

#include <termios.h>

#include <string_view>

#include "upyctl/forced_exit.h"

namespace upyctl {

/// Settings of the terminal at the standard input in place of those it has, as long as this lives. However the process
/// ends, but by SIGKILL, the terminal has its own again then: also by an exit by force, by what a user sends (SIGQUIT)
/// and by a fault of upyctl (SIGABRT, SIGSEGV and the like). There is one at a time.
class TerminalSettings {
 public:
  /// `farewell` is what the standard output, a terminal, gets where the process ends in the midst of this; it must live
  /// as long as the process.
  explicit TerminalSettings(const termios& settings, std::string_view farewell = "");
  ~TerminalSettings();
  TerminalSettings(const TerminalSettings&) = delete;
  TerminalSettings& operator=(const TerminalSettings&) = delete;

  /// The terminal has its own until `set_again`.
  void put_back() const;
  /// Sets them anew: the process was stopped meanwhile, and others have used the terminal.
  void set_again() const;

 private:
  const termios settings_;
  const BeforeForcedExit before_forced_exit_;
};

}  // namespace upyctl
