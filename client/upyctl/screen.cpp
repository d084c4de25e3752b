#include "upyctl/screen.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <string>

namespace upyctl {
namespace {

constexpr std::string_view kSecondScreen = "\x1b[?1049h\x1b[?25l", kFirstScreen = "\x1b[?25h\x1b[?1049l";

/// Ctrl-C and Ctrl-Z are signals, so that they are heard whatever this waits for; no other key is.
termios keys() {
  termios settings{};
  tcgetattr(STDIN_FILENO, &settings);
  settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  settings.c_lflag |= ISIG;
  settings.c_cc[VQUIT] = _POSIX_VDISABLE;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  return settings;
}

}  // namespace

Screen::Screen(const Terminal& terminal) : terminal_(terminal), settings_(keys(), kFirstScreen) {
  terminal_.out(kSecondScreen);
}

void Screen::leave() const {
  terminal_.out(kFirstScreen);
  settings_.put_back();
}

void Screen::enter() const {
  settings_.set_again();
  terminal_.out(kSecondScreen);
}

Screen::~Screen() {
  try {
    terminal_.out(kFirstScreen);
  } catch (const std::exception&) {  // the terminal is gone
  }
}

TextSize Screen::size() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {};
  return {size.ws_row, size.ws_col};
}

void Screen::show(std::string_view picture) const {
  std::string drawn = "\x1b[H";
  for (const char c : picture) drawn += c == '\n' ? std::string("\x1b[K\r\n") : std::string(1, c);
  terminal_.out(drawn + "\x1b[K\x1b[J");
}

std::optional<char> Screen::wait_for_key(std::chrono::milliseconds at_most, int end) {
  pollfd waiting[] = {{STDIN_FILENO, POLLIN, 0}, {end, POLLIN, 0}};
  if (poll(waiting, 2, static_cast<int>(at_most.count())) <= 0 || waiting[1].revents != 0) return std::nullopt;
  constexpr char kEnd = 'q';  // of a terminal that is gone
  char key = kEnd;
  return read(STDIN_FILENO, &key, 1) == 1 ? key : kEnd;
}

}  // namespace upyctl
