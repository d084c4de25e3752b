#include "upy/repl.h"

#include "compiler/compiler.h"
#include "instance_impl.h"
#include "modules/sys.h"
#include "objects/runtime/writer.h"
#include "objects/streams/console_input.h"
#include "repl/completion.h"
#include "repl/machine.h"
#include "upy/version.h"

namespace upy {

namespace {

int mode_of(InputKind kind) {
  using Mode = CompileOptions::Mode;
  switch (kind) {
    case InputKind::Statement:
      return static_cast<int>(Mode::Single);
    case InputKind::Pasted:
      return static_cast<int>(Mode::Pasted);
    case InputKind::Program:
      return static_cast<int>(Mode::Module);
  }
  __builtin_unreachable();
}

/// What a person is told of a run that was killed.
const char* report_of(Limit limit) {
  switch (limit) {
    case Limit::Wall:
      return "killed: it took longer than it may (wall time)\n";
    case Limit::Cpu:
      return "killed: it took more CPU time than it may\n";
    case Limit::Shutdown:
      return "killed: the host shuts down\n";
    case Limit::Watchdog:
      return "killed: the watchdog was not fed in time\n";
    case Limit::None:
    case Limit::Request:
      return "killed on request\n";
  }
  __builtin_unreachable();
}

}  // namespace

class Repl::Impl final : public ReplSurroundings {
 public:
  Impl(ReplHost& host, const ReplConfig& config) : host_(host), config_(config), history_(config.history_lines) {}

  ReplEnd serve(Instance::Impl& instance);
  void welcome();
  void step_aside(Instance::Impl& instance);
  bool is_raw() const { return machine_.is_raw(); }
  History& history() { return history_; }

  void send(std::string_view bytes) override { vm().ports.console.write_bytes(Console::Stream::Out, bytes); }
  void send_text(std::string_view text) override { vm().ports.console.write(Console::Stream::Out, text); }
  size_t columns() override { return vm().ports.console.columns(); }
  Completion complete(std::string_view text) override;
  std::string banner() override;
  std::string prompt(LineEditor::Part part) override {
    return sys_prompt(vm(), part == LineEditor::Part::First ? PromptLine::First : PromptLine::Further);
  }
  size_t most_bytes() override { return vm().config.heap_bytes; }
  RunEnd run(std::string_view source, InputKind kind, std::string_view mark) override;

 private:
  Interpreter& vm() { return instance_->vm; }
  ReplEnd::Kind read_and_run();
  std::optional<ReplEnd::Kind> take_request();
  bool ends_session(ReplEnd::Kind kind) const;
  void end_session();
  Result<Value> compile_and_run(std::string_view source, InputKind kind);

