#include "upyctl/console.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>
#include <thread>

#include "upyctl/output.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using upyclient::ConsoleStream;

constexpr char kLeave = 0x1d;  // Ctrl-]

/// Has the terminal hand over every key as it is typed, as long as it lives. Does nothing to what is no terminal.
class RawInput {
 public:
  RawInput() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios raw = before_;
    cfmakeraw(&raw);
    raw.c_oflag = before_.c_oflag;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  }
  ~RawInput() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  RawInput(const RawInput&) = delete;
  RawInput& operator=(const RawInput&) = delete;

  bool is_terminal() const { return is_terminal_; }

 private:
  termios before_;
  bool is_terminal_;
};

/// Sends the standard input to the instance, on a thread of its own.
class Typing {
 public:
  explicit Typing(ConsoleStream& stream) : stream_(stream), end_(eventfd(0, EFD_CLOEXEC)) {
    if (end_ < 0) throw std::system_error(errno, std::system_category(), "cannot watch the standard input");
    thread_ = std::thread([this] { run(); });
  }
  ~Typing() {
    eventfd_write(end_, 1);
    thread_.join();
    close(end_);
  }
  Typing(const Typing&) = delete;
  Typing& operator=(const Typing&) = delete;

  /// The user typed Ctrl-].
  bool left() const { return left_; }

 private:
  void run() {
    char buffer[4096];
    for (ssize_t size; (size = read_input(buffer, sizeof buffer)) >= 0;) {
      if (size == 0) return stream_.end_input();
      std::string_view input(buffer, static_cast<size_t>(size));
      const size_t leave = raw_.is_terminal() ? input.find(kLeave) : input.npos;
      if (!stream_.write(input.substr(0, leave))) return;
      if (leave == input.npos) continue;
      left_ = true;
      return stream_.cancel();
    }
  }

  /// As read(2); -1 also when it is over.
  ssize_t read_input(char* buffer, size_t size) const {
    pollfd waiting[] = {{end_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    while (poll(waiting, 2, -1) < 0) {
    }
    return waiting[0].revents != 0 ? -1 : read(STDIN_FILENO, buffer, size);
  }

  RawInput raw_;
  ConsoleStream& stream_;
  const int end_;
  std::atomic<bool> left_ = false;
  std::thread thread_;
};

}  // namespace

int attach_console(Session& session, const std::string& instance) {
  ConsoleStream stream = session.upyd().console(instance);
  Typing typing(stream);
  try {
    for (ConsoleEvent event; stream.read(event);) {
      if (session.format() == Format::Json) {
        session.terminal().json_line(event);
      } else if (event.has_output()) {
        show(session.terminal(), event.output());
      } else {
        show(session.terminal(), event.dropped());
      }
    }
  } catch (const upyclient::Error&) {
    if (!typing.left()) throw;
  }
  return kSuccess;
}

}  // namespace upyctl
