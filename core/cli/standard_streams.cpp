#include "cli/standard_streams.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cli/interrupts.h"

namespace upy {

void StandardStreams::write(Stream stream, std::string_view text) {
  const int descriptor = stream == Stream::Out ? STDOUT_FILENO : STDERR_FILENO;
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR && errno != EAGAIN) return;
    if (count > 0) text.remove_prefix(static_cast<size_t>(count));
  }
}

ptrdiff_t StandardStreams::read(char* buffer, size_t size) {
  if (input() == Input::Nothing) return -1;
  if (ahead_.empty()) read_ahead();
  const size_t count = ahead_.copy(buffer, size);
  ahead_.remove_prefix(count);
  return static_cast<ptrdiff_t>(count);
}

/// An interrupt at a terminal has the system drop what waits there.
void StandardStreams::heed_interrupts() {
  if (!ahead_.empty() && interrupts_ != Interrupts::count() && isatty(STDIN_FILENO)) ahead_ = {};
}

Console::Input StandardStreams::input() {
  heed_interrupts();
  if (!ahead_.empty()) return Input::Bytes;
  pollfd polled{STDIN_FILENO, POLLIN, 0};
  if (poll(&polled, 1, 0) <= 0) return Input::Nothing;
  return polled.revents & POLLIN ? Input::Bytes : Input::End;
}

int StandardStreams::input_descriptor() { return STDIN_FILENO; }

size_t StandardStreams::columns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void StandardStreams::read_ahead() {
  interrupts_ = Interrupts::count();
  ssize_t count;
  do {
    count = ::read(STDIN_FILENO, buffer_, sizeof buffer_);
  } while (count < 0 && errno == EINTR);
  ahead_ = {buffer_, static_cast<size_t>(std::max<ssize_t>(count, 0))};
}

}  // namespace upy
