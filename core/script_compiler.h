#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "compiler/compiler.h"
#include "objects/vm.h"
#include "upy/instance.h"

namespace upy {

/// Compiles and loads a source for a running instance, at its opt level; raises SyntaxError and its like.
Result<Value> compile_script(Vm& vm, std::string_view source, std::string_view file, int mode);
/// The code of a script: its source compiled, or its blob verified; or why there is none.
std::variant<CodeUnit, CompileError> read_script(const Script& script, int64_t opt_level);
/// A diagnostic as the embedding API tells it.
CompileError describe(const Diagnostic& diagnostic, const std::string& file);

}  // namespace upy