  ReplHost& host_;
  const ReplConfig config_;
  Instance::Impl* instance_ = nullptr;  ///< while one is served
  char last_byte_ = 0;                  ///< that was taken
  int exit_status_ = 0;                 ///< of the last run
  bool is_new_ = true;                  ///< the prompt is still to be shown
  bool is_aside_ = false;               ///< others write where it stood
  bool forgets_input_ = false;          ///< what was typed and not taken is of somebody who has gone
  History history_;
  ReplMachine machine_{*this, history_};
};

ReplEnd Repl::Impl::serve(Instance::Impl& instance) {
  instance_ = &instance;
  if (std::exchange(forgets_input_, false)) vm().state<ConsoleInput>().forget();
  vm().heap.set_lock_depth(0);
  vm().interrupt_char.store(Interpreter::kNoInterruptChar);
  if (std::exchange(is_new_, false)) {
    machine_.greet();
  } else if (is_aside_) {
    machine_.show();
  }
  is_aside_ = false;
  const ReplEnd::Kind kind = read_and_run();
  if (ends_session(kind)) end_session();
  vm().interrupt_char.store(Interpreter::kInterruptChar);
  return {kind, kind == ReplEnd::Kind::Exited ? exit_status_ : 0};
}

/// Whoever is at a board's prompt may go and come back.
bool Repl::Impl::ends_session(ReplEnd::Kind kind) const {
  if (kind == ReplEnd::Kind::InputEnded) return !config_.is_board;
  return kind != ReplEnd::Kind::Returned && kind != ReplEnd::Kind::Killed;
}

void Repl::Impl::welcome() {
  machine_.begin_anew();
  is_new_ = forgets_input_ = true;
}

void Repl::Impl::step_aside(Instance::Impl& instance) {
  instance_ = &instance;
  if (is_new_ || std::exchange(is_aside_, true)) return;
  machine_.hide();
}

/// Until the prompt is left.
ReplEnd::Kind Repl::Impl::read_and_run() {
  auto& input = vm().state<ConsoleInput>();
  while (true) {
    if (input.input() == Console::Input::Nothing) {
      machine_.settle();
      instance_->trim();
    }
    vm().idle_until_input();
    if (vm().is_return_asked() || (vm().reasons.load(std::memory_order_acquire) & kStops)) {
      if (const auto end = take_request()) return *end;
      continue;
    }
    const ptrdiff_t count = input.read(&last_byte_, 1);
    if (count == 0) return ReplEnd::Kind::InputEnded;
    if (count < 0) continue;
    const Turn turn = machine_.take(last_byte_);
    if (turn == Turn::SoftReset) return ReplEnd::Kind::SoftReset;
    if (turn == Turn::Exit) return vm().wanted_reset() ? ReplEnd::Kind::SoftReset : ReplEnd::Kind::Exited;
  }
}

/// What was asked of the instance while nothing ran: an interrupt starts a new line, all else leaves the prompt.
std::optional<ReplEnd::Kind> Repl::Impl::take_request() {
  const uint32_t asked = vm().reasons.fetch_and(~uint32_t{kReasonInterrupt | kReasonStop}, std::memory_order_acq_rel);
  if (asked & kReasonKill) {
    instance_->killed();
    return ReplEnd::Kind::Killed;
  }
  if (asked & kReasonStop) {
    exit_status_ = 0;
    return ReplEnd::Kind::Exited;
  }
  if (asked & kReasonInterrupt) {
    machine_.cancel();
    return {};
  }
  vm().take_return();
  return vm().wanted_reset() ? ReplEnd::Kind::SoftReset : ReplEnd::Kind::Returned;
}

/// Runs what sys.atexit was given. The next one that is served is greeted anew.
void Repl::Impl::end_session() {
  is_new_ = true;
  instance_->begin_run();
  const Result<void> handled = run_exit_handler(vm());
  ConsoleWriter report(Console::Stream::Out);
  instance_->finish_run(instance_->exception_of(handled ? Result<Value>(Value::none()) : Failure{}), report);
  const bool is_hard = vm().wanted_reset() && vm().wanted_reset()->cause != ResetCause::Soft;
  if (config_.is_board && !is_hard) send("MPY: soft reboot\r\n");
}

Result<Value> Repl::Impl::compile_and_run(std::string_view source, InputKind kind) {
  const Value code = TRY(vm().compile(source, "<stdin>", mode_of(kind)));
  return vm().execute(code, vm().main_globals, vm().main_globals);
}

/// What came before the run may hold a Ctrl-C already, which counts as one during the run.
RunEnd Repl::Impl::run(std::string_view source, InputKind kind, std::string_view mark) {
  auto& input = vm().state<ConsoleInput>();
  if (last_byte_ == '\r') input.drop_line_feed();
  instance_->begin_run();
  if (input.take_interrupt(Interpreter::kInterruptChar)) vm().reasons.fetch_or(kReasonInterrupt);
  host_.run_begins();
  const Value exception = instance_->exception_of(compile_and_run(source, kind));
  host_.mark_begins();
  send(mark);
  host_.mark_ended();
  ConsoleWriter report(Console::Stream::Out);
  const Outcome outcome = instance_->finish_run(exception, report);
  vm().heap.set_lock_depth(0);
  vm().interrupt_char.store(Interpreter::kNoInterruptChar);
  host_.run_ended(outcome);
  exit_status_ = outcome.exit_status;
  if (outcome.kind == Outcome::Kind::Killed) send_text(report_of(outcome.limit));
  return outcome.exited ? RunEnd::Exits : RunEnd::Done;
}

Completion Repl::Impl::complete(std::string_view text) {
  vm().interrupt_char.store(Interpreter::kInterruptChar);
  Result<Completion> completion = upy::complete(vm(), text);
  vm().interrupt_char.store(Interpreter::kNoInterruptChar);
  if (completion) return *std::move(completion);
  if (!vm().killed()) vm().take_pending();
  return {};
}

std::string Repl::Impl::banner() {
  return "MicroPython v" + std::string(kVersion->view()) + "; " + vm().config.platform +
         " [upyd " UPY_VERSION "] version";
}

Repl::Repl(ReplHost& host, const ReplConfig& config) : impl_(std::make_unique<Impl>(host, config)) {}
Repl::~Repl() = default;

ReplEnd Repl::serve(Instance& instance) {
  instance.impl_->vm.enter_thread(__builtin_dwarf_cfa());
  return impl_->serve(*instance.impl_);
}

void Repl::welcome() { impl_->welcome(); }

void Repl::step_aside(Instance& instance) {
  instance.impl_->vm.enter_thread(__builtin_dwarf_cfa());
  impl_->step_aside(*instance.impl_);
}

bool Repl::is_raw() const { return impl_->is_raw(); }
void Repl::remember(std::string_view line) { impl_->history().add(line); }

std::vector<std::string> Repl::history() const {
  const auto& lines = impl_->history().lines();
  return {lines.begin(), lines.end()};
}

}  // namespace upy
