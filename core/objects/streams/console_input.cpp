#include "objects/streams/console_input.h"

namespace upy {

namespace {

/// What take_first looks through at most: hosts hold less.
constexpr size_t kMostAhead = 256 << 10;

}  // namespace

ptrdiff_t ConsoleInput::read(char* data, size_t size) {
  if (ahead().empty()) return vm_.ports.console.read(data, size);
  const size_t count = ahead().copy(data, size);
  take(count);
  return static_cast<ptrdiff_t>(count);
}

void ConsoleInput::take(size_t bytes) {
  taken_ += bytes;
  if (!ahead().empty()) return;
  ahead_ = {};
  taken_ = 0;
}

void ConsoleInput::put_back(std::string_view bytes) {
  ahead_.replace(0, taken_, bytes);
  taken_ = 0;
}

Console::Input ConsoleInput::input() const {
  return ahead().empty() ? vm_.ports.console.input() : Console::Input::Bytes;
}

/// Reads all that is there.
void ConsoleInput::read_ahead() {
  char buffer[1024];
  while (ahead().size() < kMostAhead && vm_.ports.console.input() == Console::Input::Bytes) {
    const ptrdiff_t count = vm_.ports.console.read(buffer, sizeof buffer);
    if (count <= 0) return;
    ahead_.append(buffer, static_cast<size_t>(count));
  }
}

void ConsoleInput::drop_line_feed() {
  if (ahead().empty()) read_ahead();
  if (ahead().starts_with('\n')) take(1);
}

bool ConsoleInput::take_first(char byte) {
  read_ahead();
  const size_t at = ahead_.find(byte, taken_);
  if (at == ahead_.npos) return false;
  ahead_.erase(at, 1);
  return true;
}

}  // namespace upy
