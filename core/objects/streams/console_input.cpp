#include "objects/streams/console_input.h"

#include <utility>

namespace upy {

namespace {

/// What take_interrupt looks through at most: hosts hold less.
constexpr size_t kMostAhead = 4 << 20;

}  // namespace

ptrdiff_t ConsoleInput::read(char* data, size_t size) {
  heed_interrupts();
  if (ahead().empty()) return vm_.ports.console.read(data, size);
  const size_t count = ahead().copy(data, size);
  take(count);
  return static_cast<ptrdiff_t>(count);
}

void ConsoleInput::take(size_t bytes) {
  taken_ += bytes;
  if (ahead().empty()) forget();
}

/// Of what is read in the moment of an interrupt nobody knows whether it came before. It is taken for what came after,
/// which may not be lost.
void ConsoleInput::heed_interrupts() {
  const unsigned interrupts = interrupts_.load(std::memory_order_relaxed);
  if (std::exchange(seen_interrupts_, interrupts) != interrupts && is_typed_ahead_) forget();
}

void ConsoleInput::put_back(std::string_view bytes) {
  heed_interrupts();
  ahead_.replace(0, taken_, bytes);
  taken_ = 0;
}

Console::Input ConsoleInput::input() {
  heed_interrupts();
  return ahead().empty() ? vm_.ports.console.input() : Console::Input::Bytes;
}

/// Reads all that is there.
void ConsoleInput::read_ahead() {
  char buffer[1024];
  while (ahead().size() < kMostAhead && vm_.ports.console.input() == Console::Input::Bytes) {
    const ptrdiff_t count = vm_.ports.console.read(buffer, sizeof buffer);
    if (count <= 0) return;
    heed_interrupts();
    is_typed_ahead_ = true;
    ahead_.append(buffer, static_cast<size_t>(count));
  }
}

void ConsoleInput::drop_line_feed() {
  heed_interrupts();
  if (ahead().empty()) read_ahead();
  if (ahead().starts_with('\n')) take(1);
}

bool ConsoleInput::take_interrupt(char byte) {
  heed_interrupts();
  read_ahead();
  const size_t at = ahead().rfind(byte);
  if (at == std::string_view::npos) return false;
  take(at + 1);
  return true;
}

}  // namespace upy
