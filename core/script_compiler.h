#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "compiler/compiler.h"
#include "objects/runtime/vm.h"
#include "upy/instance.h"

namespace upy {

/// Compiles and loads a source for a running instance, at its opt level; raises SyntaxError and its like.
Result<Value> compile_script(Vm& vm, std::string_view source, std::string_view file, int mode);
/// In place of code: reading it was given up, as the instance is asked to stop.
struct Stopped {};
using ScriptCode = std::variant<CodeUnit, CompileError, Stopped>;
/// The code of a script: its source compiled, or its blob verified; or why there is none. What the work takes of memory
/// meanwhile is charged to the instance's limit.
ScriptCode read_script(Vm& vm, const Script& script);
/// A diagnostic as the embedding API tells it.
CompileError describe(const Diagnostic& diagnostic, const std::string& file);

}  // namespace upy
