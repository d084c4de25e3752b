#include "cli/terminal_mode.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>

namespace upy {

namespace {

// What signal handlers need.
bool is_terminal;
termios before;                    // the settings that are to be restored
volatile sig_atomic_t is_changed;  // they are not in force
termios current;                   // those that are, if so

constexpr int kEndingSignals[] = {SIGHUP, SIGQUIT, SIGTERM, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};

void restore() {
  if (is_changed) tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

void on_ending_signal(int number) {
  restore();
  signal(number, SIG_DFL);
  raise(number);
}

/// The process was stopped, and whoever had the terminal meanwhile may have set it as they like.
void on_continue(int) {
  const int error = errno;
  if (is_changed) tcsetattr(STDIN_FILENO, TCSANOW, &current);
  errno = error;
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, nullptr);
}

void make_keys(termios& settings) {
  settings.c_iflag &= ~static_cast<tcflag_t>(BRKINT | INPCK | ISTRIP | IXON);
  settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN | ISIG);
  settings.c_cflag = (settings.c_cflag & ~static_cast<tcflag_t>(CSIZE | PARENB)) | CS8;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
}

}  // namespace

TerminalMode::TerminalMode() {
  is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
  if (!is_terminal) return;
  for (const int number : kEndingSignals) handle(number, on_ending_signal);
  handle(SIGCONT, on_continue);
}

TerminalMode::~TerminalMode() {
  if (!is_terminal) return;
  set(Mode::Lines);
  for (const int number : kEndingSignals) signal(number, SIG_DFL);
  signal(SIGCONT, SIG_DFL);
}

void TerminalMode::set(Mode mode) {
  if (!is_terminal) return;
  termios settings = before;
  if (mode != Mode::Lines) make_keys(settings);
  if (mode == Mode::KeysAndSignal) {
    settings.c_lflag |= ISIG;
    for (const int key : {VQUIT, VSUSP}) settings.c_cc[key] = _POSIX_VDISABLE;
  }
  current = settings;
  is_changed = mode != Mode::Lines;
  tcsetattr(STDIN_FILENO, TCSANOW, &settings);
}

}  // namespace upy
