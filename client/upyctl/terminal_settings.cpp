#include "upyctl/terminal_settings.h"

#include <poll.h>
#include <unistd.h>

#include <csignal>

namespace upyctl {
namespace {

// What a handler of signals needs.
termios before;
std::string_view last_words;
volatile std::sig_atomic_t is_changed = 0;

/// Those that end a process at once. The others that do so are watched (SignalWatch).
constexpr int kFatal[] = {SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,  SIGFPE,
                          SIGSEGV, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGSYS};

/// A terminal that nobody reads would keep the process for ever.
void leave_now() {
  if (!is_changed) return;
  pollfd screen{STDOUT_FILENO, POLLOUT, 0};
  const bool is_read = !last_words.empty() && poll(&screen, 1, 0) == 1;
  if (is_read && write(STDOUT_FILENO, last_words.data(), last_words.size()) < 0) last_words = {};
  tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

void on_fatal_signal(int number) {
  leave_now();
  std::signal(number, SIG_DFL);
  raise(number);
}

/// Where one is ignored, it is to stay so.
void handle_fatal_signals(void (*from)(int), void (*to)(int)) {
  for (const int number : kFatal) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    if (action.sa_handler != from) continue;
    action.sa_handler = to;
    sigaction(number, &action, nullptr);
  }
}

}  // namespace

TerminalSettings::TerminalSettings(const termios& settings, std::string_view farewell)
    : settings_(settings), before_forced_exit_(leave_now) {
  tcgetattr(STDIN_FILENO, &before);
  last_words = farewell;
  is_changed = 1;
  handle_fatal_signals(SIG_DFL, on_fatal_signal);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &settings_);
}

TerminalSettings::~TerminalSettings() {
  put_back();
  is_changed = 0;
  handle_fatal_signals(on_fatal_signal, SIG_DFL);
}

void TerminalSettings::put_back() const { tcsetattr(STDIN_FILENO, TCSADRAIN, &before); }

void TerminalSettings::set_again() const { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings_); }

}  // namespace upyctl
