#include "upyctl/script_run.h"

#include <fmt/format.h>

#include <csignal>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "upyctl/output.h"
#include "upyctl/signals.h"
#include "upyctl/standard_input.h"
#include "upyctl/text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using upyclient::Error;
using upyclient::RunWithInputStream;

/// Passes the user's signals on to the daemon. They may come before the daemon has told the name of the instance; the
/// request is then made as soon as it does.
class Stopper {
 public:
  explicit Stopper(const Session& session) : session_(session) {}

  /// The run that signals stop from now on, which must outlive them. Called once the connection stands.
  void attach(upyclient::Connection& upyd, RunWithInputStream& stream) {
    std::lock_guard lock(mutex_);
    upyd_ = &upyd;
    stream_ = &stream;
    if (gave_up_) stream.cancel();
  }

  /// The daemon has begun the run.
  void started(const Started& run) {
    std::lock_guard lock(mutex_);
    run_ = run;
    if (level_ != InterruptRequest::LEVEL_UNSPECIFIED) request_stop();
  }

  /// On the thread of the signals.
  std::optional<int> signalled(int signal) {
    std::lock_guard lock(mutex_);
    if (level_ == InterruptRequest::LEVEL_KILL) {
      signal_ = signal;
      gave_up_ = true;
      if (stream_ != nullptr) stream_->cancel();
      return kSignalExit + signal;
    }
    bool first = level_ == InterruptRequest::LEVEL_UNSPECIFIED;
    signal_ = signal;
    level_ = !first             ? InterruptRequest::LEVEL_KILL
             : signal == SIGINT ? InterruptRequest::LEVEL_INTERRUPT
                                : InterruptRequest::LEVEL_STOP;
    if (run_) request_stop();
    return std::nullopt;
  }

  bool gave_up() {
    std::lock_guard lock(mutex_);
    return gave_up_;
  }

  /// As a shell tells of a program that the last signal ended.
  int exit_status() {
    std::lock_guard lock(mutex_);
    return kSignalExit + signal_;
  }
  /// Whether a signal has asked the script to end itself.
  bool asked_to_end() {
    std::lock_guard lock(mutex_);
    return signal_ != 0 && signal_ != SIGINT;
  }

 private:
  void request_stop() {
    InterruptRequest request;
    request.set_instance(run_->instance());
    request.set_run_id(run_->run_id());
    request.set_level(level_);
    try {
      upyd_->interrupt(request);
    } catch (const Error& error) {
      bool is_over = error.code() == grpc::FAILED_PRECONDITION || error.code() == grpc::NOT_FOUND;
      if (!is_over) session_.terminal().note(error.what());
    }
  }

  const Session& session_;
  std::mutex mutex_;
  upyclient::Connection* upyd_ = nullptr;
  RunWithInputStream* stream_ = nullptr;
  std::optional<Started> run_;
  InterruptRequest::Level level_ = InterruptRequest::LEVEL_UNSPECIFIED;
  int signal_ = 0;  // the last; 0: none
  bool gave_up_ = false;
};

/// Sends the standard input to the script, as much as it wants, on a thread of its own.
class Feeding {
 public:
  Feeding(RunWithInputStream& stream, ScriptInput input) : stream_(stream) {
    if (input == ScriptInput::None) {
      stream_.end_input();
    } else {
      thread_ = std::thread([this] { run(); });
    }
  }
  ~Feeding() {
    input_.stop();
    if (thread_.joinable()) thread_.join();
  }
  Feeding(const Feeding&) = delete;
  Feeding& operator=(const Feeding&) = delete;

  /// The script looks for input.
  void wanted() const { input_.wake(); }

 private:
  void run() {
    using Found = StandardInput::Found;
    while (input_.wait_for_wake() != Found::Stop) {
      Found found = Found::Wake;
      while (found == Found::Wake) found = input_.wait();
      if (found == Found::Stop) return;
      char buffer[32 << 10];
      const ssize_t size = input_.read(buffer, sizeof buffer);
      if (size <= 0) return stream_.end_input();
      if (!stream_.write({buffer, static_cast<size_t>(size)})) return;
    }
  }

  RunWithInputStream& stream_;
  const StandardInput input_;
  std::thread thread_;
};

void show(const Terminal& terminal, const RunEvent& event, Life life) {
  switch (event.event_case()) {
    case RunEvent::kOutput:
      show(terminal, event.output());
      break;
    case RunEvent::kDropped:
      show(terminal, event.dropped());
      break;
    case RunEvent::kOutcome:
      tell_outcome(terminal, event.outcome(), life);
      break;
    default:
      break;
  }
}

/// Shows the run to its end; returns its exit status.
int follow(const Session& session, RunWithInputStream& stream, Stopper& stopper, const Feeding& feeding, Life life) {
  std::optional<int> exit_status;
  for (RunEvent event; stream.read(event);) {
    if (event.has_started()) stopper.started(event.started());
    if (event.has_input_wanted()) feeding.wanted();
    if (event.has_outcome()) {
      const bool ended_by_signal = event.outcome().has_stopped() && stopper.asked_to_end();
      exit_status = ended_by_signal ? stopper.exit_status() : event.outcome().exit_status();
    }
    if (session.format() == Format::Json) {
      session.terminal().json_line(event);
    } else {
      show(session.terminal(), event, life);
    }
  }
  if (!exit_status) throw Error(grpc::INTERNAL, "upyd did not tell how the script ended");
  return *exit_status;
}

}  // namespace

void tell_outcome(const Terminal& terminal, const Outcome& outcome, Life life) {
  if (outcome.has_killed()) terminal.note(fmt::format("killed: {}", limit_text(outcome.killed().limit())));
  if (outcome.has_stopped()) terminal.note("stopped");
  if (const uint32_t depth = outcome.released_heap_locks()) {
    terminal.note(fmt::format("an earlier run had left the heap locked, {} deep; it was unlocked first", depth));
  }
  if (life == Life::OneRun && outcome.has_finished() && outcome.left_armed() > 0) {
    terminal.note(
        "the script's timers and pin interrupts ended with it; to let them go on, run it in a standing instance: "
        "'upyctl create NAME', then 'upyctl run -i NAME FILE'");
  }
  for (const Diagnostic& diagnostic : outcome.refused().diagnostics())
    terminal.err(escaped_lines(diagnostic.traceback()));
}

int run_script(Session& session, const RunRequest& request, ScriptInput input) {
  std::optional<RunWithInputStream> stream;  // outlives the signals, which may cancel it
  Stopper stopper(session);
  SignalWatch signals(SignalWatch::kEnding, [&stopper](int signal) { return stopper.signalled(signal); });
  stream.emplace(session.upyd().run_with_input(request));
  stopper.attach(session.upyd(), *stream);
  const Feeding feeding(*stream, input);
  try {
    return follow(session, *stream, stopper, feeding, request.has_own() ? Life::OneRun : Life::Standing);
  } catch (const Error& error) {
    if (!stopper.gave_up()) throw;
    session.terminal().note("gave up waiting for upyd to end the script");
    return stopper.exit_status();
  }
}

int run_detached(Session& session, RunRequest request) {
  request.set_detached(true);
  upyclient::RunStream stream = session.upyd().run(request);
  for (RunEvent event; stream.read(event);) {
    if (event.has_started()) {
      session.show(event.started(), fmt::format("{} {}\n", event.started().instance(), event.started().run_id()));
    }
  }
  return kSuccess;
}

}  // namespace upyctl
