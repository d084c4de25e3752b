#include "reactor/terminal_line.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace upyd {
namespace {

using asio::posix::stream_descriptor;

/// So many pieces are read before others have their turn on the reactor.
constexpr int kPiecesInARow = 16;

}  // namespace

TerminalLine::TerminalLine(Reactor& reactor, OpenWatch& watch, PseudoTerminal terminal, Owner& owner)
    : watch_(watch),
      owner_(&owner),
      path_(terminal.path()),
      terminal_(std::move(terminal)),
      near_(reactor.io(), terminal_->descriptor()) {}

/// The descriptor is the terminal's.
TerminalLine::~TerminalLine() {
  if (near_.is_open()) near_.release();
}

bool TerminalLine::begin() {
  watching_ = watch_.add(path_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->look();
  });
  return watching_ != OpenWatch::kNone;
}

bool TerminalLine::renew() {
  is_open_ = false;
  return terminal_->renew();
}

void TerminalLine::close() {
  watch_.remove(watching_);
  owner_ = nullptr;
  is_open_ = false;
  near_.release();
  terminal_.reset();
}

void TerminalLine::look() {
  if (is_open_ || !terminal_ || !terminal_->is_open()) return;
  is_open_ = true;
  owner_->opened();
  read_on();
}

void TerminalLine::read_on() {
  if (!is_open_ || std::exchange(waits_to_read_, true)) return;
  near_.async_wait(stream_descriptor::wait_read, [self = shared_from_this()](const asio::error_code& error) {
    self->waits_to_read_ = false;
    if (!error && self->is_open_) self->read_some();
  });
}

void TerminalLine::read_some() {
  char buffer[4096];
  for (int piece = 0; piece < kPiecesInARow; ++piece) {
    const ssize_t size = read(terminal_->descriptor(), buffer, sizeof buffer);
    if (size > 0) {
      if (!owner_->typed({buffer, static_cast<size_t>(size)})) return;
    } else if (size < 0 && errno == EAGAIN) {
      break;
    } else if (size == 0 || errno != EINTR) {
      return owner_->hung_up();
    }
  }
  read_on();
}

void TerminalLine::write(std::string& output) {
  if (!is_open_ || waits_to_write_) return;
  size_t written = 0;
  while (written < output.size()) {
    const ssize_t size = ::write(terminal_->descriptor(), output.data() + written, output.size() - written);
    if (size > 0) {
      written += static_cast<size_t>(size);
    } else if (size == 0 || errno != EINTR) {
      break;
    }
  }
  output.erase(0, written);
  if (output.empty()) return;
  waits_to_write_ = true;
  near_.async_wait(stream_descriptor::wait_write, [self = shared_from_this()](const asio::error_code& error) {
    self->waits_to_write_ = false;
    if (!error && self->is_open_) self->owner_->has_room();
  });
}

}  // namespace upyd
