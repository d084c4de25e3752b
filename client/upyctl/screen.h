#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "upyctl/terminal.h"
#include "upyctl/terminal_settings.h"
#include "upyctl/text.h"

namespace upyctl {

/// The whole of a terminal, for pictures that change: a second screen, keys without echo. The terminal is as it was
/// when this ends.
class Screen {
 public:
  /// `terminal` must show on the terminal that is the standard input.
  explicit Screen(const Terminal& terminal);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Leaves it for others, as the process is going to be stopped.
  void leave() const;
  /// Enters it anew: the process was stopped meanwhile, and others have used the terminal.
  void enter() const;
  /// Of the terminal now.
  static TextSize size();
  /// Shows a picture in place of the last.
  void show(std::string_view picture) const;
  /// Waits for a key, at most so long, or until `end` (a descriptor) is readable.
  static std::optional<char> wait_for_key(std::chrono::milliseconds at_most, int end);

 private:
  const Terminal& terminal_;
  const TerminalSettings settings_;
};

}  // namespace upyctl
