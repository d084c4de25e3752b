#include "system/pseudo_terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace upyd {
namespace {

/// The far side, open as long as this lives.
class FarSide {
 public:
  explicit FarSide(int terminal) : descriptor_(ioctl(terminal, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
  ~FarSide() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  FarSide(const FarSide&) = delete;
  FarSide& operator=(const FarSide&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

/// As a new one.
bool make_raw(int terminal) {
  termios settings;
  if (tcgetattr(terminal, &settings) != 0) return false;
  cfmakeraw(&settings);
  return tcsetattr(terminal, TCSANOW, &settings) == 0;
}

upy::PortError system_error(const std::string& what) {
  const int number = errno;
  return {number, what + ": " + std::strerror(number)};
}

}  // namespace

std::optional<PseudoTerminal> PseudoTerminal::make(const TerminalAccess& access, upy::PortError& error) {
  PseudoTerminal terminal(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
  error = terminal.prepare(access);
  if (error) return std::nullopt;
  return terminal;
}

PseudoTerminal::PseudoTerminal(PseudoTerminal&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

PseudoTerminal::~PseudoTerminal() {
  if (descriptor_ >= 0) close(descriptor_);
}

upy::PortError PseudoTerminal::prepare(const TerminalAccess& access) {
  constexpr auto kSame = static_cast<uid_t>(-1);
  char path[64];
  if (descriptor_ < 0 || unlockpt(descriptor_) != 0 || ptsname_r(descriptor_, path, sizeof path) != 0) {
    return system_error("the system gives no pseudo-terminal");
  }
  path_ = path;
  const FarSide far(descriptor_);
  if (far.descriptor() < 0 || !make_raw(far.descriptor()) || fchmod(far.descriptor(), 0) != 0) {
    return system_error(path_);
  }
  if (fchown(far.descriptor(), access.owner.value_or(kSame), access.group.value_or(kSame)) != 0 ||
      fchmod(far.descriptor(), access.mode) != 0) {
    return system_error("a terminal can be given to upyd's own user and groups alone, where upyd is not root");
  }
  return {};
}

bool PseudoTerminal::is_open() const {
  pollfd polled{descriptor_, POLLIN, 0};
  poll(&polled, 1, 0);
  return !(polled.revents & POLLHUP) || (polled.revents & POLLIN);
}

bool PseudoTerminal::renew() const {
  const FarSide far(descriptor_);
  constexpr winsize kUnknown{};
  return far.descriptor() >= 0 && ioctl(far.descriptor(), TIOCNXCL) == 0 &&
         ioctl(far.descriptor(), TIOCSWINSZ, &kUnknown) == 0 && tcflush(far.descriptor(), TCIFLUSH) == 0 &&
         tcflow(far.descriptor(), TCOON) == 0 && make_raw(far.descriptor());
}

size_t PseudoTerminal::columns() const {
  winsize size{};
  return ioctl(descriptor_, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace upyd
