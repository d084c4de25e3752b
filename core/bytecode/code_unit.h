#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bytecode/opcode.h"
#include "defs/small_int.h"

namespace upy {

/// The longest identifier or dotted module name, in bytes.
inline constexpr size_t kMaxNameBytes = 255;

/// A compile-time constant, independent of any heap.
struct Constant {
  enum class Kind : uint8_t { None, False, True, Ellipsis, Int, BigInt, Float, Imaginary, Str, Bytes, Tuple };
  Kind kind = Kind::None;
  int64_t integer = 0;  ///< Int: in [kSmallIntMin, kSmallIntMax]
  double number = 0;    ///< Float, Imaginary
  std::string text;  ///< Str (UTF-8, lone surrogates as 3 bytes), Bytes; BigInt: lower-case hexadecimal without leading
                     ///< zeros, '-' in front if negative
  std::vector<Constant> items;  ///< Tuple

  bool operator==(const Constant&) const;  ///< Same kind and content; floats by bits, so 0.0 and -0.0 differ.
};

/// Where a MAKE_FUNCTION finds a cell that the child unit captures.
struct Capture {
  bool from_free;  ///< true: the parent's captured cell `index`; false: the cell in the parent's register `index`
  uint16_t index;
};

/// While an instruction in [start, end) runs, an exception continues at `target` with the exception in R[reg].
/// Inner handlers stand before outer ones: the first that matches is taken.
struct Handler {
  uint32_t start, end, target;
  uint16_t reg;
};

/// Instructions from `start` on belong to source line `line`. Sorted by `start`.
struct LineEntry {
  uint32_t start, line;
};

/// One compiled block (module, function, class body, generator expression), independent of any heap: what the compiler
/// makes, a blob stores, and a loader turns into a code object of an instance.
///
/// On entry the registers hold the parameters in order: positional, keyword-only, *args if any, **kwargs if any; the
/// other registers are unset. A class body has one parameter, its namespace dict, and returns the __class__ cell or
/// None. A module compiled for exec or eval with a namespace has one parameter likewise (CompileOptions::Mode).
struct CodeUnit {
  enum Flags : uint8_t {
    kGenerator = 1,
    kVarArgs = 2,
    kVarKeywords = 4,
    kClassBody = 8,
    kNamespace = 16,
    kCoroutine = 32,
    kAsyncGenerator = 64,  ///< a generator whose own yields are items, and what it awaits is for the event loop
  };

  std::string name;  ///< "<module>", the function's name, "<lambda>", "<genexpr>", the class's name
  std::string file;  ///< the source's name, for tracebacks
  uint32_t first_line = 0;
  uint8_t flags = 0;
  uint16_t positional_count = 0;       ///< parameters that may be given by position
  uint16_t positional_only_count = 0;  ///< the first of them, which may not be given by name
  uint16_t keyword_only_count = 0;     ///< parameters after * or *args
  uint16_t register_count = 0;         ///< all registers, parameters included
  std::vector<uint32_t> parameters;    ///< names of all parameters, *args and **kwargs included; indexes into `names`
  std::vector<std::string> names;      ///< identifiers; interned when loaded
  std::vector<uint32_t> sites;         ///< per site its name, an index into `names`; each site gets an inline cache
  std::vector<Constant> constants;
  std::vector<Instr> code;
  std::vector<Handler> handlers;
  std::vector<LineEntry> lines;  ///< empty at opt level 3 and above: every line reads as 1
  std::vector<Capture> captures;
  std::vector<CodeUnit> children;
};

}  // namespace upy
