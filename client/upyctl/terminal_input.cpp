#include "upyctl/terminal_input.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace upyctl {
namespace {

/// Where lines are edited, Ctrl-] ends one, so that it is seen at once; Ctrl-C becomes a signal, and no other key does.
termios settings_for(Typed typed, const termios& before) {
  termios settings = before;
  if (typed == Typed::Lines) {
    settings.c_iflag |= ICRNL;
    settings.c_lflag |= ICANON | ECHO | ECHOE | ISIG | IEXTEN;
    settings.c_cc[VEOL2] = kLeave;
    settings.c_cc[VQUIT] = settings.c_cc[VSUSP] = _POSIX_VDISABLE;
  } else {
    cfmakeraw(&settings);
    if (typed == Typed::Keys) settings.c_oflag = before.c_oflag;
  }
  return settings;
}

}  // namespace

TerminalInput::TerminalInput(Typed typed) {
  termios before{};
  if (tcgetattr(STDIN_FILENO, &before) == 0) settings_.emplace(settings_for(typed, before));
}

void TerminalInput::set_again() const {
  if (settings_) settings_->set_again();
}

uint32_t terminal_columns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace upyctl
