#include <sanitizer/common_interface_defs.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bytecode/blob.h"
#include "bytecode/disassembler.h"
#include "compiler/compiler.h"
#include "forger.h"
#include "stage.h"
#include "system/thread.h"
#include "upy/instance.h"

/// forged_code [--seconds S] [--cases N] [--seed FIRST] [--show]: forges the code of the scripts of the test-suite, and
/// runs what the verifier lets through, each in an instance of its own. A case follows from its number alone, which is
/// told when the process ends in it. --show lists the code that runs.
namespace {

namespace fs = std::filesystem;

constexpr double kSeconds = 0.3, kGraceSeconds = 2;
constexpr int64_t kIdleNs = 1'000'000'000;

uint64_t g_case = 0;

[[maybe_unused]] void tell_case() {
  std::fprintf(stderr, "forged_code: case %lu\n", static_cast<unsigned long>(g_case));
}

struct SilentConsole final : upy::Console {
  void write(Stream, std::string_view) override {}
  ptrdiff_t read(char*, size_t) override { return 0; }
  Input input() override { return Input::End; }
  int input_descriptor() override { return -1; }
};

std::vector<upy::CodeUnit> compile_scripts() {
  std::vector<fs::path> paths;
  for (const char* folder : {"scripts", "golden"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(UPY_TESTS_DIR) / folder))
      if (entry.path().extension() == ".py") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<upy::CodeUnit> units;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    auto compiled = upy::compile(source, {.file = path.filename()});
    if (auto* unit = std::get_if<upy::CodeUnit>(&compiled)) units.push_back(std::move(*unit));
  }
  return units;
}

class Runner {
 public:
  explicit Runner(bool shows) : shows_(shows) {}

  void run_case(uint64_t number) {
    g_case = number;
    Forger forger(number);
    const upy::CodeUnit& script = scripts_[forger.number(scripts_.size())];
    const std::optional<upy::CodeUnit> forged = forger.forge(script);
    ++cases_;
    if (!forged) return;
    if (shows_) std::fputs(upy::disassemble(*forged).c_str(), stdout);
    run(*forged, forger);
  }

  void tell() const {
    std::printf("%zu cases, %zu ran:", cases_, ran_);
    const char* const names[] = {"finished", "exception", "interrupted", "stopped", "killed", "refused"};
    for (size_t i = 0; i < std::size(names); ++i) std::printf(" %zu %s", outcomes_[i], names[i]);
    std::printf("\n");
  }

 private:
  void run(const upy::CodeUnit& unit, Forger& forger) {
    SilentConsole console;
    upy::Config config;
    config.heap_bytes = 256u << 10;
    if (forger.one_in(3)) config.collect_every = static_cast<uint32_t>(1 + forger.number(50));
    const auto performance = stage_.run(
        config, console, {.kind = upy::Script::Kind::Blob, .text = upy::save(unit), .file = "forged.py"}, kIdleNs);
    ++ran_;
    ++outcomes_[static_cast<size_t>(performance.outcome.kind)];
  }

  const bool shows_;
  const std::vector<upy::CodeUnit> scripts_ = compile_scripts();
  Stage stage_{kSeconds, kGraceSeconds};
  size_t cases_ = 0, ran_ = 0, outcomes_[6] = {};
};

struct Options {
  double seconds = 1e9;
  uint64_t cases = UINT64_MAX, seed = 0;
  bool shows = false;

  Options(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
      const std::string name = argv[i];
      if (name == "--show") {
        shows = true;
      } else if (i + 1 < argc && name == "--seconds") {
        seconds = std::atof(argv[++i]);
      } else if (i + 1 < argc && name == "--cases") {
        cases = std::strtoull(argv[++i], nullptr, 10);
      } else if (i + 1 < argc && name == "--seed") {
        seed = std::strtoull(argv[++i], nullptr, 10);
      } else {
        std::fprintf(stderr, "usage: forged_code [--seconds S] [--cases N] [--seed FIRST] [--show]\n");
        std::exit(2);
      }
    }
  }
};

void run(const Options& options) {
  using Clock = std::chrono::steady_clock;
  Runner runner(options.shows);
  const auto begin = Clock::now();
  for (uint64_t i = 0; i < options.cases; ++i) {
    if (std::chrono::duration<double>(Clock::now() - begin).count() > options.seconds) break;
    runner.run_case(options.seed + i);
  }
  runner.tell();
}

}  // namespace

/// The collector scans the native stack, where fake frames would hide what it must see.
extern "C" const char* __asan_default_options() { return "detect_stack_use_after_return=0:handle_abort=1"; }
extern "C" const char* __ubsan_default_options() { return "print_stacktrace=1"; }

int main(int argc, char** argv) {
  const Options options(argc, argv);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_set_death_callback(tell_case);
#endif
  upyd::Thread thread;
  const bool started = thread.start(upy::Config().stack_bytes + upy::kStackReserve, "forged", [&] { run(options); });
  thread.join();
  return started ? 0 : 1;
}
