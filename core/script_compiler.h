#pragma once

#include <string>
#include <string_view>

#include "compiler/compiler.h"
#include "objects/vm.h"
#include "upy/instance.h"

namespace upy {

/// Compiles and loads a source for a running instance, at its opt level; raises SyntaxError and its like.
Result<Value> compile_script(Vm& vm, std::string_view source, std::string_view file, int mode);
/// Verifies and loads a blob; ValueError if it is none.
Result<Value> load_blob(Vm& vm, std::string_view blob);
/// A diagnostic as the embedding API tells it.
CompileError describe(const Diagnostic& diagnostic, const std::string& file);

}  // namespace upy
