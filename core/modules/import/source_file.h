#pragma once

#include <string>

#include "compiler/compiler.h"
#include "objects/runtime/vm.h"

/// What import and execfile() need of files: those that came with the script, then through the mount table.
namespace upy {

/// What there is under a path. A file system written in Python that raises from stat() has nothing there.
Result<Files::Kind> kind_of_file(Vm& vm, const std::string& path);
/// The ending of files that MicroPython has compiled, of which none runs here.
inline constexpr std::string_view kMpyEnding = ".mpy";
/// Compiles a file, whose text counts as part of the heap meanwhile: MemoryError if it has no room. OSError; ValueError
/// for a .mpy file.
Result<Value> compile_file(Vm& vm, const std::string& path, CompileOptions::Mode mode);

}  // namespace upy
