#include "upy/instance.h"

#include <utility>

#include "instance_impl.h"
#include "interpreter/interpreter.h"
#include "interpreter/mem_report.h"
#include "modules/files/mount_table.h"
#include "modules/files/os.h"
#include "modules/import/import.h"
#include "modules/import/script_modules.h"
#include "modules/machine/machine.h"
#include "modules/modules.h"
#include "modules/real_time_clock.h"
#include "modules/sys.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/emergency.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/codec.h"
#include "script_compiler.h"

namespace upy {

namespace {

constexpr Library kLibrary{find_builtin, import_module, compile_script};
constexpr int kStatusException = 1, kStatusInterrupted = 130, kStatusKilled = 137;

/// Which setting is out of its range, and what it may be; empty if all are right.
std::string check(const Config& config) {
  const std::pair<SettingRange, uint64_t> settings[] = {
      {Config::kHeapBytes, config.heap_bytes},         {Config::kStackBytes, config.stack_bytes},
      {Config::kFrameBytes, config.frame_bytes},       {Config::kCompileBytes, config.compile_bytes},
      {Config::kScheduleDepth, config.schedule_depth}, {Config::kMailboxDepth, config.mailbox_depth}};
  for (const auto& [range, value] : settings) {
    if (range.contains(value)) continue;
    return std::string(range.setting) + " is " + std::to_string(value) + "; it must be " +
           (range.power_of_two ? "a power of two from " : "from ") + std::to_string(range.least) + " to " +
           std::to_string(range.most);
  }
  return "";
}

Outcome refused(CompileError error) {
  Outcome outcome{.kind = Outcome::Kind::Refused, .exit_status = kStatusException};
  outcome.type = error.type;
  outcome.message = error.message;
  outcome.traceback = error.traceback;
  outcome.compile_error = std::move(error);
  return outcome;
}

}  // namespace

Instance::Impl::Impl(const Config& config, const Ports& ports) : vm(config, ports, kLibrary) {}

Result<void> Instance::Impl::prepare() {
  vm.modules = TRY(Dict::make(vm));
  vm.main_globals = TRY(Dict::make(vm));
  TRY(mount_host(vm));
  return vm.main_globals->set(vm, "__name__"_n, "__main__"_n);
}

void Instance::Impl::begin_run() {
  released_locks = vm.heap.lock_depth();
  vm.heap.set_lock_depth(0);
  vm.emergency().refill();
  vm.interrupt_char.store(Interpreter::kInterruptChar, std::memory_order_relaxed);
  vm.heap.set_stress(vm.config.collect_every, runs++ == 0 ? vm.config.fail_allocation : 0);
  vm.stop_raised = false;
  vm.scheduler.hold_by_script(false);
}

/// One more safepoint, where callbacks that wait still run.
void Instance::Impl::drain() {
  if (!vm.poll() && !vm.killed()) vm.take_pending();
}

/// What the script raised, if it is not killed.
Value Instance::Impl::exception_of(Result<Value> result) {
  if (result && !vm.poll()) result = Failure{};
  return result || vm.killed() ? Value() : vm.take_pending();
}

Outcome Instance::Impl::finish_script(Result<Value> result) {
  Value exception = exception_of(result);
  if (!vm.killed()) {
    Result<void> handled = run_exit_handler(vm);
    if (!handled && !vm.killed()) exception = vm.take_pending();
  }
  ConsoleWriter errors(Console::Stream::Err);
  return finish_run(exception, errors);
}

Outcome Instance::Impl::finish_run(Value exception, Writer& report) {
  Outcome outcome;
  if (exception && !vm.killed()) {
    outcome = describe(exception, report);
    drain();
  }
  if (vm.killed()) outcome = killed();  // be it that the exception was being told
  outcome.released_locks = released_locks;
  outcome.left_armed = count_armed(vm);
  vm.heap.set_stress(0, 0);
  untrimmed = true;
  return outcome;
}

Outcome Instance::Impl::killed() {
  vm.take_pending();
  vm.clear_kill();
  vm.reasons.fetch_and(~uint32_t{kReasonKill});
  return {.kind = Outcome::Kind::Killed, .exit_status = kStatusKilled, .limit = limit.load()};
}

Outcome Instance::Impl::describe(Value exception, Writer& report) {
  if (is_subtype(type_of(exception), &SystemExit_type)) return describe_exit(exception, report);
  Outcome outcome;
  bool interrupted = is_subtype(type_of(exception), &KeyboardInterrupt_type);
  outcome.kind = interrupted ? Outcome::Kind::Interrupted : Outcome::Kind::Exception;
  outcome.exit_status = interrupted ? kStatusInterrupted : kStatusException;
  outcome.type = type_of(exception)->name->view();
  vm.heap.set_lock_depth(0);
  HostWriter traceback, message;
  TwoWriters both(report, &traceback);
  if (!print_exception(vm, exception, both, &message)) vm.take_pending();
  outcome.traceback = traceback.text();
  outcome.message = message.text();
  return outcome;
}

/// SystemExit: None is 0, an int its low 8 bits, anything else is printed and counts as 1.
Outcome Instance::Impl::describe_exit(Value exception, Writer& report) {
  Outcome outcome;
  outcome.exited = true;
  outcome.kind = vm.stop_raised && !vm.wanted_reset() ? Outcome::Kind::Stopped : Outcome::Kind::Finished;
  Tuple* args = as_exception(exception)->args;
  Value status = args->size ? (*args)[0] : Value::none();
  if (status.is_none()) return outcome;
  if (is_int(status)) {
    std::optional<int64_t> number = int64_of(status);
    outcome.exit_status = static_cast<int>(number.value_or(1) & 255);
    return outcome;
  }
  if (!print(vm, status, report, PrintStyle::Str)) vm.take_pending();
  if (!report.write(vm, "\n")) vm.take_pending();
  outcome.exit_status = kStatusException;
  return outcome;
}

void Instance::Impl::trim() {
  if (std::exchange(untrimmed, false)) vm.heap.trim();
}

Result<Value> Instance::Impl::start(const Script& script, const CodeUnit& unit) {
  if (!script.argv.empty()) TRY(set_sys_argv(vm, script.argv));
  if (!script.modules.empty()) TRY(vm.state<ScriptModules>().replace(vm, script.file, script.modules));
  if (script.has_path) TRY(vm.main_globals->set(vm, "__file__"_n, TRY(text_of_host(vm, script.file))));
  Value code = TRY(load_code(vm, unit));
  return vm.execute(code, vm.main_globals, vm.main_globals);
}

Instance::Instance(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) { impl_->vm.owner = this; }
Instance::~Instance() = default;

std::unique_ptr<Instance> Instance::create(const Config& config, const Ports& ports, std::string& error) {
  error = check(config);
  if (!error.empty()) return nullptr;
  auto impl = std::make_unique<Impl>(config, ports);
  if (!impl->vm.ok()) {
    error = "no address space for the heap: give heap_bytes a lower value";
    return nullptr;
  }
  impl->vm.enter_thread(__builtin_dwarf_cfa());
  if (!impl->prepare()) {
    error = "the heap is too small to start: give heap_bytes a higher value";
    return nullptr;
  }
  return std::unique_ptr<Instance>(new Instance(std::move(impl)));
}

Outcome Instance::run(const Script& script) {
  impl_->vm.enter_thread(__builtin_dwarf_cfa());
  if (script.opt_level) impl_->vm.opt_level = *script.opt_level;
  auto code = read_script(impl_->vm, script);
  if (auto* error = std::get_if<CompileError>(&code)) return refused(std::move(*error));
  impl_->begin_run();
  const auto* unit = std::get_if<CodeUnit>(&code);
  return impl_->finish_script(unit ? impl_->start(script, *unit) : Value::none());
}

Outcome Instance::run_module(const std::string& name, const std::vector<std::string>& argv) {
  impl_->vm.enter_thread(__builtin_dwarf_cfa());
  impl_->begin_run();
  Result<void> set = set_sys_argv(impl_->vm, argv);
  return impl_->finish_script(set ? run_as_main(impl_->vm, name) : Result<Value>(Failure{}));
}

void Instance::idle(int64_t until_ns) {
  impl_->vm.enter_thread(__builtin_dwarf_cfa());
  impl_->trim();  // not earlier: an outcome does not wait for it
  impl_->vm.idle_until(until_ns);
}

SourcePlace Instance::place() const {
  const Frame* const frame = impl_->vm.running_frame();
  return frame ? SourcePlace{frame->code->file->view(), static_cast<int>(frame->line())} : SourcePlace{};
}

std::optional<Reset> Instance::wanted_reset() const { return impl_->vm.wanted_reset(); }

std::optional<MemInfo> Instance::mem_info(bool verbose) {
  return report_memory(impl_->vm, verbose ? Detail::Full : Detail::Summary);
}

ScheduleInfo Instance::schedule_info() const {
  ScheduleInfo info = impl_->vm.scheduler.info();
  info.dropped += impl_->vm.mailbox.dropped();
  return info;
}

Figures Instance::figures() const {
  const Heap& heap = impl_->vm.heap;
  return {.heap_used = heap.used(),
          .heap_peak = heap.peak(),
          .external = heap.external(),
          .collections = heap.collections(),
          .collection_ns = heap.collection_ns(),
          .schedule = schedule_info()};
}

Retained Instance::retained() { return impl_->vm.state<RealTimeClock>().retained; }

std::string Instance::environment_variable(const std::string& name) {
  impl_->vm.enter_thread(__builtin_dwarf_cfa());
  Result<std::string_view> value = upy::environment_variable(impl_->vm, name);
  if (value) return std::string(*value);
  impl_->vm.take_pending();
  return "";
}

std::optional<QstrInfo> Instance::qstr_info(bool verbose) {
  return report_strings(impl_->vm, verbose ? Detail::Full : Detail::Summary);
}

// ---- thread-safe ----

void Instance::stop(StopLevel level, Limit limit) {
  uint32_t reason = kReasonInterrupt;
  if (level == StopLevel::Interrupt) impl_->input.interrupted();
  if (level == StopLevel::Stop) reason = kReasonStop;
  if (level == StopLevel::Kill) {
    reason = kReasonKill;
    impl_->limit.store(limit);
  }
  impl_->vm.reasons.fetch_or(reason, std::memory_order_release);
  impl_->vm.ports.clock.notify();
}

void Instance::clear_stop() {
  impl_->vm.reasons.fetch_and(~uint32_t{kReasonInterrupt | kReasonStop | kReasonKill}, std::memory_order_acq_rel);
}

void Instance::request_safepoint() {
  impl_->vm.reasons.fetch_or(kReasonInspect, std::memory_order_release);
  impl_->vm.ports.clock.notify();
}

void Instance::request_return() {
  impl_->vm.request_return();
  impl_->vm.ports.clock.notify();
}

void Instance::wake() { impl_->vm.ports.clock.notify(); }

bool Instance::post(const Event& event) { return impl_->vm.mailbox_sink().post(event); }

int Instance::interrupt_char() const { return impl_->vm.interrupt_char.load(std::memory_order_relaxed); }

}  // namespace upy
