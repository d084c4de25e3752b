#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "cli/interrupts.h"
#include "cli/options.h"
#include "cli/prompt.h"
#include "cli/standard_streams.h"
#include "posix/kernel_timers.h"
#include "posix/kernel_watchdog.h"
#include "posix/machine_id.h"
#include "posix/poller.h"
#include "posix/system_clock.h"
#include "posix/system_files.h"
#include "upy/instance.h"
#include "upy/version.h"

/// upy: the interpreter alone, on a command line.
namespace {

using namespace upy;

constexpr int kStatusUsage = 2, kStatusRefused = 1;

/// Sees to the timers and the watchdog while the script runs. Its thread begins with the first of them.
class TimerWaiter {
 public:
  /// Null, with errno, when the system has no thread or descriptor left.
  PollSet* poll_set() {
    if (!poller_) poller_ = Poller::make();
    return poller_ ? &poller_->set() : nullptr;
  }

 private:
  std::unique_ptr<Poller> poller_;
};

bool read_all(int descriptor, std::string& text) {
  char buffer[64 << 10];
  ssize_t count;
  while ((count = ::read(descriptor, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<size_t>(count));
  return count == 0;
}

/// The script of the command line; false, with a message printed, if it can't be read.
bool load(const Options& options, Script& script) {
  script.argv = options.argv;
  if (options.source == Options::Source::Command) {
    script.text = options.text;
    return true;
  }
  int descriptor = STDIN_FILENO;
  if (options.source == Options::Source::File) {
    script.file = options.text;
    script.has_path = true;
    descriptor = open(options.text.c_str(), O_RDONLY | O_CLOEXEC);
  }
  if (descriptor >= 0 && read_all(descriptor, script.text)) {
    if (descriptor != STDIN_FILENO) close(descriptor);
    return true;
  }
  std::fprintf(stderr, "upy: can't read '%s': %s\n", script.file.c_str(),
               std::generic_category().message(errno).c_str());
  return false;
}

int compile_only(const Script& script, const Options& options) {
  auto compiled = compile_blob(script.text, script.file, options.config.opt_level, options.config.compile_bytes);
  auto* error = std::get_if<CompileError>(&compiled);
  if (error) std::fputs(error->traceback.c_str(), stderr);
  return error ? kStatusRefused : 0;
}

void print_disassembly(const Script& script, const Options& options) {
  auto text = Instance::disassemble(script.text, script.file, options.config.opt_level);
  if (auto* listing = std::get_if<std::string>(&text)) std::fputs(listing->c_str(), stdout);
  std::fflush(stdout);
}

/// The variables of the process's environment.
std::vector<std::pair<std::string, std::string>> environment() {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** entry = environ; *entry; entry++) {
    const std::string_view text = *entry;
    const size_t equals = std::min(text.find('='), text.size());
    variables.emplace_back(text.substr(0, equals), text.substr(std::min(equals + 1, text.size())));
  }
  return variables;
}

/// Whether a prompt is to follow what was run.
bool wants_prompt(const Options& options, Instance& instance) {
  return options.inspect || !instance.environment_variable("MICROPYINSPECT").empty();
}

int run(Options& options) {
  Script script;
  const bool module = options.source == Options::Source::Module;
  const bool prompt_alone = options.source == Options::Source::Prompt;
  if (!module && !prompt_alone && !load(options, script)) return kStatusRefused;
  if (options.compile_only) return compile_only(script, options);
  if (options.disassemble && !module) print_disassembly(script, options);

  SystemClock clock;
  StandardStreams streams;
  SystemFiles files;
  TimerWaiter waiter;
  KernelTimers timers([&clock] { return clock.poll_set(); }, [&waiter] { return waiter.poll_set(); });
  std::unique_ptr<Instance> instance;
  KernelWatchdog watchdog([&waiter] { return waiter.poll_set(); }, KernelTimers::unless_missing,
                          [&instance] { instance->stop(StopLevel::Kill, Limit::Watchdog); });
  PromptCallbacks callbacks;
  options.config.executable = std::filesystem::canonical("/proc/self/exe").string();
  options.config.environment = environment();
  options.config.unique_id = machine_id();
  std::string error;
  const Ports ports{
      .clock = clock, .console = streams, .files = files, .timers = &timers, .watchdog = &watchdog, .host = &callbacks};
  instance = Instance::create(options.config, ports, error);
  if (!instance) {
    std::fprintf(stderr, "upy: %s\n", error.c_str());
    return kStatusUsage;
  }
  Interrupts interrupts(*instance);
  int status = 0;
  if (!prompt_alone) {
    const Outcome outcome = module ? instance->run_module(options.text, options.argv) : instance->run(script);
    if (outcome.kind == Outcome::Kind::Refused) std::fputs(outcome.traceback.c_str(), stderr);
    if (outcome.kind == Outcome::Kind::Killed) std::fputs("upy: killed by its watchdog\n", stderr);
    status = outcome.exit_status;
  }
  if (prompt_alone || wants_prompt(options, *instance)) {
    Prompt prompt(interrupts);
    callbacks.prompt = &prompt;
    status = prompt.serve(*instance);
    callbacks.prompt = nullptr;
  }
  watchdog.stop_events();
  timers.stop_events();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::string error;
  if (!parse_options(argc, argv, options, error)) {
    std::fprintf(stderr, "upy: %s\n", error.c_str());
    return kStatusUsage;
  }
  switch (options.source) {
    case Options::Source::Help:
      std::fputs(kUsage, stdout);
      return 0;
    case Options::Source::Version:
      std::puts("upy " UPY_VERSION "; MicroPython 1.29");
      return 0;
    default:
      return run(options);
  }
}
