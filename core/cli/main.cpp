#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "cli/options.h"
#include "posix/kernel_timers.h"
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

class StandardStreams final : public Console {
 public:
  void write(Stream stream, std::string_view text) override {
    int descriptor = stream == Stream::Out ? STDOUT_FILENO : STDERR_FILENO;
    while (!text.empty()) {
      ssize_t count = ::write(descriptor, text.data(), text.size());
      if (count < 0 && errno != EINTR && errno != EAGAIN) return;
      if (count > 0) text.remove_prefix(static_cast<size_t>(count));
    }
  }
  ptrdiff_t read(char* buffer, size_t size) override {
    if (input() == Input::Nothing) return -1;
    if (ahead_.empty()) read_ahead();
    const size_t count = ahead_.copy(buffer, size);
    ahead_.remove_prefix(count);
    return static_cast<ptrdiff_t>(count);
  }
  Input input() override {
    if (!ahead_.empty()) return Input::Bytes;
    pollfd polled{STDIN_FILENO, POLLIN, 0};
    if (poll(&polled, 1, 0) <= 0) return Input::Nothing;
    return polled.revents & POLLIN ? Input::Bytes : Input::End;
  }
  int input_descriptor() override { return STDIN_FILENO; }

 private:
  void read_ahead() {
    ssize_t count;
    do {
      count = ::read(STDIN_FILENO, buffer_, sizeof buffer_);
    } while (count < 0 && errno == EINTR);
    ahead_ = {buffer_, static_cast<size_t>(std::max<ssize_t>(count, 0))};
  }

  char buffer_[4096];
  std::string_view ahead_;  // what was read and the script has not read yet
};

/// Sees to the timers while the script runs. Its thread begins with the first of them.
class TimerWaiter {
 public:
  /// Null, with errno, when the system has no thread or descriptor left.
  PollSet* place() {
    if (!poller_) poller_ = Poller::make();
    return poller_ ? &poller_->set() : nullptr;
  }

 private:
  std::unique_ptr<Poller> poller_;
};

constexpr int kCtrlC = 3;

Instance* interrupted;  // whom Ctrl-C interrupts

/// Ctrl-C interrupts the script, unless it chose another character (micropython.kbd_intr): then it ends the process.
void on_interrupt(int number) {
  if (interrupted->interrupt_char() == kCtrlC) return interrupted->stop(StopLevel::Interrupt);
  signal(number, SIG_DFL);
  raise(number);
}

void catch_interrupts(Instance& instance) {
  interrupted = &instance;
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
}

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
  auto compiled = compile_blob(script.text, script.file, options.config.opt_level);
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

int run(Options& options) {
  Script script;
  bool module = options.source == Options::Source::Module;
  if (!module && !load(options, script)) return kStatusRefused;
  if (options.compile_only) return compile_only(script, options);
  if (options.disassemble && !module) print_disassembly(script, options);

  SystemClock clock;
  StandardStreams streams;
  SystemFiles files;
  TimerWaiter waiter;
  KernelTimers timers([&clock] { return clock.place(); }, [&waiter] { return waiter.place(); });
  options.config.executable = std::filesystem::canonical("/proc/self/exe").string();
  options.config.environment = environment();
  options.config.unique_id = machine_id();
  std::string error;
  auto instance =
      Instance::create(options.config, {.clock = clock, .console = streams, .files = files, .timers = &timers}, error);
  if (!instance) {
    std::fprintf(stderr, "upy: %s\n", error.c_str());
    return kStatusUsage;
  }
  catch_interrupts(*instance);
  Outcome outcome = module ? instance->run_module(options.text, options.argv) : instance->run(script);
  signal(SIGINT, SIG_DFL);
  timers.silence();
  if (outcome.kind == Outcome::Kind::Refused) std::fputs(outcome.traceback.c_str(), stderr);
  return outcome.exit_status;
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
