#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "bytecode/code_unit.h"
#include "port/memory.h"
#include "upy/config.h"

namespace upy {

/// How a source text is compiled.
struct CompileOptions {
  enum class Mode {
    Module,     ///< a script or module: names live in the globals
    Namespace,  ///< statements for exec(): names live in a namespace dict, the unit's only parameter
    Eval,       ///< one expression for eval(), its value is returned; names as with Namespace
    Single,     ///< one interactive statement: expression values go to __repl_print__; names live in the globals
    Pasted,     ///< the same with any number of statements
  };
  static constexpr int kHighestLevel = 3;             ///< of opt_level
  static constexpr size_t kLongestSource = 64 << 20;  ///< in bytes

  bool is_interactive() const { return mode == Mode::Single || mode == Mode::Pasted; }

  std::string file = "<stdin>";
  Mode mode = Mode::Module;
  int opt_level = 0;  ///< from 1 on: no asserts, __debug__ is False; kHighestLevel: no line numbers
  size_t max_bytes = Config().compile_bytes;  ///< memory the compilation may use before it ends in a MemoryError
  Memory* memory = nullptr;                   ///< what it takes that from, if there is an end of it
  std::function<bool()> stopped = {};  ///< asked now and then: whether to end early, with Kind::Stopped; empty: never
};

/// Why a source text could not be compiled.
struct Diagnostic {
  enum class Kind {
    SyntaxError,
    IndentationError,
    NotImplementedError,
    MemoryError,
    RuntimeError,
    OverflowError,
    UnicodeError,
    ValueError,
    Stopped,  ///< CompileOptions::stopped said so
  };
  Kind kind = Kind::SyntaxError;
  std::string message;  ///< MicroPython's text, e.g. "invalid syntax"
  int line = 1;         ///< from 1
  int column = 1;       ///< from 1, in characters
  std::string
      block;  ///< the block a compiler (not parser) error is reported in, e.g. "<module>"; empty for the parser's
};

/// Compiles `source`: UTF-8, or Latin-1 if it says so and is no UTF-8. Thread-safe: no state outlives the call.
std::variant<CodeUnit, Diagnostic> compile(std::string_view source, const CompileOptions& options);

}  // namespace upy
