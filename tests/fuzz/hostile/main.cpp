#include <signal.h>
#include <sys/prctl.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include "stage.h"
#include "system/thread.h"
#include "upy/instance.h"

/// hostile_runner [SECONDS GRACE]: runs programs from standard input, each in an instance of its own, and all of them
/// on one thread whose stack is as large as that of a hosted instance. A program is a line of settings,
///
///     LENGTH heap=BYTES collect=N fail=N echo=1
///
/// and LENGTH bytes of source; each setting may be left out. After each program a line tells how it ended, and for how
/// many seconds it went on after a kill; before it stands what the program printed, with echo. The process does not
/// survive a program that does what none can do: the sanitizers end it, or the watchdog does. It shows on standard
/// error what they say.
namespace {

constexpr double kSeconds = 1, kGraceSeconds = 1;
constexpr int64_t kIdleNs = 10'000'000'000;  // after a run, in which its timers and callbacks go on

const char* const kOutcomes[] = {"finished", "exception", "interrupted", "stopped", "killed", "refused"};

/// Takes all output, which it may show, and has no input.
struct OutputConsole final : upy::Console {
  void write(Stream stream, std::string_view text) override {
    if (echo) std::fwrite(text.data(), 1, text.size(), stream == Stream::Out ? stdout : stderr);
  }
  ptrdiff_t read(char*, size_t) override { return 0; }
  Input input() override { return Input::End; }
  int input_descriptor() override { return -1; }
  bool echo = false;
};

struct Program {
  upy::Config config;
  std::string source;
  bool echo = false;

  /// Reads the next one from standard input; false at its end.
  bool read() {
    std::string line;
    if (!std::getline(std::cin, line)) return false;
    std::istringstream words(line);
    size_t length = 0;
    words >> length;
    std::string word;
    while (words >> word) set(word);
    source.resize(length);
    return static_cast<bool>(std::cin.read(source.data(), static_cast<std::streamsize>(length)));
  }

 private:
  void set(const std::string& word) {
    const size_t equals = word.find('=');
    const unsigned long value = std::strtoul(word.c_str() + equals + 1, nullptr, 10);
    const std::string name = word.substr(0, equals);
    if (name == "heap") config.heap_bytes = value;
    if (name == "collect") config.collect_every = static_cast<uint32_t>(value);
    if (name == "fail") config.fail_allocation = static_cast<uint32_t>(value);
    if (name == "echo") echo = value != 0;
  }
};

class Runner {
 public:
  Runner(double seconds, double grace_seconds) : stage_(seconds, grace_seconds) {}

  void run(const Program& program) {
    console_.echo = program.echo;
    const auto [outcome, late_seconds] =
        stage_.run(program.config, console_, {.text = program.source, .file = "program.py"}, kIdleNs);
    std::printf("%s %.3f\n", kOutcomes[static_cast<int>(outcome.kind)], late_seconds);
    std::fflush(stdout);
  }

 private:
  Stage stage_;
  OutputConsole console_;
};

}  // namespace

/// The collector scans the native stack, where fake frames would hide what it must see.
extern "C" const char* __asan_default_options() { return "detect_stack_use_after_return=0:handle_abort=1"; }
extern "C" const char* __ubsan_default_options() { return "print_stacktrace=1"; }

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const double seconds = argc > 1 ? std::atof(argv[1]) : kSeconds;
  const double grace_seconds = argc > 2 ? std::atof(argv[2]) : kGraceSeconds;
  upyd::Thread thread;
  const bool started = thread.start(upy::Config().stack_bytes + upy::kStackReserve, "programs", [&] {
    Runner runner(seconds, grace_seconds);
    Program program;
    while ((program = {}).read()) runner.run(program);
  });
  thread.join();
  return started ? 0 : 1;
}
