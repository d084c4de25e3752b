#include "upyctl/console.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "upyctl/output.h"
#include "upyctl/signals.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using upyclient::ConsoleStream;

constexpr char kLeave = 0x1d;  // Ctrl-]

/// Has the terminal hand over what is typed, as long as it lives. Does nothing to what is no terminal.
class TerminalInput {
 public:
  explicit TerminalInput(Typed typed) : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    const termios settings = typed == Typed::Keys ? keys() : lines();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings);
  }
  ~TerminalInput() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  TerminalInput(const TerminalInput&) = delete;
  TerminalInput& operator=(const TerminalInput&) = delete;

  bool is_terminal() const { return is_terminal_; }

 private:
  termios keys() const {
    termios settings = before_;
    cfmakeraw(&settings);
    settings.c_oflag = before_.c_oflag;
    return settings;
  }

  /// Ctrl-] ends a line, so that it is seen at once; Ctrl-C becomes a signal (see Attachment), and no other key does.
  termios lines() const {
    termios settings = before_;
    settings.c_iflag |= ICRNL;
    settings.c_lflag |= ICANON | ECHO | ECHOE | ISIG | IEXTEN;
    settings.c_cc[VEOL2] = kLeave;
    settings.c_cc[VQUIT] = settings.c_cc[VSUSP] = _POSIX_VDISABLE;
    return settings;
  }

  termios before_;
  bool is_terminal_;
};

/// The call, and how the user ends it or interrupts the instance. Any thread.
class Attachment {
 public:
  explicit Attachment(std::string instance) : instance_(std::move(instance)) {}

  /// What there is to end from now on; both must outlive this.
  void attach(upyclient::Connection& upyd, ConsoleStream& stream) {
    std::lock_guard lock(mutex_);
    upyd_ = &upyd;
    stream_ = &stream;
    if (left_) stream.cancel();
  }

  void leave(int exit_status) {
    std::lock_guard lock(mutex_);
    left_ = exit_status;
    if (stream_ != nullptr) stream_->cancel();
  }

  /// Ctrl-C is the instance's, also while it takes no input; other signals ask upyctl to end.
  void signalled(int signal, const Terminal& terminal) {
    if (signal != SIGINT) return leave(kSignalExit + signal);
    std::lock_guard lock(mutex_);
    if (upyd_ == nullptr) return;
    InterruptRequest request;
    request.set_instance(instance_);
    request.set_level(InterruptRequest::LEVEL_INTERRUPT);
    try {
      upyd_->interrupt(request);
    } catch (const upyclient::Error& error) {
      terminal.note(error.what());
    }
  }

  /// The exit status, once the user has left.
  std::optional<int> left() {
    std::lock_guard lock(mutex_);
    return left_;
  }

 private:
  const std::string instance_;
  std::mutex mutex_;
  upyclient::Connection* upyd_ = nullptr;
  ConsoleStream* stream_ = nullptr;
  std::optional<int> left_;
};

/// Sends the standard input to the instance, on a thread of its own.
class Typing {
 public:
  Typing(ConsoleStream& stream, Attachment& attachment, Typed typed)
      : input_(typed), stream_(stream), attachment_(attachment), end_(eventfd(0, EFD_CLOEXEC)) {
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

 private:
  void run() {
    char buffer[4096];
    ssize_t size;
    while ((size = read_input(buffer, sizeof buffer)) > 0) {
      std::string_view input(buffer, static_cast<size_t>(size));
      const size_t leave = input_.is_terminal() ? input.find(kLeave) : input.npos;
      if (leave != 0 && !stream_.write(input.substr(0, leave))) return;
      if (leave != input.npos) return attachment_.leave(kSuccess);
    }
    if (size < 0) return;
    stream_.end_input();
    if (input_.is_terminal()) wait_for_leave();
  }

  /// After Ctrl-D there is no more to send. Another one leaves too.
  void wait_for_leave() {
    char key = 0;
    ssize_t size;
    while ((size = read_input(&key, 1)) == 1 && key != kLeave) {
    }
    if (size >= 0) attachment_.leave(kSuccess);
  }

  /// As read(2); -1 also when it is over.
  ssize_t read_input(char* buffer, size_t size) const {
    pollfd waiting[] = {{end_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    while (poll(waiting, 2, -1) < 0) {
    }
    return waiting[0].revents != 0 ? -1 : read(STDIN_FILENO, buffer, size);
  }

  const TerminalInput input_;
  ConsoleStream& stream_;
  Attachment& attachment_;
  const int end_;
  std::thread thread_;
};

void show(const Session& session, const ConsoleEvent& event) {
  if (session.format() == Format::Json) {
    session.terminal().json_line(event);
  } else if (event.has_output()) {
    show(session.terminal(), event.output());
  } else {
    show(session.terminal(), event.dropped());
  }
}

}  // namespace

int attach_console(Session& session, const std::string& instance, Typed typed) {
  std::optional<ConsoleStream> stream;  // outlives the signals, which may cancel it
  Attachment attachment(instance);
  SignalWatch signals([&](int signal) { attachment.signalled(signal, session.terminal()); });
  stream.emplace(session.upyd().console(instance));
  attachment.attach(session.upyd(), *stream);
  Typing typing(*stream, attachment, typed);
  try {
    for (ConsoleEvent event; stream->read(event);) show(session, event);
  } catch (const upyclient::Error&) {
    if (!attachment.left()) throw;
  }
  return attachment.left().value_or(kSuccess);
}

}  // namespace upyctl
