#include "upyctl/terminal_input.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace upyctl {

TerminalInput::TerminalInput(Typed typed)
    : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0), before_forced_exit_([this] { put_back(TCSANOW); }) {
  if (!is_terminal_) return;
  now_ = settings_for(typed);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &now_);
}

TerminalInput::~TerminalInput() { put_back(TCSADRAIN); }

void TerminalInput::put_back(int when) const {
  if (is_terminal_) tcsetattr(STDIN_FILENO, when, &before_);
}

void TerminalInput::set_again() const {
  if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &now_);
}

/// Where lines are edited, Ctrl-] ends one, so that it is seen at once; Ctrl-C becomes a signal, and no other key does.
termios TerminalInput::settings_for(Typed typed) const {
  termios settings = before_;
  if (typed == Typed::Lines) {
    settings.c_iflag |= ICRNL;
    settings.c_lflag |= ICANON | ECHO | ECHOE | ISIG | IEXTEN;
    settings.c_cc[VEOL2] = kLeave;
    settings.c_cc[VQUIT] = settings.c_cc[VSUSP] = _POSIX_VDISABLE;
  } else {
    cfmakeraw(&settings);
    if (typed == Typed::Keys) settings.c_oflag = before_.c_oflag;
  }
  return settings;
}

uint32_t terminal_columns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace upyctl
