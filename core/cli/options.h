#pragma once

#include <string>
#include <vector>

#include "upy/config.h"

namespace upy {

/// The command line of upy.
struct Options {
  enum class Source { Stdin, Prompt, File, Command, Module, Help, Version };
  Source source = Source::Stdin;
  std::string text;               ///< the file's path, the command or the module's name
  std::vector<std::string> argv;  ///< sys.argv
  bool compile_only = false;      ///< -X compile-only
  bool disassemble = false;       ///< -v
  bool inspect = false;           ///< -i: a prompt follows
  Config config;                  ///< with -O, -X heapsize and the stress options, and sys.path from MICROPYPATH
};

/// Parses the arguments; says what is wrong in `error` and answers false.
bool parse_options(int argc, char** argv, Options& options, std::string& error);

/// What --help prints.
extern const char kUsage[];

}  // namespace upy
