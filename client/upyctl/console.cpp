#include "upyctl/console.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "upyctl/forced_exit.h"
#include "upyctl/output.h"
#include "upyctl/signals.h"
#include "upyctl/standard_input.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using upyclient::ConsoleStream;

/// What the rest of upyctl gets to end.
constexpr std::chrono::milliseconds kEnd{1000};

/// The keys that leave.
std::string_view leaving_keys(Typed typed) { return typed == Typed::Prompt ? "\x1d\x18" : "\x1d"; }

/// The call, and how the user ends it or interrupts the instance. Any thread.
class Attachment {
 public:
  explicit Attachment(std::string instance) : instance_(std::move(instance)) {}

  /// Of an instance that is made for the call, the daemon tells the name.
  void opened(const std::string& instance) {
    std::lock_guard lock(mutex_);
    instance_ = instance;
  }

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

  /// Ctrl-C is the instance's, also while it takes no input; other signals ask upyctl to end. So does Ctrl-C where no
  /// key can be typed that leaves.
  std::optional<int> signalled(int signal, const Terminal& terminal) {
    if (signal == SIGINT && !takes_no_keys()) {
      interrupt(terminal);
      return std::nullopt;
    }
    leave(kSignalExit + signal);
    return kSignalExit + signal;
  }

  /// The standard input is at its end, and the call with it.
  void input_ended() {
    std::lock_guard lock(mutex_);
    input_ended_ = true;
  }

  /// The exit status, once the call has ended.
  int exit_status(const Terminal& terminal) {
    std::lock_guard lock(mutex_);
    if (left_) return *left_;
    if (input_ended_) return kSuccess;
    terminal.note("instance '" + instance_ + "' has ended");
    return kFailure;
  }

  /// Whether the user has left.
  bool has_left() {
    std::lock_guard lock(mutex_);
    return left_.has_value();
  }

 private:
  bool takes_no_keys() {
    std::lock_guard lock(mutex_);
    return input_ended_ && !isatty(STDIN_FILENO);
  }

  void interrupt(const Terminal& terminal) {
    std::lock_guard lock(mutex_);
    if (upyd_ == nullptr || instance_.empty()) return;
    InterruptRequest request;
    request.set_instance(instance_);
    request.set_level(InterruptRequest::LEVEL_INTERRUPT);
    try {
      upyd_->interrupt(request);
    } catch (const upyclient::Error& error) {
      terminal.note(error.what());
    }
  }

  std::mutex mutex_;
  std::string instance_;
  upyclient::Connection* upyd_ = nullptr;
  ConsoleStream* stream_ = nullptr;
  std::optional<int> left_;
  bool input_ended_ = false;
};

/// Sends the standard input to the instance, on a thread of its own.
class Typing {
 public:
  Typing(ConsoleStream& stream, Attachment& attachment, Typed typed, const StandardInput& input)
      : stream_(stream), attachment_(attachment), input_(input), terminal_(typed), leaving_keys_(leaving_keys(typed)) {
    thread_ = std::thread([this] { run(); });
  }
  ~Typing() {
    input_.stop();
    thread_.join();
  }
  Typing(const Typing&) = delete;
  Typing& operator=(const Typing&) = delete;

 private:
  void run() {
    using Found = StandardInput::Found;
    for (Found found; (found = input_.wait()) != Found::Stop;) {
      if (!(found == Found::Wake ? look_at_terminal() : take())) return;
    }
  }

  /// It may have another size, or the process was stopped, and others have set it as they like.
  bool look_at_terminal() {
    terminal_.set_again();
    return stream_.tell_columns(terminal_columns());
  }

  /// False: there is no more to take.
  bool take() {
    char buffer[4096];
    const ssize_t size = input_.read(buffer, sizeof buffer);
    if (size <= 0) {
      attachment_.input_ended();
      stream_.end_input();
      if (terminal_.is_terminal()) wait_for_leave();
      return false;
    }
    const std::string_view input(buffer, static_cast<size_t>(size));
    const size_t leave = terminal_.is_terminal() ? input.find_first_of(leaving_keys_) : input.npos;
    if (leave != 0 && !stream_.write(input.substr(0, leave))) return false;
    if (leave == input.npos) return true;
    leave_console();
    return false;
  }

  /// Be it that the output is stuck.
  void leave_console() {
    attachment_.leave(kSuccess);
    if (!input_.stops_within(kEnd)) force_exit(kSuccess);
  }

  /// After Ctrl-D there is no more to send. Another one leaves too.
  void wait_for_leave() {
    using Found = StandardInput::Found;
    char key = 0;
    for (Found found; (found = input_.wait()) != Found::Stop;) {
      if (found == Found::Wake || (input_.read(&key, 1) == 1 && key != kLeave)) continue;
      return leave_console();
    }
  }

  ConsoleStream& stream_;
  Attachment& attachment_;
  const StandardInput& input_;
  const TerminalInput terminal_;
  const std::string_view leaving_keys_;
  std::thread thread_;
};

/// What comes after a prompt on a terminal does not stand in its line.
class LineEnd {
 public:
  LineEnd(const Terminal& terminal, Typed typed)
      : terminal_(terminal), is_wanted_(typed == Typed::Prompt && terminal.out_is_terminal() && isatty(STDIN_FILENO)) {}
  ~LineEnd() {
    if (is_wanted_) terminal_.err("\n");
  }
  LineEnd(const LineEnd&) = delete;
  LineEnd& operator=(const LineEnd&) = delete;

 private:
  const Terminal& terminal_;
  const bool is_wanted_;
};

void show(const Session& session, const ConsoleEvent& event) {
  if (session.format() == Format::Json) {
    session.terminal().json_line(event);
  } else if (event.has_output()) {
    show(session.terminal(), event.output());
  } else if (event.has_dropped()) {
    show(session.terminal(), event.dropped());
  }
}

}  // namespace

int attach_console(Session& session, const ConsoleRequest& first, Typed typed) {
  std::optional<ConsoleStream> stream;  // outlives the signals, which may cancel it
  Attachment attachment(first.instance());
  const StandardInput input;
  SignalWatch signals({SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT}, [&](int signal) -> std::optional<int> {
    if (signal != SIGCONT && signal != SIGWINCH) return attachment.signalled(signal, session.terminal());
    input.wake();
    return std::nullopt;
  });
  ConsoleRequest request = first;
  request.set_columns(terminal_columns());
  stream.emplace(session.upyd().console(request));
  attachment.attach(session.upyd(), *stream);
  try {
    const LineEnd line_end(session.terminal(), typed);
    const Typing typing(*stream, attachment, typed, input);
    for (ConsoleEvent event; stream->read(event);) {
      if (event.has_opened()) attachment.opened(event.opened().instance());
      show(session, event);
    }
  } catch (const upyclient::Error&) {
    if (!attachment.has_left()) throw;
  }
  return attachment.exit_status(session.terminal());
}

}  // namespace upyctl
