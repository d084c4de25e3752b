#include "cli/options.h"

#include <getopt.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

namespace upy {

const char kUsage[] =
    "usage: upy [OPTIONS] [-c COMMAND | -m MODULE | FILE] [ARGS ...]\n"
    "Runs a MicroPython script. Without FILE there is a prompt if standard input is a terminal; else that is the "
    "script.\n"
    "\n"
    "  -c COMMAND        run the command\n"
    "  -m MODULE         find the module in sys.path and run it as __main__\n"
    "  -i                a prompt follows, also if the environment variable MICROPYINSPECT is set in the end\n"
    "  -O[N]             opt level N (without N one more): 1 drops asserts, 3 line numbers too\n"
    "  -v                print the bytecode before running\n"
    "  -X heapsize=N     limit of the heap in bytes, or with a suffix k or m, or w for words\n"
    "  -X compile-only   compile, do not run\n"
    "  -X collect-every=N     collect garbage at every Nth allocation (stress test)\n"
    "  -X fail-allocation=N   fail the Nth allocation (stress test)\n"
    "  -h, --help        print this\n"
    "  --version         print the version\n"
    "\n"
    "The lines typed at the prompt are kept in ~/.upy_history.\n"
    "MICROPYPATH: the directories of sys.path after the script's own, separated by colons.\n"
    "Exit status: the script's, 1 after an uncaught exception, 130 when interrupted, 2 for wrong options.\n";

namespace {

constexpr const char* kDefaultPath = "~/.micropython/lib:/usr/lib/micropython";

/// A number with an optional suffix k, m or w.
std::optional<size_t> parse_size(std::string_view text) {
  size_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return {};
  for (const char* suffix = end; suffix < text.data() + text.size(); suffix++) {
    switch (*suffix) {
      case 'w':
      case 'W':
        number *= sizeof(void*);
        break;
      case 'k':
      case 'K':
        number <<= 10;
        break;
      case 'm':
      case 'M':
        number <<= 20;
        break;
      default:
        return {};
    }
  }
  return number;
}

bool parse_implementation_option(std::string_view text, Options& options, std::string& error) {
  size_t equals = text.find('=');
  std::string_view name = text.substr(0, equals);
  if (name == "compile-only") return options.compile_only = true;
  if (name.starts_with("emit")) return true;  // there is one kind of code
  std::optional<size_t> number = equals == text.npos ? std::nullopt : parse_size(text.substr(equals + 1));
  if (!number) {
    error = "-X " + std::string(text) + ": unknown option, or its number is missing or malformed (see upy --help)";
    return false;
  }
  if (name == "heapsize")
    options.config.heap_bytes = *number;
  else if (name == "collect-every")
    options.config.collect_every = static_cast<uint32_t>(*number);
  else if (name == "fail-allocation")
    options.config.fail_allocation = static_cast<uint32_t>(*number);
  else {
    error = "-X " + std::string(text) + ": unknown option (see upy --help)";
    return false;
  }
  return true;
}

std::string expand_home(std::string_view directory) {
  const char* home = std::getenv("HOME");
  if (!directory.starts_with('~') || !home) return std::string(directory);
  return home + std::string(directory.substr(1));
}

void set_path(Options& options) {
  const char* given = std::getenv("MICROPYPATH");
  std::string_view rest = given ? given : kDefaultPath;
  options.config.path = {""};
  if (options.source == Options::Source::File) {
    std::error_code unused;
    options.config.path[0] = std::filesystem::weakly_canonical(options.text, unused).parent_path().string();
  }
  while (!rest.empty()) {
    size_t colon = rest.find(':');
    options.config.path.push_back(expand_home(rest.substr(0, colon)));
    rest = colon == rest.npos ? std::string_view() : rest.substr(colon + 1);
  }
}

}  // namespace

bool parse_options(int argc, char** argv, Options& options, std::string& error) {
  static const option kLong[] = {{"help", no_argument, nullptr, 'h'}, {"version", no_argument, nullptr, 'V'}, {}};
  options.config.schedule_depth = 4;
  opterr = 0;
  bool chosen = false;
  int letter;
  while (!chosen && (letter = getopt_long(argc, argv, "+:c:m:X:O::vhi", kLong, nullptr)) != -1) {
    switch (letter) {
      case 'c':
        options.source = Options::Source::Command;
        options.text = optarg;
        chosen = true;
        break;
      case 'm':
        options.source = Options::Source::Module;
        options.text = optarg;
        chosen = true;
        break;
      case 'X':
        if (!parse_implementation_option(optarg, options, error)) return false;
        break;
      case 'O':
        options.config.opt_level = optarg ? std::atoi(optarg) : options.config.opt_level + 1;
        break;
      case 'i':
        options.inspect = true;
        break;
      case 'v':
        options.disassemble = true;
        break;
      case 'h':
        options.source = Options::Source::Help;
        return true;
      case 'V':
        options.source = Options::Source::Version;
        return true;
      case ':':
        error = std::string("-") + static_cast<char>(optopt) + " needs an argument (see upy --help)";
        return false;
      default:
        error = std::string("unknown option ") + argv[optind - 1] + " (see upy --help)";
        return false;
    }
  }
  if (chosen) {
    options.argv.push_back(options.source == Options::Source::Command ? "-c" : options.text);
  } else if (optind < argc) {
    options.text = argv[optind++];
    options.source = options.text == "-" ? Options::Source::Stdin : Options::Source::File;
    options.argv.push_back(options.text);
  } else {
    if (options.inspect || isatty(STDIN_FILENO)) options.source = Options::Source::Prompt;
    options.argv.push_back("");
  }
  options.argv.insert(options.argv.end(), argv + optind, argv + argc);
  set_path(options);
  return true;
}

}  // namespace upy
